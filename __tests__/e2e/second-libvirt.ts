import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { daemon, run, until } from "./shell";

/** Folders that a libvirt keeps its things in, and those of the second one below its own folder. */
const FOLDERS = {
  "/run": "run",
  "/etc/libvirt": "etc",
  "/var/lib/libvirt": "lib",
  "/var/cache/libvirt": "cache",
  "/var/log/libvirt": "log",
};

/** Another libvirt on this machine, with guests, networks and files of its own, as on another host. */
export class SecondLibvirt {
  public readonly uri: string;
  /** What it calls /var/lib/libvirt. */
  public readonly files: string;
  private child: ChildProcess | undefined;

  constructor(private readonly folder: string) {
    this.uri = `qemu:///system?socket=${folder}/run/libvirt/libvirt-sock`;
    this.files = path.join(folder, "lib");
  }

  public async start(): Promise<void> {
    fs.rmSync(this.folder, { recursive: true, force: true });
    for (const own of Object.values(FOLDERS)) {
      fs.mkdirSync(path.join(this.folder, own), { recursive: true });
    }
    for (const own of ["lib/images", "lib/qemu", "lib/dnsmasq"]) {
      fs.mkdirSync(path.join(this.folder, own), { recursive: true });
    }
    // There is no virtlogd in its world.
    fs.writeFileSync(
      path.join(this.folder, "etc", "qemu.conf"),
      'stdio_handler = "file"\nuser = "root"\ngroup = "root"\n',
    );
    const mounts = Object.entries(FOLDERS).map(([usual, own]) => `mount --bind ${this.folder}/${own} ${usual}`);
    const script = [...mounts, "exec libvirtd"].join(" && ");
    this.child = daemon("unshare", ["--mount", "sh", "-c", script], path.join(this.folder, "libvirtd.log"));
    await until("the second libvirt answers", 30, () => run("virsh", ["-c", this.uri, "list"]).code === 0);
  }

  public stop(): void {
    if (this.child?.pid !== undefined) {
      process.kill(this.child.pid, "SIGTERM");
    }
  }
}
