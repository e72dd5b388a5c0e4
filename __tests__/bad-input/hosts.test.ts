import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformVariable } from "cdktf";
import {
  DockerHost,
  DockerImage,
  DockerNetwork,
  DockerService,
  DockerVolume,
  FileSource,
  GuestImage,
  Healthcheck,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Machine,
  Size,
  StoragePool,
  VolumeMount,
} from "../../lib/index";
import { connectionProblems } from "../../lib/units/libvirt-uri";
import { testApp } from "../support/app";
import { FOLDER, say, World, wrong } from "../support/bad-world";

describe("hosts, networks, volumes, images, machines", () => {
  test.each<[string, (world: World) => void, string[]]>([
    [
      "an unknown scheme",
      (w) => new DockerHost(w, "d", { host: "http://x" }),
      [
        '[st/d] \'host\' must be "unix:///path", "ssh://user@machine" or "tcp://machine:port" with \'tls\', got "http://x"',
      ],
    ],
    [
      "a bare socket path",
      (w) => new DockerHost(w, "d", { host: "/var/run/docker.sock" }),
      [
        '[st/d] \'host\' must be "unix:///path", "ssh://user@machine" or "tcp://machine:port" with \'tls\', got "/var/run/docker.sock" (did you mean "unix:///var/run/docker.sock"?)',
      ],
    ],
    [
      "an open engine",
      (w) => new DockerHost(w, "d", { host: "tcp://x:2375" }),
      [
        "[st/d] 'host' must not be an engine on the network without TLS, got \"tcp://x:2375\" (anybody who reaches it is root there; add 'tls', or use ssh://)",
      ],
    ],
    [
      "an unknown hypervisor",
      (w) => new KvmHost(w, "k", { uri: "xen:///system" }),
      [
        '[st/k] \'uri\' must be a QEMU connection such as "qemu:///system" or "qemu+sshcmd://ops@rack1/system", got "xen:///system"',
      ],
    ],
    [
      "a transport that the provider does not have",
      (w) => new KvmHost(w, "k", { uri: "qemu+unix:///system" }),
      ["[st/k] 'uri' must use one of the transports ssh, sshcmd, tls, got \"qemu+unix:///system\""],
    ],
    [
      "a host key that nobody checks",
      (w) => new KvmHost(w, "k", { uri: "qemu+ssh://r/system?known_hosts_verify=ignore" }),
      [
        "[st/k] 'uri' must not switch off the check of the host's key, got \"qemu+ssh://r/system?known_hosts_verify=ignore\" (add the host's key to known_hosts, and name that file with knownhosts=)",
      ],
    ],
    ...[
      "no_verify=1",
      "no_verify=0",
      "no_verify=2",
      "no_verify",
      "no%5Fverify=1",
      "known_hosts_verify=normal",
      "socket=/run/x&no_verify=1",
    ].map((query): [string, (world: World) => void, string[]] => [
      `a host key that nobody checks, by ${query}`,
      (w) => new KvmHost(w, "k", { uri: `qemu+ssh://r/system?${query}` }),
      [
        `[st/k] 'uri' must not switch off the check of the host's key, got "qemu+ssh://r/system?${query}" (add the host's key to known_hosts, and name that file with knownhosts=)`,
      ],
    ]),
    [
      "a certificate that nobody checks",
      (w) => new KvmHost(w, "k", { uri: "qemu+tls://r/system?no_verify=1" }),
      [
        "[st/k] 'uri' must not switch off the check of the host's key, got \"qemu+tls://r/system?no_verify=1\" (name the folder with the certificate of its authority with pkipath=)",
      ],
    ],
    [
      "a command for ssh",
      (w) => new KvmHost(w, "k", { uri: "qemu+sshcmd://r/system?command=/tmp/x&netcat=nc" }),
      [
        "[st/k] 'uri' must have no parameters but keyfile, knownhosts, proxy, socket, sshauth, got \"command\"",
        "[st/k] 'uri' must have no parameters but keyfile, knownhosts, proxy, socket, sshauth, got \"netcat\"",
      ],
    ],
    [
      "a parameter of another transport, or of every object",
      (w) => new KvmHost(w, "k", { uri: "qemu+tls://r/system?keyfile=/k&constructor=1" }),
      [
        "[st/k] 'uri' must have no parameters but pkipath, got \"keyfile\"",
        "[st/k] 'uri' must have no parameters but pkipath, got \"constructor\"",
      ],
    ],
    [
      "an agent that is lent to the host, and a socket that is shell",
      (w) => new KvmHost(w, "k", { uri: "qemu+sshcmd://r/system?sshauth=agent&socket=/x;id&proxy=no" }),
      [
        '[st/k] \'uri sshauth\' must be "privkey": an agent is used without it, and "agent" would lend it to the host, got "agent"',
        "[st/k] 'uri socket' must be an absolute path of letters, digits and ./@:+_-, got \"/x;id\"",
        '[st/k] \'uri proxy\' must be "auto", "native" or "netcat", got "no"',
      ],
    ],
    ...["-oProxyCommand=x", "-lroot", "a,b"].map((host): [string, (world: World) => void, string[]] => [
      `the machine ${host}`,
      (w) => new KvmHost(w, "k", { uri: `qemu+sshcmd://${host}/system` }),
      [
        `[st/k] 'uri' must name a machine that begins with a letter or digit, or [an IPv6 address], got "qemu+sshcmd://${host}/system"`,
      ],
    ]),
    [
      "a user that is an option, and no port",
      (w) => new KvmHost(w, "k", { uri: "qemu+ssh://-lroot@r:0/system" }),
      [
        "[st/k] 'uri' must name a user that begins with a letter or digit, such as ops@rack1, got \"qemu+ssh://-lroot@r:0/system\"",
        "[st/k] 'uri' must have a port from 1 to 65535, got \"qemu+ssh://-lroot@r:0/system\"",
      ],
    ],
    [
      "a password",
      (w) => new KvmHost(w, "k", { uri: "qemu+ssh://ops:s3cret@r/system" }),
      [
        "[st/k] 'uri' must hold no password, got \"qemu+ssh://ops:***@r/system\" (it would stand in the code and in the state; use a key)",
      ],
    ],
    [
      "a machine without a transport, which the provider reaches by ssh",
      (w) => new KvmHost(w, "k", { uri: "qemu://rack1/system" }),
      [
        '[st/k] \'uri\' must name its transport where it names a machine, got "qemu://rack1/system" (such as "qemu+sshcmd://ops@rack1/system")',
      ],
    ],
    ...["ssh://-oProxyCommand=x", "ssh://-lroot", "ssh://-a@rack1", "tcp://-x:1"].map(
      (host): [string, (world: World) => void, string[]] => [
        `the engine ${host}`,
        (w) => new DockerHost(w, "d", { host }),
        [
          `[st/d] 'host' must be "unix:///path", "ssh://user@machine" or "tcp://machine:port" with 'tls', got "${host}"`,
        ],
      ],
    ),
    [
      "one host that is declared in two ways",
      (w) => {
        const machine = new Machine(w, "rack", { cores: 2 });
        new KvmHost(w, "again", { uri: "qemu:///system", emulated: true, machine });
        new DockerHost(w, "engine", { host: "unix:///run/docker.sock", machine });
      },
      [
        "[st/again] 'emulated' must be the same wherever qemu:///system is declared, got true, and false at st/kvm (it is one host: share one construct, or say the same)",
        "[st/again] 'machine' must be the same wherever qemu:///system is declared, got st/rack, and none at st/kvm (it is one host: share one construct, or say the same)",
        "[st/engine] 'machine' must be the same wherever unix:///run/docker.sock is declared, got st/rack, and none at st/docker (it is one host: share one construct, or say the same)",
      ],
    ],
    [
      "a token for a host",
      (w) => new KvmHost(w, "k", { uri: new TerraformVariable(w, "v", {}).stringValue }),
      [
        "[st/k] 'uri' must be a literal known at synth, got a token (berth checks and names things by it before Terraform runs)",
      ],
    ],
    [
      "a network of Docker's own",
      (w) => new DockerNetwork(w, "n", { host: w.docker, name: "bridge", subnet: "10.4.0.0/24" }),
      ["[st/n] 'name' must not be a network that Docker makes itself, got \"bridge\" [docker/network/name]"],
    ],
    [
      "a subnet with host bits",
      (w) => new KvmNetwork(w, "n", { host: w.kvm, subnet: "10.4.0.1/24" }),
      ['[st/n] \'subnet\' must be a subnet without host bits, got "10.4.0.1/24" (did you mean "10.4.0.0/24"?)'],
    ],
    [
      "subnets that overlap, libvirt's and Docker's",
      (w) => new KvmNetwork(w, "n", { host: w.kvm, subnet: "10.2.0.0/16" }),
      [
        "[st/net] 'subnet' must not overlap another network of the machine localhost, got 10.2.0.0/24, which meets 10.2.0.0/16 of st/n (libvirt's and Docker's networks share the machine's routes; choose another subnet)",
        "[st/n] 'subnet' must not overlap another network of the machine localhost, got 10.2.0.0/16, which meets 10.2.0.0/24 of st/net (libvirt's and Docker's networks share the machine's routes; choose another subnet)",
      ],
    ],
    [
      "a volume name that is too short",
      (w) => new DockerVolume(w, "v", { host: w.docker }),
      [
        "[st/v] 'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got \"v\" [docker/volume/name]",
      ],
    ],
    [
      "a build without a Dockerfile",
      (w) => new DockerImage(w, "i", { host: w.docker, reference: "a:1", build: { context: FOLDER } }),
      [
        `[st/i] 'build.context' must be a folder that has the file Dockerfile, got "${FOLDER}" (there is no ${FOLDER}/Dockerfile)`,
      ],
    ],
    [
      "a folder that is not the pool's own",
      (w) => new StoragePool(w, "p", { host: w.kvm, path: "/var/lib/libvirt/images" }),
      [
        '[st/p] \'path\' must be a folder of the pool\'s own, got "/var/lib/libvirt/images" (name a folder below it, or take it as it is with directory: "adopt")',
      ],
    ],
    [
      "a machine that is too small",
      (w) => {
        const machine = new Machine(w, "rack", { cores: 2, memory: Size.gibibytes(1) });
        const docker = new DockerHost(w, "d2", { host: "ssh://rack", machine });
        new DockerService(w, "big", { host: docker, image: "nginx:1.27.5", memory: Size.gibibytes(2), cpus: 4 });
      },
      [
        "[st/rack] 'memory' must be at least what stands on the machine, got 1 GiB for 2 GiB (st/big 2 GiB; shrink one, move one to another machine, or correct the capacity)",
        "[st/rack] 'cores' must be at least the 'cpus' of every workload, got 2 for 4 of st/big (give the workload fewer, or correct the capacity)",
      ],
    ],
  ])("%s", (_, build, messages) => {
    expect(say(build)).toEqual(messages);
  });

  test.each([
    "qemu:///system",
    "qemu:///session?socket=/run/user/1000/libvirt/libvirt-sock",
    "qemu+ssh://ops@rack1:2222/system?keyfile=~/.ssh/id&knownhosts=/etc/known",
    "qemu+sshcmd://[2001:db8::1]/system?proxy=native&sshauth=privkey&socket=/run/l-1.sock",
    "qemu+tls://rack1.example.com/system?pkipath=/etc/pki",
    "qemu+sshcmd://r/system?keyfile=%2Fhome%2Fops%2Fid",
  ])("%s is a connection", (uri) => {
    expect(connectionProblems(uri)).toEqual([]);
  });

  test("a build context refuses named pipes, and does not wait for them", () => {
    const context = fs.mkdtempSync(path.join(FOLDER, "pipes-"));
    fs.mkdirSync(path.join(context, "below"));
    fs.writeFileSync(path.join(context, "Dockerfile"), "FROM scratch\n");
    execFileSync("mkfifo", [path.join(context, "below", "pipe"), path.join(context, "Piped")]);
    const problems = say((w) => {
      new DockerImage(w, "i", { host: w.docker, reference: "a:1", build: { context } });
      new DockerImage(w, "j", { host: w.docker, reference: "b:1", build: { context, dockerfile: "Piped" } });
    });
    expect(problems).toEqual([
      "[st/i] 'build.context' must contain files, folders and links only, got a named pipe: Piped (remove it)",
      "[st/i] 'build.context' must contain files, folders and links only, got a named pipe: below/pipe (remove it)",
      `[st/j] 'build.context' must be a folder that has the file Piped, got "${context}" (there is no ${context}/Piped)`,
    ]);
  });

  test("a construct without its host cannot be made, and says so at once", () => {
    const world = new World(testApp(), "st");
    expect(() => new DockerVolume(world, "v1", wrong({ host: "docker" }))).toThrow(
      new TypeError('[st/v1] \'host\' must be a Docker host, such as new DockerHost(stack, "docker"), got "docker"'),
    );
    expect(() => new KvmGuest(world, "g", wrong({}))).toThrow(
      /^\[st\/g\] 'host' must be a KVM host, such as new KvmHost\(stack, "kvm"\), got nothing\n\[st\/g\] 'pool' must be/,
    );
  });

  test("value classes refuse what they cannot be", () => {
    expect(() => GuestImage.fromUrl("ftp://x")).toThrow(
      new Error(
        'must be an http:// or https:// URL, got "ftp://x" (a literal; use fromFile for a file of this machine)',
      ),
    );
    expect(() => FileSource.fromUrl("https://x.example/a", { sha256: "12" })).toThrow(
      new Error(
        'must be one digest: sha256 with 64, or sha512 with 128 lower-case hexadecimal digits, got {"sha256":"12"}',
      ),
    );
    expect(() => VolumeMount.tmpfs("/tmp", { size: Size.bytes(0) })).toThrow(
      new Error(
        "must be a Size of at least 4 KiB as the option size, got 0 bytes (the kernel takes 0 for no limit at all)",
      ),
    );
    expect(() => Healthcheck.command([])).toThrow(
      'must be a command of words that are not empty, got [] (such as Healthcheck.command(["curl", "-f", "http://127.0.0.1/"]))',
    );
  });
});
