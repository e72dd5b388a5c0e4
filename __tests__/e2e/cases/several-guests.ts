import * as fs from "node:fs";
import * as path from "node:path";
import { type App, TerraformVariable } from "cdktf";
import {
  ContainersInsideVm,
  DockerHost,
  DockerNetwork,
  DockerService,
  Duration,
  GuestImage,
  Healthcheck,
  HostStack,
  KvmHost,
  KvmNetwork,
  PublishedPort,
  Size,
  StoragePool,
} from "../../../lib/index";
import type { Asking, Case, World } from "../case";
import { equal, matches, page } from "../checks";
import { SUPPLIES } from "../engine-guest";
import { FORWARDER_IMAGE, WEB_IMAGE } from "../fixtures";
import { GuestSupplies } from "../registry";
import { run } from "../shell";

const ONE = "10.78.0.21";
const TWO = "10.78.0.22";
let supplies: GuestSupplies | undefined;

const KEYS = ["ops", "host", "login"] as const;
const keyFile = (scratch: string, name: string) => path.join(scratch, "several-guests-keys", name);
const publicHalf = (scratch: string, name: string) =>
  fs
    .readFileSync(`${keyFile(scratch, name)}.pub`, "utf8")
    .split(" ")
    .slice(0, 2)
    .join(" ");

/** Two guests and their machine, with services that wait for each other across all three. */
class SeveralGuests extends HostStack {
  constructor(app: App, world: World) {
    super(app, "several-guests");
    const { kvmUri, emulated, dockerHost } = world.capabilities;
    const host = new KvmHost(this, "kvm", { uri: kvmUri, emulated });
    const docker = new DockerHost(this, "docker", { host: dockerHost });
    const pool = new StoragePool(this, "e2e-several", { host, path: "/var/lib/libvirt/images/e2e-several" });
    const lan = new KvmNetwork(this, "e2e-several-lan", {
      host,
      subnet: "10.78.0.0/24",
      mode: "open",
      domain: "e2e.internal",
    });
    const secret = (name: string) => new TerraformVariable(this, name, { type: "string", sensitive: true }).stringValue;
    const key = keyFile(world.scratch, "ops");
    const guest = {
      host,
      pool,
      image: GuestImage.fromFile(path.join(world.fixtures, "guest.qcow2")),
      memory: Size.gibibytes(1),
      vcpus: 1,
      rootDisk: Size.gibibytes(8),
      users: [{ name: "ops", sshKeys: [publicHalf(world.scratch, "ops")], groups: ["docker"] }],
      engine: { registryMirrors: [`http://${SUPPLIES.host}:${SUPPLIES.port}`] },
      engineDisk: Size.gibibytes(4),
      onDestroy: "delete",
      readyTimeout: Duration.minutes(10),
    } as const;
    const one = new ContainersInsideVm(this, "e2e-one", { ...guest, networks: [{ network: lan, address: ONE }] });
    const two = new ContainersInsideVm(this, "e2e-two", {
      ...guest,
      networks: [{ network: lan, address: TWO }],
      transport: { user: "ops", identityFile: key },
      keys: {
        hostKey: secret("host"),
        hostPublicKey: publicHalf(world.scratch, "host"),
        loginKey: secret("login"),
        loginPublicKey: publicHalf(world.scratch, "login"),
      },
    });
    const back = new DockerNetwork(this, "back", { host: one, subnet: "172.30.0.0/24" });
    const common = { image: WEB_IMAGE } as const;
    const healthcheck = Healthcheck.http("/", { interval: Duration.seconds(3), timeout: Duration.seconds(20) });
    const db = new DockerService(this, "db", {
      ...common,
      host: one,
      networks: [back],
      ports: ["0.0.0.0:8080:80"],
      healthcheck,
    });
    const same = new DockerService(this, "same", { ...common, host: one, networks: [back] });
    const sibling = new DockerService(this, "sibling", { ...common, host: two, ports: ["0.0.0.0:8080:80"] });
    const outside = new DockerService(this, "outside", { ...common, host: docker });
    const last = new DockerService(this, "last", { ...common, host: two });
    new PublishedPort(this, "db-port", { host: docker, guest: one, port: "0.0.0.0:8084:8080", image: FORWARDER_IMAGE });
    same.dependsOn(db, "healthy");
    sibling.dependsOn(db, "healthy");
    outside.dependsOn(sibling);
    last.dependsOn(outside);
  }
}

