import { commandLine } from "../../core/shell-word";
import { type Ran, run } from "./command";
import type { Endpoint } from "./endpoint";
import { sshWayTo } from "./ssh-way";

/** Seconds that a machine has to answer. */
const PATIENCE = 30;

/** Nothing is asked, no host is trusted that is not known, and nothing of this machine is lent to the other. */
const STRICT = ["BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=15", "ForwardAgent=no", "ForwardX11=no"];

/** Runs a script of shell on the machine of a daemon. Values are never part of it: it finds them in its environment. */
export type MachineShell = (script: string, values?: Readonly<Record<string, string>>) => Ran;

/** Undefined where the way to the machine is for that daemon alone. */
export function shellOn(endpoint: Endpoint): MachineShell | undefined {
  if (/^(unix|qemu):\/\/\//.test(endpoint.address)) {
    return (script, values = {}) => run("sh", ["-c", script], { seconds: PATIENCE, env: values });
  }
  const way = sshWayTo(endpoint);
  if (way === undefined) {
    return undefined;
  }
  const options = [...STRICT.flatMap((one) => ["-o", one]), ...way.options];
  return (script, values = {}) => {
    const set = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    return run("ssh", [...options, "--", way.to, commandLine(["env", ...set, "sh", "-c", script])], {
      seconds: PATIENCE,
    });
  };
}
