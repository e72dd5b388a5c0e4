import * as path from "node:path";
import type { App } from "cdktf";
import {
  DockerHost,
  DockerNetwork,
  DockerService,
  Duration,
  Healthcheck,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Os,
  Size,
  StoragePool,
} from "../../../lib/index";
import { berth, berthReading, recovered } from "../berth";
import type { Asking, Case, Environment, Step, World } from "../case";
import { equal, matches } from "../checks";
import { makeContainerFixture, smallSystem, WEB_IMAGE } from "../fixtures";
import { must, run } from "../shell";
import { SshHost } from "../ssh-host";

const STACK = "over-ssh";
const POOL = "/var/lib/libvirt/images/e2e-far";
const WEBS = ["e2e-far-1", "e2e-far-2"];
let far: SshHost | undefined;

const host = (): SshHost => {
  if (far === undefined) {
    throw new Error("the other machine is not there");
  }
  return far;
};

/** Guests and services on a machine that only ssh leads to, and a guest that goes there. */
class OverSsh extends HostStack {
  constructor(app: App, environment: Environment, { capabilities, fixtures }: World) {
    super(app, STACK);
    const { TRANSPORT = "sshcmd", WORD = "a", DATA = "32", MEMORY = "160", PLACE = "near", RELEASE } = environment;
    const { emulated } = capabilities;
    const away = new KvmHost(this, "far", { uri: host().libvirt(TRANSPORT === "ssh" ? "ssh" : "sshcmd"), emulated });
    const near = new KvmHost(this, "near", { uri: capabilities.kvmUri, emulated });
    const engine = new DockerHost(this, "engine", { host: host().docker });
    const places = {
      far: {
        host: away,
        pool: new StoragePool(this, "e2e-far", { host: away, path: POOL }),
        networks: [new KvmNetwork(this, "e2e-farlan", { host: away, subnet: "10.78.210.0/24", mode: "isolated" })],
      },
      near: {
        host: near,
        pool: new StoragePool(this, "e2e-near", { host: near, path: "/var/lib/libvirt/images/e2e-near" }),
        networks: [new KvmNetwork(this, "e2e-nearlan", { host: near, subnet: "10.78.211.0/24", mode: "isolated" })],
      },
    };
    const small = {
      vcpus: 1,
      rootDisk: Size.mebibytes(64),
      directBoot: smallSystem(fixtures),
      os: Os.debian("12"),
      shutdownTimeout: Duration.seconds(30),
    };
    const onDestroy = RELEASE === "1" ? "delete" : "keep";
    new KvmGuest(this, "e2e-farvm", {
      ...small,
      ...places.far,
      memory: Size.mebibytes(Number(MEMORY)),
      dataDisks: [{ name: "data", size: Size.mebibytes(Number(DATA)), onDestroy }],
    });
    new KvmGuest(this, "e2e-mover", {
      ...small,
      ...places[PLACE === "far" ? "far" : "near"],
      memory: Size.mebibytes(160),
      dataDisks: [{ name: "data", size: Size.mebibytes(32), onDestroy }],
    });
    const net = new DockerNetwork(this, "e2e-farnet", { host: engine, subnet: "172.29.70.0/24" });
    for (const name of WEBS) {
      new DockerService(this, name, {
        host: engine,
        image: WEB_IMAGE,
        networks: [net],
        environment: { WORD },
        stopGracePeriod: Duration.seconds(1),
        healthcheck: Healthcheck.http("/", { interval: Duration.seconds(1), timeout: Duration.seconds(2) }),
      });
    }
  }
}

const docker = (...args: string[]) => must(run("docker", ["-H", host().docker, ...args]), args.join(" ")).trim();
const virsh = (...args: string[]) =>
  must(run("virsh", ["-q", "-c", host().libvirt("ssh"), ...args]), args.join(" ")).trim();
const words = () =>
  WEBS.map((name) => /WORD=(\w)/.exec(docker("inspect", "-f", "{{.Config.Env}}", name))?.[1] ?? "").join("");
const folder = (ask: Asking) => path.join(ask.folder, "cdktf.out", "stacks", STACK);

function works(): void {
  equal("the guest", virsh("domstate", "e2e-farvm"), "running");
  for (const name of WEBS) {
    equal(name, docker("inspect", "-f", "{{.State.Running}}", name), "true");
  }
}

