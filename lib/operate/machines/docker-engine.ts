import * as fs from "node:fs";
import * as path from "node:path";
import { commandLine } from "../../core/shell-word";
import { lastLine, type Ran, type RunOptions, run, told } from "./command";
import type { Endpoint } from "./endpoint";
import { forget, privateFolder } from "./private-folder";

/** Things of an engine that have a name. */
export type DockerKind = "container" | "image" | "network" | "volume";

/** One Docker engine, asked with the `docker` command. Keys that are only at hand as text lie in a private folder meanwhile. */
export class DockerEngine {
  private readonly options: readonly string[];
  private readonly folder: string | undefined;

  constructor(public readonly endpoint: Endpoint) {
    const { address, keys } = endpoint;
    this.folder = keys && "ca" in keys ? writeKeys(keys) : undefined;
    const certificates = this.folder ?? (keys && "folder" in keys ? keys.folder : undefined);
    this.options = [
      "-H",
      address,
      ...(certificates === undefined
        ? []
        : [
            "--tlsverify",
            ...["ca", "cert", "key"].flatMap((name) => [
              `--tls${name === "ca" ? "cacert" : name}`,
              path.join(certificates, `${name}.pem`),
            ]),
          ]),
    ];
  }

  /** Forgets the keys. */
  public close(): void {
    if (this.folder !== undefined) {
      forget(this.folder);
    }
  }

  public run(args: readonly string[], options: RunOptions = {}): Ran {
    return run("docker", [...this.options, ...args], options);
  }

  /** The same as a person types it; where keys are in a private folder, that is left to them. */
  public command(args: readonly string[]): string {
    return commandLine(["docker", "-H", this.endpoint.address, ...args]);
  }

  /** The engine's version; what it says otherwise. */
  public version(): { readonly version: string } | { readonly error: string } {
    const { code, out, err } = this.run(["version", "--format", "{{.Server.Version}}"], { seconds: 30 });
    return code === 0 ? { version: out.trim() } : { error: lastLine(err) };
  }

  /** What the engine holds under some names, as its API describes it. Throws where it does not tell. */
  public inspect<T>(kind: DockerKind, names: readonly string[]): readonly T[] {
    if (names.length === 0) {
      return [];
    }
    // Names that are not there make it end with an error, and are left out of what it prints.
    const ran = this.run([kind, "inspect", ...names]);
    const absent = ran.err.split("\n").every((line) => line.trim() === "" || /No such|not found/i.test(line));
    const out = absent ? ran.out : told(ran, this.command([kind, "inspect"]));
    return JSON.parse(out === "" ? "[]" : out) as readonly T[];
  }

  /** Names of the containers on a network, those that do not run included. */
  public membersOf(network: string): readonly string[] {
    const args = ["ps", "-a", "--no-trunc", "--filter", `network=${network}`, "--format", "{{.Names}}"];
    return told(this.run(args), this.command(args))
      .split("\n")
      .filter((line) => line !== "");
  }
}

function writeKeys(keys: { readonly ca: string; readonly certificate: string; readonly key: string }): string {
  const folder = privateFolder("keys");
  const files = { "ca.pem": keys.ca, "cert.pem": keys.certificate, "key.pem": keys.key };
  for (const [name, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, name), text, { mode: 0o600 });
  }
  return folder;
}
