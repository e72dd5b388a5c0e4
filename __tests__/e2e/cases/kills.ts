import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import {
  DockerHost,
  DockerNetwork,
  DockerService,
  DockerVolume,
  Duration,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Os,
  Size,
  StoragePool,
  VolumeMount,
} from "../../../lib/index";
import { Container } from "../../../lib/providers/docker/container";
import { berth, berthReading, recovered } from "../berth";
import type { Asking, Case, Environment, Step, World } from "../case";
import { equal, inode, matches, same } from "../checks";
import { smallSystem, WEB_IMAGE } from "../fixtures";

const POOL = "/var/lib/libvirt/images/e2e-kills";
export const STACK = "kills";

/** A disk and a volume that hold data, and what is made anew with every edit: networks, containers, guests. */
export class Kills extends HostStack {
  constructor(app: App, environment: Environment, { fixtures, capabilities }: World) {
    super(app, STACK);
    const { GENERATION: generation = "0", MEMORY = "192", WORD = "a", SUBNET = "10.77.40.0/24", EXIT } = environment;
    const onDestroy = environment.RELEASE === "1" ? "delete" : "keep";
    const kvm = new KvmHost(this, "kvm", { uri: capabilities.kvmUri, emulated: capabilities.emulated });
    const docker = new DockerHost(this, "docker", { host: capabilities.dockerHost });
    const pool = new StoragePool(this, "e2e-kills-pool", { host: kvm, path: POOL });
    const lan = new KvmNetwork(this, "e2e-kills-lan", { host: kvm, subnet: SUBNET, mode: "isolated" });
    const guest = (name: string) =>
      new KvmGuest(this, name, {
        host: kvm,
        pool,
        memory: Size.mebibytes(Number(MEMORY)),
        vcpus: 1,
        rootDisk: Size.mebibytes(64),
        directBoot: smallSystem(fixtures),
        networks: [lan],
        dataDisks: [{ name: "data", size: Size.mebibytes(32), onDestroy }],
        os: Os.debian("12"),
        shutdownTimeout: environment.POWER_OFF === "1" ? "power-off" : Duration.seconds(30),
      });
    guest("e2e-kills");
    if (environment.SECOND === "1") {
      guest("e2e-kills-2");
    }
    const data = new DockerVolume(this, "e2e-kills-data", { host: docker, onDestroy });
    new DockerService(this, "e2e-kills-db", {
      host: docker,
      image: WEB_IMAGE,
      environment: { WORD },
      volumes: [VolumeMount.volume(data, "/data")],
      stopGracePeriod: Duration.seconds(1),
    });
    const back = new DockerNetwork(this, `e2e-kills-net-${generation}`, {
      host: docker,
      subnet: `172.29.${40 + Number(generation)}.0/24`,
    });
    for (const name of ["one", "two", "three"]) {
      new DockerService(this, `e2e-kills-${name}-${generation}`, {
        host: docker,
        image: WEB_IMAGE,
        networks: [back],
        stopGracePeriod: Duration.seconds(1),
      });
    }
    if (EXIT !== undefined) {
      new Container(this, "e2e-kills-job", {
        provider: docker.providerFor(this),
        name: "e2e-kills-job",
        image: WEB_IMAGE,
        // Fails the first time, and not again.
        command: ["sh", "-c", `test -e /data/ran || { touch /data/ran; exit ${EXIT}; }`],
        volumes: [{ volumeName: data.volumeName, containerPath: "/data" }],
        restart: "no",
        mustRun: false,
        attach: true,
        logs: true,
        destroyGraceSeconds: 1,
        lifecycle: {
          postcondition: [{ condition: "${self.exit_code == 0}", errorMessage: "the job ended with an error" }],
        },
      });
    }
  }
}

/** What holds data is the thing that it was, with what was in it. */
export function dataIsThere(ask: Asking): void {
  same(ask, "data disk", inode(path.join(POOL, "e2e-kills-data.qcow2")));
  same(ask, "root disk", inode(path.join(POOL, "e2e-kills-root.qcow2")));
  equal("what the volume holds", ask.docker("exec", "e2e-kills-db", "cat", "/data/word"), "precious");
  equal("the guest", ask.virsh("domstate", "e2e-kills"), "running");
}

/** One kill, the recovery, and the apply after it. */
function kill(name: string, environment: Environment, killedAt: RegExp, killedAfter: number): readonly Step[] {
  return [
    { name: `${name}: killed`, environment, killedAt, killedAfter, check: (ask) => recovered(ask, STACK) },
    { name: `${name}: applied after it`, environment, check: dataIsThere },
  ];
}

