import { type Ran, run } from "./command";
import type { Endpoint } from "./endpoint";

/** Seconds that a machine has to answer. */
const PATIENCE = 30;

/** Runs a line of shell on the machine of a daemon; undefined where the way to it is for that daemon alone. */
export type MachineShell = (script: string) => Ran;

export function shellOn({ address }: Endpoint): MachineShell | undefined {
  if (/^(unix|qemu):\/\/\//.test(address)) {
    return (script) => run("sh", ["-c", script], { seconds: PATIENCE });
  }
  const [, user, name, port] = /^(?:ssh|qemu\+ssh(?:cmd)?):\/\/(?:([^@/]+)@)?([^:/?]+)(?::(\d+))?/.exec(address) ?? [];
  if (name === undefined) {
    return undefined;
  }
  const options = ["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=15"];
  const to = [...(port === undefined ? [] : ["-p", port]), user === undefined ? name : `${user}@${name}`];
  return (script) => run("ssh", [...options, ...to, script], { seconds: PATIENCE });
}
