import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Document, isObject, member } from "../../rules/document";
import { type Ran, run } from "../machines/command";
import type { Endpoint } from "../machines/endpoint";
import type { Terraform } from "../machines/terraform";
import type { Checks } from "./check";
import { checkEnvironment } from "./environment";

/** The oldest Terraform that takes what berth renders. */
const OLDEST = [1, 4];

/** The machine that applies: Terraform, its providers, and what of the environment leads them astray. */
export function checkRunner(
  stack: Document,
  endpoints: readonly Endpoint[],
  terraform: Terraform,
  environment: NodeJS.ProcessEnv,
  checks: Checks,
): void {
  const { code, out, err } = terraform.run("version", "-json");
  if (code !== 0) {
    checks.error(`${terraform.name}: ${err.trim()}`, "install Terraform 1.4 or later, or OpenTofu");
    return;
  }
  const { terraform_version: version = "" } = JSON.parse(out) as { terraform_version?: string };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const old = major < (OLDEST[0] ?? 0) || (major === OLDEST[0] && minor < (OLDEST[1] ?? 0));
  if (old) {
    checks.error(`${terraform.name} ${version} is too old`, "install Terraform 1.4 or later, or OpenTofu");
  } else {
    checks.ok(`${terraform.name} ${version}`);
  }
  checkProviders(stack, terraform, checks);
  checkClients(endpoints, checks);
  checkEnvironment(stack, endpoints, environment, checks);
}

/** Plain `init` decides whether a provider is to be had, in a folder of its own. */
function checkProviders(stack: Document, terraform: Terraform, checks: Checks): void {
  const required = member(member(stack.json, "terraform"), "required_providers") ?? {};
  for (const [name, wanted] of Object.entries(required)) {
    if (isObject(wanted)) {
      const asked = `${String(wanted.source)} ${String(wanted.version ?? "")}`.trim();
      const { code, out, err } = initAlone(terraform, { [name]: wanted });
      const found = /Installed \S+ (v\S+)/.exec(out)?.[1];
      if (code === 0) {
        checks.ok(`provider ${asked}: ${found ?? "at hand"}`);
      } else {
        checks.error(
          `provider ${asked} is not to be had: ${reason(err)}`,
          "let this machine reach a provider registry, or put the provider into a local mirror of Terraform's",
        );
      }
    }
  }
}

function initAlone(terraform: Terraform, required: object): Ran {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-doctor-"));
  try {
    fs.writeFileSync(
      path.join(folder, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: required } }),
    );
    return run(terraform.name, ["init", "-input=false", "-no-color"], { cwd: folder, seconds: 300 });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function reason(err: string): string {
  const text = err.replaceAll(/[│╷╵]/g, "").replaceAll(/\s+/g, " ").trim();
  return text.replace(/^Error: /, "").slice(0, 200);
}

function checkClients(endpoints: readonly Endpoint[], checks: Checks): void {
  const clients = [
    { provider: "docker", command: "docker", brings: "the Docker client" },
    { provider: "libvirt", command: "virsh", brings: "libvirt's clients" },
  ];
  for (const { provider, command, brings } of clients) {
    const needed = endpoints.some((one) => one.provider === provider);
    if (needed && run(command, ["--version"]).code === 127) {
      checks.warning(
        `no ${command} here: what it would tell of the hosts is not known, and berth recover cannot ask`,
        `install ${brings}`,
      );
    }
  }
}
