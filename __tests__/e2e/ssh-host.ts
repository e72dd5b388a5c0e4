import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { daemon, must, run, until } from "./shell";

/** Folders in which a machine keeps its things, and those of this one below its own folder. */
const FOLDERS = {
  "/etc/libvirt": "etc",
  "/var/lib/libvirt": "lib",
  "/var/cache/libvirt": "cache",
  "/var/log/libvirt": "log",
  "/var/lib/docker": "docker",
};

const NAME = "e2e-far";
const NEAR = "10.78.200.1";

/**
 * Another machine, reached by ssh alone: a network of its own, processes that end with it, libvirt, a Docker engine, and sshd. Who
 * calls `ssh` on this machine meanwhile knows its host key and has its key, as from a configuration of their own.
 */
export class SshHost {
  public readonly address = "10.78.200.2";
  public readonly key: string;
  public readonly knownHosts: string;
  private readonly config: string;
  private readonly path = process.env.PATH ?? "";
  private child: ChildProcess | undefined;
  private agent: ChildProcess | undefined;

  constructor(private readonly folder: string) {
    this.key = path.join(folder, "key");
    this.knownHosts = path.join(folder, "known_hosts");
    this.config = path.join(folder, "config");
  }

  /** What is asked of its Docker engine. */
  public get docker(): string {
    return `ssh://root@${this.address}`;
  }

  /** libvirt's URI by a transport of the provider's; by itself `ssh` reads no configuration. */
  public libvirt(transport: "ssh" | "sshcmd"): string {
    const files = transport === "ssh" ? `?keyfile=${this.key}&knownhosts=${this.knownHosts}` : "";
    return `qemu+${transport}://root@${this.address}/system${files}`;
  }

