import * as fs from "node:fs";
import * as path from "node:path";
import { commandLine, shellWord } from "../../core/shell-word";
import { lastLine, type Ran, type RunOptions, run, told } from "./command";
import type { Endpoint } from "./endpoint";
import { forget, privateFolder } from "./private-folder";
import { sshWayTo } from "./ssh-way";

/** What a guest is made of. */
export interface SeenParts {
  /** Paths of its disks, and of the kernel, initial file system and firmware that it boots from. */
  readonly files: readonly string[];
  /** Names of libvirt's networks that it is on, once for each interface. */
  readonly networks: readonly string[];
  /** KiB that it may have at most; undefined where libvirt does not say. */
  readonly memory?: number | undefined;
  /** KiB of them that it has. */
  readonly currentMemory?: number | undefined;
  readonly vcpus?: number | undefined;
  /** How many of them are plugged in; undefined where all are. */
  readonly currentVcpus?: number | undefined;
}

/** A guest as its host describes it. */
export interface SeenGuest extends SeenParts {
  readonly name: string;
  readonly uuid: string;
  /** Number of a guest that runs; -1 where it is off. */
  readonly id: number;
  /** Such as "running", "shut off", "paused". */
  readonly state: string;
  /** The path of the construct that it was made by; undefined for a guest that does not say. */
  readonly construct: string | undefined;
  /** Whether it starts with its host. */
  readonly autostart: boolean;
  /** What it will be made of when it starts again; undefined for one that is off. */
  readonly atNextStart?: SeenParts | undefined;
}

/** A volume as its pool describes it. */
export interface SeenVolume {
  readonly path: string;
  /** Bytes. */
  readonly capacity: number;
  /** Such as "qcow2"; empty where libvirt does not say. */
  readonly format: string;
  readonly backing: string | undefined;
}

/** A network or pool of libvirt's. */
export interface SeenPlace {
  readonly uuid: string;
  readonly active: boolean;
  /** A network's bridge, a pool's folder; empty where it has none. */
  readonly where: string;
  /** Ids of the guests that are plugged into a network; undefined for a pool, and where libvirt cannot tell. */
  readonly guests?: ReadonlySet<string> | undefined;
}

/** One libvirt connection, asked with the `virsh` command. */
export class LibvirtConnection {
  /** The provider has a transport and parameters of its own; virsh knows the first as ssh, and of the others some. */
  private readonly uri: string;
  /** What of it is for virsh alone: a person calls it without. */
  private readonly asked: string;
  /** Where an ssh lies that knows the hosts of a file, which virsh has no word for. */
  private readonly folder: string | undefined;

  constructor(public readonly endpoint: Endpoint) {
    const [address = "", query = ""] = endpoint.address.replace(/^qemu\+sshcmd:/, "qemu+ssh:").split("?");
    const both = query.split("&").filter((one) => /^(socket|keyfile|pkipath|proxy)=/.test(one));
    const way = sshWayTo(endpoint);
    const known = way?.options.find((one) => one.startsWith("UserKnownHostsFile="));
    this.folder = known === undefined ? undefined : writeSsh(known);
    // Nothing is asked on a terminal.
    const quiet = way === undefined ? [] : ["no_tty=1"];
    const own = this.folder === undefined ? [] : [`command=${encodeURIComponent(path.join(this.folder, "ssh"))}`];
    this.uri = withQuery(address, both);
    this.asked = withQuery(address, [...both, ...quiet, ...own]);
  }

  /** Forgets what was written for the connection. */
  public close(): void {
    if (this.folder !== undefined) {
      forget(this.folder);
    }
  }

  public run(args: readonly string[], options: RunOptions = {}): Ran {
    return run("virsh", ["-q", "-c", this.asked, ...args], options);
  }

  public command(args: readonly string[]): string {
    return commandLine(["virsh", "-c", this.uri, ...args]);
  }

  /** The daemon's version; what it says otherwise. */
  public version(): { readonly version: string } | { readonly error: string } {
    const { code, out, err } = this.run(["version", "--daemon"], { seconds: 30 });
    const version = /Running against daemon: (\S+)/.exec(out)?.[1];
    return code === 0 && version !== undefined ? { version } : { error: lastLine(err) };
  }

  /** Throws where libvirt does not tell: that nothing was told does not mean that nothing is there. */
  public guests(): readonly SeenGuest[] {
    const starting = new Set(this.names(["list", "--all", "--autostart", "--name"]));
    return this.names(["list", "--all", "--name"]).flatMap((name) => this.guest(name, starting.has(name)));
  }

  /** One guest; none where it vanished since it was listed. */
  private guest(name: string, autostart: boolean): readonly SeenGuest[] {
    const [definition, state] = [this.run(["dumpxml", name]), this.run(["domstate", name])];
    if ([definition, state].some(({ code, err }) => code !== 0 && /Domain not found|failed to get domain/.test(err))) {
      return [];
    }
    const xml = told(definition, this.command(["dumpxml", name]));
    const id = /<domain [^>]*\bid='(\d+)'/.exec(xml)?.[1];
    const next = id === undefined ? undefined : this.run(["dumpxml", "--inactive", name]);
    const construct = /^ {2}<description>([^<]*)<\/description>/m.exec(xml)?.[1];
    return [
      {
        name,
        uuid: /<uuid>([^<]+)<\/uuid>/.exec(xml)?.[1] ?? "",
        id: id === undefined ? -1 : Number(id),
        state: told(state, this.command(["domstate", name])).trim(),
        construct: construct === undefined ? undefined : plain(construct),
        autostart,
        ...this.parts(xml),
        atNextStart: next?.code === 0 ? this.parts(next.out) : undefined,
      },
    ];
  }

