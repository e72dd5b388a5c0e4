import * as os from "node:os";
import type { Endpoint } from "./endpoint";

/** How a machine is reached by ssh. */
export interface SshWay {
  /** Such as `ops@rack1`. */
  readonly to: string;
  /** Options of the address itself: its port, and the files that libvirt's parameters name. */
  readonly options: readonly string[];
}

/** The way to the machine of a daemon; undefined where there is none by ssh. */
export function sshWayTo({ address }: Pick<Endpoint, "address">): SshWay | undefined {
  const [, user, name, port, query = ""] =
    /^(?:ssh|qemu\+ssh(?:cmd)?):\/\/(?:([^@/?]+)@)?(\[[^\]]+\]|[^:/?]+)(?::(\d+))?[^?]*(?:\?(.*))?$/.exec(address) ??
    [];
  if (name === undefined) {
    return undefined;
  }
  const host = name.replace(/^\[(.*)\]$/, "$1");
  const parameters = new URLSearchParams(query);
  const [key, known] = [parameters.get("keyfile"), parameters.get("knownhosts")];
  return {
    to: user === undefined ? host : `${user}@${host}`,
    options: [
      ...(port === undefined ? [] : ["-p", port]),
      ...(key === null ? [] : ["-i", expanded(key)]),
      ...(known === null ? [] : ["-o", `UserKnownHostsFile=${optionValue(expanded(known))}`]),
    ],
  };
}

/** As the provider expands paths: variables, and the home folder. */
function expanded(file: string): string {
  return file
    .replaceAll(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (_, braced?: string, bare?: string) => process.env[braced ?? bare ?? ""] ?? "",
    )
    .replace(/^~/, os.homedir());
}

/** ssh takes an option's value apart at blanks. */
function optionValue(text: string): string {
  return /[\s"]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text;
}