const made = (type: string) => new RegExp(`${type}\\.\\S+: Creating\\.\\.\\.`);
const gone = (type: string) => new RegExp(`${type}\\.\\S+: Destruction complete`);

/** Applies killed at ten moments, and what else a recovery mends: after it one apply, and no data is lost. */
export const kills: Case = {
  name: "kills",
  needs: ["kvm", "docker"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new Kills(app, environment, world),
  guests: [],
  around: { before: () => undefined, after: () => equal("the pool's folder", fs.existsSync(POOL), false) },
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: () => [
    {
      name: "kill 1, a pool is made: killed",
      killedAt: made("libvirt_pool"),
      killedAfter: 30,
      check: (ask) => recovered(ask, STACK),
    },
    {
      name: "kill 2, a volume is uploaded: killed",
      killedAt: /libvirt_volume\.\S*Initrd\S*: Creating/i,
      killedAfter: 60,
      check: (ask) => recovered(ask, STACK),
    },
    {
      name: "kill 3, a guest is made: killed",
      killedAt: made("libvirt_domain"),
      killedAfter: 400,
      check: (ask) => recovered(ask, STACK),
    },
    {
      name: "kill 3: applied after it",
      check: (ask) => {
        ask.docker("exec", "e2e-kills-db", "sh", "-c", "echo precious > /data/word");
        dataIsThere(ask);
      },
    },
    ...kill("kill 4, a network is made", { GENERATION: "1" }, made("docker_network"), 150),
    ...kill("kill 5, containers are made", { GENERATION: "2" }, made("docker_container"), 400),
    ...kill(
      "kill 6, the first container is there",
      { GENERATION: "3" },
      /docker_container\.\S+: Creation complete/,
      50,
    ),
    ...kill("kill 7, a container is replaced", { GENERATION: "3", WORD: "b" }, gone("docker_container"), 40),
    ...kill(
      "kill 8, a guest is shut down",
      { GENERATION: "3", MEMORY: "224" },
      /libvirt_domain\.\S+: Destroying/,
      1500,
    ),
    ...kill("kill 9, a guest is replaced", { GENERATION: "3", MEMORY: "208" }, gone("libvirt_domain"), 700),
    ...kill(
      "kill 10, a network is replaced under a guest",
      { GENERATION: "3", SUBNET: "10.77.41.0/24" },
      gone("libvirt_network"),
      120,
    ),
    {
      name: "all is off",
      environment: { GENERATION: "3", SUBNET: "10.77.41.0/24" },
      before: (ask) => {
        ask.docker("stop", "-t", "1", "e2e-kills-db");
        ask.virsh("destroy", "e2e-kills");
        ask.virsh("net-destroy", "e2e-kills-lan");
        const empty = JSON.stringify({ resource_changes: [] });
        const looked = berth(ask, STACK, "report", "--look", "--at-most", "restart").code;
        equal("a report without a plan", looked, 2);
        const seen = berthReading(ask, STACK, empty, "report", "--look", "--at-most", "data-lost");
        equal("a report of what is off", seen.code, 1);
        matches("what it says", seen.out, /IGNORED\s+kills\/e2e-kills \(.*\)\s+guest e2e-kills is off/);
        ask.virsh("pool-destroy", "e2e-kills-pool");
        recovered(ask, STACK, /4 done/);
      },
      check: (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        dataIsThere(ask);
      },
    },
    {
      name: "the state is lost",
      environment: { GENERATION: "3", SUBNET: "10.77.41.0/24" },
      before: (ask) => {
        fs.renameSync(path.join(ask.folder, `terraform.${STACK}.tfstate`), path.join(ask.folder, "lost"));
        recovered(ask, STACK);
        equal("what differs", berth(ask, STACK, "report", "--drift").out.trim(), "everything is as the code says");
      },
      check: (ask) => {
        matches("the apply", ask.applied, /, 0 changed, 0 destroyed/);
        dataIsThere(ask);
      },
    },
    {
      name: "a job fails",
      environment: { GENERATION: "3", SUBNET: "10.77.41.0/24", EXIT: "3" },
      fails: { says: /the job ended with an error/, within: 60 },
      check: (ask) => recovered(ask, STACK),
    },
    {
      name: "the job runs again",
      environment: { GENERATION: "3", SUBNET: "10.77.41.0/24", EXIT: "3" },
      check: dataIsThere,
    },
  ],
};
