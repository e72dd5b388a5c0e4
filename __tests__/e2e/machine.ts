import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { daemon, has, run, until } from "./shell";

/** What this machine can run. */
export interface Capabilities {
  readonly docker: boolean;
  readonly kvm: boolean;
  /** True where guests must be emulated. */
  readonly emulated: boolean;
  readonly dockerHost: string;
  readonly kvmUri: string;
  /** What is missing, by name, with the way to get it. */
  readonly missing: readonly string[];
}

/** Commands, and the Debian packages that bring them. */
const DOCKER_COMMANDS = { dockerd: "docker.io", docker: "docker.io", busybox: "busybox-static", socat: "socat" };
const KVM_COMMANDS = {
  libvirtd: "libvirt-daemon-system",
  virtlogd: "libvirt-daemon",
  virsh: "libvirt-clients",
  "qemu-system-x86_64": "qemu-system-x86",
  "qemu-img": "qemu-utils",
  debootstrap: "debootstrap",
  genisoimage: "genisoimage",
  dnsmasq: "dnsmasq-base",
  syslinux: "syslinux",
  isolinux: "isolinux",
  mcopy: "mtools",
  cpio: "cpio",
  mke2fs: "e2fsprogs",
  ip: "iproute2",
};
/** Packages that bring files rather than commands. */
const KVM_FILES = { "/usr/lib/syslinux/mbr/mbr.bin": "syslinux-common", "/usr/lib/ISOLINUX/isolinux.bin": "isolinux" };

/** Gives a process of its own mount namespace a /dev that has everything but kvm. */
const WITHOUT_KVM = [
  "new=$(mktemp -d) && mount -t tmpfs -o mode=755 dev $new",
  'for one in /dev/*; do name=${one##*/}; if [ "$name" = kvm ]; then :',
  'elif [ -L "$one" ] || [ -b "$one" ] || [ -c "$one" ]; then cp -a "$one" "$new/"',
  'elif [ -d "$one" ]; then mkdir "$new/$name" && mount --rbind "$one" "$new/$name"; fi; done',
  'mount --move "$new" /dev',
].join("; ");

/** The daemons that this run started, stopped at its end by their process ids. */
export class Machine {
  private readonly started: ChildProcess[] = [];

  constructor(private readonly scratch: string) {}

  /** Finds out what can run here, installs what is missing where that was asked for, and starts the daemons that do not run. */
  public async prepare(install: boolean): Promise<Capabilities> {
    const missing: string[] = [];
    if (install) {
      installPackages();
    }
    const lacking = (commands: Readonly<Record<string, string>>) =>
      Object.entries(commands)
        .filter(([command]) => command !== "isolinux" && !has(command))
        .map(([command, debian]) => `${command} (Debian package ${debian})`);
    if (!has("terraform")) {
      missing.push("terraform (1.4 or later)");
    }
    const dockerHost = process.env.BERTH_DOCKER_HOST ?? (await this.docker(lacking(DOCKER_COMMANDS), missing));
    const files = Object.entries(KVM_FILES)
      .filter(([file]) => !fs.existsSync(file))
      .map(([file, debian]) => `${file} (Debian package ${debian})`);
    const kvmUri = process.env.BERTH_KVM_URI ?? (await this.libvirt([...lacking(KVM_COMMANDS), ...files], missing));
    return {
      docker: dockerHost !== undefined,
      kvm: kvmUri !== undefined,
      emulated: !kvmUsable(),
      dockerHost: dockerHost ?? "",
      kvmUri: kvmUri ?? "",
      missing,
    };
  }

  public stop(): void {
    for (const child of this.started.reverse()) {
      if (child.pid !== undefined && child.exitCode === null) {
        process.kill(child.pid, "SIGTERM");
      }
    }
  }

  private async docker(lacking: readonly string[], missing: string[]): Promise<string | undefined> {
    const usual = "unix:///var/run/docker.sock";
    if (has("docker") && run("docker", ["-H", usual, "version"]).code === 0) {
      return usual;
    }
    if (lacking.length > 0 || process.getuid?.() !== 0) {
      missing.push(...lacking, ...(lacking.length === 0 ? ["a Docker engine, or root to start one"] : []));
      return undefined;
    }
    const folder = path.join(this.scratch, "docker");
    fs.mkdirSync(folder, { recursive: true });
    const host = `unix://${folder}/docker.sock`;
    const args = [
      "-H",
      host,
      "--data-root",
      `${folder}/data`,
      "--exec-root",
      `${folder}/exec`,
      "--pidfile",
      `${folder}/docker.pid`,
    ];
    this.started.push(daemon("dockerd", args, `${folder}/dockerd.log`));
    try {
      await until("dockerd answers", 30, () => run("docker", ["-H", host, "version"]).code === 0);
      return host;
    } catch {
      missing.push(`a Docker engine: dockerd does not start here, see ${folder}/dockerd.log`);
      return undefined;
    }
  }

  private async libvirt(lacking: readonly string[], missing: string[]): Promise<string | undefined> {
    const uri = "qemu:///system";
    if (has("virsh") && run("virsh", ["-c", uri, "list"]).code === 0) {
      return uri;
    }
    if (lacking.length > 0 || process.getuid?.() !== 0) {
      missing.push(...lacking, ...(lacking.length === 0 ? ["libvirt, or root to start it"] : []));
      return undefined;
    }
    const folder = path.join(this.scratch, "libvirt");
    fs.mkdirSync(folder, { recursive: true });
    this.started.push(daemon("virtlogd", ["-p", `${folder}/virtlogd.pid`], `${folder}/virtlogd.log`));
    // Where /dev/kvm is there but of no use, libvirt probes QEMU at every call, for a minute: it must not see it.
    const hidden = fs.existsSync("/dev/kvm") && !kvmUsable() ? `${WITHOUT_KVM} && ` : "";
    const script = `${hidden}exec libvirtd -p ${folder}/libvirtd.pid`;
    this.started.push(daemon("unshare", ["--mount", "sh", "-c", script], `${folder}/libvirtd.log`));
    try {
      await until("libvirtd answers", 30, () => run("virsh", ["-c", uri, "list"]).code === 0);
      return uri;
    } catch {
      missing.push(`libvirt: libvirtd does not start here, see ${folder}/libvirtd.log`);
      return undefined;
    }
  }
}

function installPackages(): void {
  const packages = new Set([
    ...Object.values(DOCKER_COMMANDS),
    ...Object.values(KVM_COMMANDS),
    ...Object.values(KVM_FILES),
    "libvirt-daemon-driver-qemu",
    "iptables",
    "curl",
  ]);
  console.log(`installing: ${[...packages].join(" ")}`);
  const script = `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${[...packages].join(" ")}`;
  const { code, out } = run("sh", ["-c", script], { env: { DEBIAN_FRONTEND: "noninteractive" } });
  if (code !== 0) {
    console.log(out.split("\n").slice(-5).join("\n"));
  }
}

/** A device file is not enough: on some virtual machines it opens, and no guest starts. */
function kvmUsable(): boolean {
  if (process.env.BERTH_KVM_EMULATED !== undefined) {
    return process.env.BERTH_KVM_EMULATED === "0";
  }
  if (!fs.existsSync("/dev/kvm") || !has("qemu-system-x86_64")) {
    return false;
  }
  const args = [
    "-machine",
    "q35,accel=kvm",
    "-cpu",
    "host",
    "-display",
    "none",
    "-S",
    "-monitor",
    "none",
    "-no-user-config",
    "-nodefaults",
  ];
  return run("timeout", ["-s", "TERM", "3", "qemu-system-x86_64", ...args]).code === 124;
}