/** Something is wrong with the way: nothing hangs, nothing is changed, and what is said names it. */
function lost(name: string, environment: Environment, breakIt: () => void, says: RegExp): Step {
  return {
    name,
    environment,
    before: (ask) => {
      breakIt();
      const doctor = berth(ask, STACK, "doctor");
      equal(`doctor: ${doctor.out}`, doctor.code, 1);
      matches("what doctor says", doctor.out, says);
      const recover = berth(ask, STACK, "recover");
      equal("what it cannot see is not taken for gone", /FORGET|REMOVE|MAKE/.test(recover.out), false);
      equal("recover", recover.code === 0, false);
    },
    fails: { says, within: 90 },
    check: (ask) => {
      const plan = run("terraform", ["plan", "-json", "-input=false"], { cwd: folder(ask) });
      matches("explain", berthReading(ask, STACK, plan.out, "explain").out, /cause: (?!not known)/);
      host().trust("host_key");
      host().identify(host().key);
      works();
    },
  };
}

const FIRST = {};
const EDITED = { WORD: "b", DATA: "48" };
const AFTER = { ...EDITED, WORD: "c", MEMORY: "176" };
const MOVED = { ...AFTER, PLACE: "far" };

/** Every command and every way of ssh, to a machine that is reached in no other. */
export const overSsh: Case = {
  name: STACK,
  needs: ["docker", "kvm"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new OverSsh(app, environment, world),
  guests: [],
  around: {
    before: async ({ scratch, fixtures }) => {
      far = new SshHost(path.join(scratch, "far"));
      await far.start();
      makeContainerFixture(fixtures, far.docker);
    },
    after: () => far?.stop(),
  },
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: () => [
    { name: "first", environment: FIRST, check: works },
    {
      name: "the provider's own ssh",
      environment: { TRANSPORT: "ssh" },
      check: (ask) => matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/),
    },
    {
      name: "an edit, rolled out, and a disk that grows",
      environment: EDITED,
      before: (ask) => {
        const plan = path.join(ask.folder, "plan");
        must(run("terraform", ["plan", `-out=${plan}`, "-input=false"], { cwd: folder(ask) }), "plan");
        const shown = must(run("terraform", ["show", "-json", plan], { cwd: folder(ask) }), "show");
        const report = berthReading(ask, STACK, shown, "report", "--look");
        matches("the report", report.out, /REPLACED {10}over-ssh\/e2e-far-1 [\s\S]*WORD/);
        const { code, out } = berth(ask, STACK, "rollout", `${STACK}/e2e-far-*`, "--apply");
        equal(`the rollout: ${out}`, [code, words()], [0, "bb"]);
        const grown = berth(ask, STACK, "grow", "--apply");
        equal(`grow: ${grown.out}`, grown.code, 0);
      },
      check: (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        matches("the disk", virsh("domblkinfo", "e2e-farvm", `${POOL}/e2e-farvm-data.qcow2`), /Capacity:\s+50331648/);
      },
    },
    {
      name: "stopped by hand",
      environment: EDITED,
      before: (ask) => {
        docker("stop", WEBS[0] ?? "");
        virsh("destroy", "e2e-farvm");
        matches("drift", berth(ask, STACK, "report", "--drift").out, /e2e-farvm/);
        recovered(ask, STACK, /2 done/);
      },
      check: works,
    },
    {
      name: "the machine loses its power half-way",
      environment: AFTER,
      before: () => {
        setTimeout(() => host().cutPower(), 5000);
      },
      fails: { says: /Error: /, within: 120 },
      check: async (ask) => {
        await host().boot();
        recovered(ask, STACK);
      },
    },
    {
      name: "applied after it",
      environment: AFTER,
      check: () => {
        works();
        equal("words", words(), "cc");
        matches("its memory", virsh("dominfo", "e2e-farvm"), /Max memory:\s+180224 KiB/);
      },
    },
    lost("another host key", AFTER, () => host().trust("other_key"), /[Hh]ost key verification failed|host key/),
    lost("no key", AFTER, () => host().identify("/nonexistent"), /Permission denied|permission denied/),
    {
      name: "an agent",
      environment: AFTER,
      before: () => host().identifyByAgent(),
      check: (ask) => matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/),
    },
    {
      name: "a jump host",
      environment: AFTER,
      before: () => host().jump(),
      check: (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        host().identify(host().key);
      },
    },
    {
      name: "a guest that comes to it",
      environment: MOVED,
      before: (ask) => {
        const from = ask.world.capabilities.kvmUri;
        const { code, out } = berth(ask, STACK, "move", `${STACK}/e2e-mover`, "--from", from, "--apply");
        equal(`moved: ${out}`, code, 0);
      },
      check: (ask) => {
        equal("the guest there", virsh("domstate", "e2e-mover"), "running");
        equal("the guest that was left", ask.virsh("domstate", "e2e-mover"), "shut off");
        ask.virsh("undefine", "e2e-mover");
        for (const volume of ask.virsh("vol-list", "e2e-near").split("\n")) {
          ask.virsh("vol-delete", volume.trim().split(/\s+/)[1] ?? "");
        }
      },
    },
  ],
};
