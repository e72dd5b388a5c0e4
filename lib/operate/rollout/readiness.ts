import type { Tools } from "../machines/clients";
import { run } from "../machines/command";
import { wait } from "../machines/wait";
import type { Member } from "./members";

/** Seconds that a container without a health check has to stay up. */
const SETTLED = 5;

export interface ReadyOptions {
  /** A command that ends with 0 once a member serves; it is told of the member in its environment. */
  readonly command: string | undefined;
  /** How long a member may take. */
  readonly seconds: number;
}

/** Waits until a member serves. What it is like where it does not. */
export async function ready(
  member: Member,
  tools: Tools,
  { command, seconds }: ReadyOptions,
): Promise<string | undefined> {
  let state = "";
  const answered = await wait(seconds, () => {
    state = member.kind === "docker_container" ? container(member, tools) : guest(member, tools);
    if (state === "ready" && command !== undefined) {
      state = asked(member, command);
    }
    return state === "ready";
  });
  return answered ? undefined : state;
}

interface Seen {
  readonly RestartCount: number;
  readonly State: {
    readonly Status: string;
    readonly StartedAt: string;
    readonly Health?: { readonly Status: string };
  };
}

function container({ endpoint, name }: Member, tools: Tools): string {
  const [seen] = tools.engine(endpoint).inspect<Seen>("container", [name]);
  if (!seen) {
    return "it is not there";
  }
  const { Status: status, Health: health, StartedAt: since } = seen.State;
  if (status !== "running") {
    return `it is ${status}`;
  }
  if (health) {
    return health.Status === "healthy" ? "ready" : `it is ${health.Status}`;
  }
  return Date.now() - new Date(since).getTime() > SETTLED * 1000 ? "ready" : "it has only just started";
}

function guest({ endpoint, name }: Member, tools: Tools): string {
  const state = tools.libvirt(endpoint).run(["domstate", name]).out.trim();
  return state === "running" ? "ready" : `it is ${state === "" ? "not there" : state}`;
}

function asked({ construct, name, address }: Member, command: string): string {
  const env = { BERTH_CONSTRUCT: construct, BERTH_NAME: name, BERTH_RESOURCE: address };
  const { code, out, err } = run("sh", ["-c", command], { seconds: 60, env });
  return code === 0
    ? "ready"
    : `the command that asks says no: ${(err || out).trim().split("\n").at(-1) || `exit ${code}`}`;
}
