import type { Document, Rendered } from "../../rules/document";
import type { DockerEngine } from "../machines/docker-engine";
import { resourcesOn } from "../machines/endpoint";
import { shellOn } from "../machines/machine-shell";
import { attributesOf, type State } from "../machines/state";
import { checkAccess } from "./access";
import { checkKeys } from "./certificates";
import type { Checks } from "./check";
import { checkSpace } from "./space";

/** The oldest engine whose API the providers were seen to work with. */
const OLDEST = 20;

interface Info {
  readonly DockerRootDir: string;
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly Runtimes?: Readonly<Record<string, unknown>>;
  readonly Swarm?: { readonly ControlAvailable?: boolean };
  readonly HttpProxy?: string;
  readonly HttpsProxy?: string;
}

/** One Docker engine, and what the stack asks of it. */
export function checkEngine(
  stack: Document,
  state: State | undefined,
  engine: DockerEngine,
  checks: Checks,
  now: Date,
): void {
  const own = resourcesOn(stack, engine.endpoint.name);
  const { keys } = engine.endpoint;
  if (keys) {
    checkKeys(keys, checks, now);
  }
  const version = engine.version();
  if ("error" in version) {
    const made = own.some(({ address }) => attributesOf(state, address) !== undefined);
    if (/terraform_data|libvirt_domain/.test(JSON.stringify(own.map(({ body }) => body.depends_on))) && !made) {
      checks.ok("not there yet: the stack itself makes it");
      return;
    }
    checkAccess(engine.endpoint, version.error, checks);
    return;
  }
  const [major = 0] = version.version.split(".").map(Number);
  if (major < OLDEST) {
    checks.warning(`Docker ${version.version}: nothing older than ${OLDEST}.10 was tried`, "install a newer engine");
  } else {
    checks.ok(`Docker ${version.version}`);
  }
  const { code, out, err } = engine.run(["info", "--format", "{{json .}}"]);
  if (code !== 0) {
    checks.error(`does not say what it has: ${err.trim()}`);
    return;
  }
  const info = JSON.parse(out) as Info;
  checkNeeds(own, info, checks);
  const proxies = [info.HttpProxy, info.HttpsProxy].filter((one) => one !== undefined && one !== "");
  if (proxies.length > 0) {
    checks.ok(`fetches images through ${[...new Set(proxies)].join(" and ")}`);
  }
  checkSpace(shellOn(engine.endpoint), info.DockerRootDir, 0, checks);
}

/** What containers of the stack need of their engine. */
function checkNeeds(own: readonly Rendered[], info: Info, checks: Checks): void {
  const runtimes = new Set(own.flatMap(({ body }) => (typeof body.runtime === "string" ? body.runtime : [])));
  for (const runtime of runtimes) {
    if (info.Runtimes?.[runtime] === undefined) {
      checks.error(`has no runtime ${runtime}`, `install ${runtime}, and name it in the engine's daemon.json`);
    }
  }
  if (own.some(({ type }) => type === "docker_service") && info.Swarm?.ControlAvailable !== true) {
    checks.error("manages no swarm, which services need", "docker swarm init, or docker swarm join as a manager");
  }
  const memory = own.reduce((sum, { body }) => sum + (typeof body.memory === "number" ? body.memory : 0), 0);
  if (memory * 1024 * 1024 > info.MemTotal) {
    checks.warning(
      `its containers may use ${memory} MiB, and it has ${Math.floor(info.MemTotal / 1024 / 1024)} MiB`,
      "lower memory of some of them, or move them",
    );
  }
  checks.ok(`${info.NCPU} processors, ${Math.floor(info.MemTotal / 1024 / 1024)} MiB of memory`);
}