  private parts(xml: string): SeenParts {
    const volumes = [...xml.matchAll(/<source [^>]*\bpool='([^']+)' [^>]*\bvolume='([^']+)'/g)];
    return {
      files: [
        ...[...xml.matchAll(/<source (?:file|dev)='([^']+)'/g)].map(([, file = ""]) => plain(file)),
        ...[...xml.matchAll(/<(kernel|initrd|loader|nvram)\b[^>]*>([^<]+)<\/\1>/g)].map(([, , file = ""]) =>
          plain(file),
        ),
        ...volumes.map(([, pool = "", volume = ""]) =>
          this.run(["vol-path", plain(volume), "--pool", plain(pool)]).out.trim(),
        ),
      ],
      networks: [...xml.matchAll(/<source network='([^']+)'/g)].map(([, network = ""]) => plain(network)),
      memory: numberIn(xml, /^ {2}<memory unit='KiB'>(\d+)</m),
      currentMemory: numberIn(xml, /^ {2}<currentMemory unit='KiB'>(\d+)</m),
      vcpus: numberIn(xml, /^ {2}<vcpu [^>]*>(\d+)</m),
      currentVcpus: numberIn(xml, /^ {2}<vcpu [^>]*\bcurrent='(\d+)'/m),
    };
  }

  /** Those of some pools or networks that are there, by name. */
  public places(kind: "pool" | "net", names: readonly string[]): ReadonlyMap<string, SeenPlace> {
    const all = new Set(this.names([`${kind}-list`, "--all", "--name"]));
    const running = new Set(this.names([`${kind}-list`, "--name"]));
    const place = kind === "pool" ? /<path>([^<]+)<\/path>/ : /<bridge [^>]*name='([^']+)'/;
    return new Map(
      [...new Set(names)]
        .filter((name) => all.has(name))
        .map((name) => {
          const xml = this.told([`${kind}-dumpxml`, name]);
          const uuid = /<uuid>([^<]+)<\/uuid>/.exec(xml)?.[1] ?? "";
          const guests = kind === "net" && running.has(name) ? this.pluggedInto(name) : undefined;
          return [name, { uuid, active: running.has(name), where: plain(place.exec(xml)?.[1] ?? ""), guests }];
        }),
    );
  }

  /** Ids of the guests on a network; libvirt before 5.5 knows no ports. */
  private pluggedInto(network: string): ReadonlySet<string> | undefined {
    const { code, out } = this.run(["net-port-list", network]);
    const ports = out.split(/\s+/).filter((port) => port !== "");
    return code === 0
      ? new Set(
          ports.map((port) => {
            const xml = this.run(["net-port-dumpxml", network, port]).out;
            return /<owner>[\s\S]*?<uuid>([^<]+)<\/uuid>/.exec(xml)?.[1] ?? "";
          }),
        )
      : undefined;
  }

  /** The volumes of a pool that is active, by name. */
  public volumes(pool: string): ReadonlyMap<string, SeenVolume> {
    // What was made beside libvirt, or lies half written, is known only after a look at the folder.
    this.told(["pool-refresh", pool]);
    const rows = this.told(["vol-list", pool]).split("\n");
    const found = rows.map((row) => /^\s*(\S.*?)\s{2,}(\/.*?)\s*$/.exec(row)).filter((row) => row !== null);
    return new Map(
      found.map(([, name = "", path = ""]) => {
        const xml = this.told(["vol-dumpxml", path]);
        const backing = /<backingStore>[\s\S]*?<path>([^<]+)<\/path>/.exec(xml)?.[1];
        const capacity = Number(/<capacity unit='bytes'>(\d+)</.exec(xml)?.[1] ?? 0);
        const format = /<format type='([^']+)'/.exec(xml)?.[1] ?? "";
        return [name, { path, capacity, format, backing: backing === undefined ? undefined : plain(backing) }];
      }),
    );
  }

  /** What a command prints. Throws with libvirt's words where it fails. */
  public told(args: readonly string[]): string {
    return told(this.run(args), this.command(args));
  }

  private names(args: readonly string[]): readonly string[] {
    return this.told(args)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  }
}

function withQuery(address: string, parameters: readonly string[]): string {
  return parameters.length === 0 ? address : `${address}?${parameters.join("&")}`;
}

function writeSsh(option: string): string {
  const folder = privateFolder("ssh");
  fs.writeFileSync(path.join(folder, "ssh"), `#!/bin/sh\nexec ssh -o ${shellWord(option)} "$@"\n`, { mode: 0o700 });
  return folder;
}

function numberIn(xml: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(xml)?.[1];
  return found === undefined ? undefined : Number(found);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", apos: "'", quot: '"' };

/** Text of XML as it is meant. */
function plain(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|apos|quot);/g, (_, name: string) => ENTITIES[name] ?? "");
}