  public async start(): Promise<void> {
    fs.rmSync(this.folder, { recursive: true, force: true });
    for (const own of [...Object.values(FOLDERS), "bin", "lib/images", "lib/qemu", "lib/dnsmasq", "cache/qemu"]) {
      fs.mkdirSync(path.join(this.folder, own), { recursive: true });
    }
    fs.writeFileSync(
      path.join(this.folder, "etc", "qemu.conf"),
      'stdio_handler = "file"\nuser = "root"\ngroup = "root"\n',
    );
    for (const key of ["key", "host_key", "other_key"]) {
      must(run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path.join(this.folder, key)]), "ssh-keygen");
    }
    fs.copyFileSync(`${this.key}.pub`, path.join(this.folder, "authorized"));
    fs.writeFileSync(
      path.join(this.folder, "sshd_config"),
      [
        `ListenAddress ${this.address}`,
        `HostKey ${path.join(this.folder, "host_key")}`,
        `AuthorizedKeysFile ${path.join(this.folder, "authorized")}`,
        "StrictModes no",
        "UsePAM no",
        "PidFile none",
        "PermitRootLogin prohibit-password",
        "PasswordAuthentication no",
        // What root's shell does when it starts on this machine is not part of the other one.
        `SetEnv HOME=${this.folder}`,
        // Each question is a login of its own.
        "MaxStartups 100",
        "",
      ].join("\n"),
    );
    fs.writeFileSync(path.join(this.folder, "bin", "ssh"), `#!/bin/sh\nexec /usr/bin/ssh -F ${this.config} "$@"\n`, {
      mode: 0o755,
    });
    process.env.PATH = `${path.join(this.folder, "bin")}:${this.path}`;
    this.trust("host_key");
    this.identify(this.key);
    await this.boot();
  }

  /** What this machine knows as the other one's host key: its own, or that of an impostor. */
  public trust(key: "host_key" | "other_key"): void {
    const [type, text] = fs.readFileSync(path.join(this.folder, `${key}.pub`), "utf8").split(" ");
    fs.writeFileSync(this.knownHosts, `${this.address} ${type} ${text}\n`);
  }

  /** Whose key the configuration of ssh names. */
  public identify(key: string, ...more: readonly string[]): void {
    this.configure(this.address, `IdentityFile ${key}`, ...more);
  }

  /** The key is in an agent, and no file has it. */
  public async identifyByAgent(): Promise<void> {
    const socket = path.join(this.folder, "agent");
    this.agent = daemon("ssh-agent", ["-D", "-a", socket], path.join(this.folder, "agent.log"));
    await until("the agent is there", 10, () => fs.existsSync(socket));
    must(run("ssh-add", ["-q", this.key], { env: { SSH_AUTH_SOCK: socket } }), "ssh-add");
    this.configure(this.address, "IdentityFile /nonexistent", `IdentityAgent ${socket}`);
  }

  /** The way leads over another login: the machine itself, under another name, as which it is no other host for ssh. */
  public jump(): void {
    this.identify(this.key, "ProxyCommand ssh -W %h:%p root@jump");
    const before = fs.readFileSync(this.config, "utf8");
    this.configure("jump", `HostName ${this.address}`, `IdentityFile ${this.key}`);
    fs.appendFileSync(this.config, before);
  }

  private configure(name: string, ...lines: readonly string[]): void {
    fs.writeFileSync(
      this.config,
      `Host ${name}\n${[`UserKnownHostsFile ${this.knownHosts}`, ...lines].map((line) => `  ${line}\n`).join("")}`,
    );
  }

  /** Starts it, as after a power cut: what ran is off, and what was written is there. */
  public async boot(): Promise<void> {
    this.cable();
    const mounts = [
      "mount -t tmpfs run /run",
      "mkdir /run/sshd",
      ...Object.entries(FOLDERS).map(
        ([usual, own]) => `mkdir -p ${usual}; mount --bind ${this.folder}/${own} ${usual}`,
      ),
    ];
    const log = (name: string) => `>>${this.folder}/${name}.log 2>&1`;
    const script = [
      ...mounts,
      `dockerd --iptables=false ${log("dockerd")} & libvirtd ${log("libvirtd")} & exec /usr/sbin/sshd -D -e -f ${this.folder}/sshd_config`,
    ].join(" && ");
    this.child = daemon(
      "nsenter",
      [
        `--net=/run/netns/${NAME}`,
        ...["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", script],
      ],
      path.join(this.folder, "machine.log"),
    );
    const answers = (command: string, ...args: string[]) => run(command, args).code === 0;
    await until("its sshd answers", 30, () => answers("ssh", "-o", "BatchMode=yes", `root@${this.address}`, "true"));
    await until("its engine answers", 60, () => answers("docker", "-H", this.docker, "version"));
    await until("its libvirt answers", 60, () => answers("virsh", "-c", this.libvirt("ssh"), "list"));
  }

  /** Ends everything on it at once. */
  public cutPower(): void {
    if (this.child?.pid !== undefined) {
      process.kill(this.child.pid, "SIGKILL");
    }
  }

  public stop(): void {
    this.cutPower();
    if (this.agent?.pid !== undefined) {
      process.kill(this.agent.pid, "SIGTERM");
    }
    process.env.PATH = this.path;
    run("ip", ["netns", "del", NAME]);
    run("ip", ["link", "del", `${NAME}-0`]);
  }

  /** A cable from this machine to the other, which has no other interface yet. */
  private cable(): void {
    const [here, there] = [`${NAME}-0`, `${NAME}-1`];
    run("ip", ["netns", "del", NAME]);
    run("ip", ["link", "del", here]);
    const inside = ["-n", NAME];
    for (const args of [
      ["netns", "add", NAME],
      ["link", "add", here, "type", "veth", "peer", "name", there],
      ["link", "set", there, "netns", NAME],
      ["addr", "add", `${NEAR}/24`, "dev", here],
      ["link", "set", here, "up"],
      [...inside, "addr", "add", `${this.address}/24`, "dev", there],
      [...inside, "link", "set", there, "up"],
      [...inside, "link", "set", "lo", "up"],
      [...inside, "route", "add", "default", "via", NEAR],
    ]) {
      must(run("ip", args), `ip ${args.join(" ")}`);
    }
  }
}