/** The host key that berth made for a guest, as the state knows it. */
function generatedHostKey(ask: Asking, guest: string): string | undefined {
  const state = fs.readFileSync(path.join(ask.folder, "terraform.several-guests.tfstate"), "utf8");
  const { resources } = JSON.parse(state) as {
    resources: { name: string; instances: { attributes: { public_key_openssh?: string } }[] }[];
  };
  const host = resources.find((one) => one.name.startsWith(`${guest}_Keys_Host_`));
  return host?.instances[0]?.attributes.public_key_openssh;
}

/** Runs a command in a guest, whose host key is the one that the state knows. */
function inGuest(ask: Asking, name: string, address: string, ...command: string[]): string {
  const host = name === "e2e-two" ? publicHalf(ask.world.scratch, "host") : generatedHostKey(ask, name);
  const known = path.join(ask.folder, `known-${name}`);
  fs.writeFileSync(known, `${address} ${host}`);
  const options = ["IdentitiesOnly=yes", "BatchMode=yes", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${known}`];
  const { code, out } = run("ssh", [
    "-i",
    keyFile(ask.world.scratch, "ops"),
    ...options.flatMap((option) => ["-o", option]),
    `ops@${address}`,
    ...command,
  ]);
  return code === 0 ? out.trim() : `exit ${code}: ${out}`;
}

/** Each pair's first was there before its second was begun. */
function inOrder(applied: string, pairs: readonly (readonly [string, string])[]): void {
  for (const [first, second] of pairs) {
    const done = applied.search(new RegExp(`docker_container\\.${first}_\\w+: Creation complete`));
    const begun = applied.search(new RegExp(`docker_container\\.${second}_\\w+: Creating\\.\\.\\.`));
    equal(`${first} is there before ${second} is begun`, done >= 0 && done < begun, true);
  }
}

async function alive(ask: Asking): Promise<void> {
  equal("the first guest's page", await page(`http://${ONE}:8080/`), "berth\n");
  equal("the page at the machine's own port", await page("http://127.0.0.1:8084/"), "berth\n");
  equal("the second guest's page", await page(`http://${TWO}:8080/`), "berth\n");
  const request = `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | timeout 5 nc ${ONE} 8080`;
  matches("a container's page from a guest", ask.docker("exec", "outside", "sh", "-c", request), /berth$/);
  matches(
    "a service's name inside a guest",
    inGuest(ask, "e2e-one", ONE, "docker", "exec", "same", "nslookup", "db", "127.0.0.11"),
    /Address: +172\.30\.0\.\d+/,
  );
  const lookup = ["docker", "exec", "sibling", "nslookup", "e2e-one.e2e.internal", "10.78.0.1"];
  matches("a guest's name in another guest", inGuest(ask, "e2e-two", TWO, ...lookup), /Address: +10\.78\.0\.21\b/);
  matches(
    "what the engine behind ssh listens on",
    inGuest(ask, "e2e-two", TWO, "ss", "-Hltn", "sport", "=", ":2376"),
    /^$/,
  );
}

export const severalGuests: Case = {
  name: "several guests",
  needs: ["kvm", "docker"],
  alsoNeeds: ["tls"],
  line: "4",
  full: true,
  environment: () => ({}),
  build: (app, _environment, world) => new SeveralGuests(app, world),
  guests: [],
  around: {
    before: ({ fixtures, scratch }) => {
      const folder = path.dirname(keyFile(scratch, "ops"));
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of KEYS) {
        run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", keyFile(scratch, name)]);
        process.env[`TF_VAR_${name}`] = fs.readFileSync(keyFile(scratch, name), "utf8");
      }
      supplies = new GuestSupplies(fixtures, SUPPLIES.host, SUPPLIES.port);
    },
    after: () => {
      supplies?.close();
      for (const name of KEYS) {
        delete process.env[`TF_VAR_${name}`];
      }
    },
  },
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        inOrder(ask.applied, [
          ["db", "same"],
          ["db", "sibling"],
          ["sibling", "outside"],
          ["outside", "last"],
        ]);
        await alive(ask);
      },
    },
    {
      name: "another runner",
      anotherRunner: true,
      check: async (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        await alive(ask);
      },
    },
  ],
};
