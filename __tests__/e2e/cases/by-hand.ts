import * as path from "node:path";
import type { App } from "cdktf";
import { typeOfAddress } from "../../../lib/core/address";
import {
  DockerHost,
  type DockerLine,
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
import { berth, berthReading, recovered } from "../berth";
import type { Asking, Case, World } from "../case";
import { equal, matches } from "../checks";
import { smallSystem, WEB_IMAGE } from "../fixtures";
import { must, run } from "../shell";

const STACK = "by-hand";
const NAME = "e2e-hand";

/** One of everything that somebody can change past Terraform. */
class ByHand extends HostStack {
  constructor(app: App, line: DockerLine, { fixtures, capabilities }: World) {
    super(app, STACK);
    const kvm = new KvmHost(this, "kvm", { uri: capabilities.kvmUri, emulated: capabilities.emulated });
    const docker = new DockerHost(this, "docker", { host: capabilities.dockerHost, line });
    const pool = new StoragePool(this, "pool", {
      host: kvm,
      name: `${NAME}-pool`,
      path: `/var/lib/libvirt/images/${NAME}`,
    });
    const lan = new KvmNetwork(this, "lan", {
      host: kvm,
      name: `${NAME}-lan`,
      subnet: "10.77.90.0/24",
      mode: "isolated",
    });
    new KvmGuest(this, "guest", {
      host: kvm,
      pool,
      name: `${NAME}-guest`,
      memory: Size.mebibytes(160),
      vcpus: 1,
      rootDisk: Size.mebibytes(64),
      directBoot: smallSystem(fixtures),
      networks: [lan],
      os: Os.debian("12"),
      shutdownTimeout: "power-off",
    });
    const back = new DockerNetwork(this, "back", { host: docker, name: `${NAME}-back`, subnet: "172.29.90.0/24" });
    const data = new DockerVolume(this, "data", { host: docker, name: `${NAME}-data`, onDestroy: "delete" });
    new DockerService(this, "web", {
      host: docker,
      name: `${NAME}-web`,
      image: WEB_IMAGE,
      memory: Size.mebibytes(48),
      networks: [back],
      volumes: [VolumeMount.volume(data, "/data")],
      stopGracePeriod: Duration.seconds(1),
    });
  }
}

/** What somebody did past Terraform, and what each command says of it: action or class, and the type of the resource. */
interface State {
  readonly name: string;
  readonly does: (ask: Asking) => void;
  /** What recover leaves to a person. */
  readonly undo?: (ask: Asking) => void;
  /** Whether recover asks before it does something about it. */
  readonly asks?: boolean;
  readonly recover?: readonly string[];
  readonly drift?: readonly string[];
  readonly report?: readonly string[];
}

const [WEB, GUEST, LAN, POOL, DATA] = ["web", "guest", "lan", "pool", "data"].map((one) => `${NAME}-${one}`) as [
  string,
  string,
  string,
  string,
  string,
];

const states = (line: DockerLine): readonly State[] => [
  { name: "nothing", does: () => undefined },
  {
    name: "a container is stopped",
    does: ({ docker }) => void docker("stop", "-t", "1", WEB),
    recover: ["start docker_container"],
    // Line 3.9 removes it while it plans.
    ...(line === "3.9"
      ? { drift: ["pending ignored docker_container"], report: ["none docker_container"] }
      : { drift: ["drifted in-place docker_container"], report: ["in-place docker_container"] }),
  },
  {
    name: "a container is paused",
    does: ({ docker }) => void docker("pause", WEB),
    recover: ["start docker_container"],
    drift: ["pending ignored docker_container"],
    report: ["ignored docker_container"],
  },
  {
    name: "a container is removed",
    does: ({ docker }) => void docker("rm", "-f", WEB),
    drift: ["drifted none docker_container"],
    report: ["none docker_container"],
  },
  {
    name: "a container is made again past berth",
    does: ({ docker }) => {
      docker("rm", "-f", WEB);
      docker("run", "-d", "--name", WEB, "--network", "none", WEB_IMAGE);
    },
    undo: ({ docker }) => void docker("rm", "-f", WEB),
    drift: ["drifted fails docker_container"],
    report: ["fails docker_container"],
  },
  {
    name: "a container is taken off its network",
    does: ({ docker }) => void docker("network", "disconnect", `${NAME}-back`, WEB),
    recover: ["connect docker_container"],
    drift: ["pending ignored docker_container"],
    report: ["ignored docker_container"],
  },
  {
    name: "a container is connected without its names",
    does: ({ docker }) => {
      docker("network", "disconnect", `${NAME}-back`, WEB);
      docker("network", "connect", `${NAME}-back`, WEB);
    },
    recover: ["connect docker_container"],
    drift: ["pending ignored docker_container"],
    report: ["ignored docker_container"],
  },
  {
    name: "a container is put on another network",
    does: ({ docker }) => void docker("network", "connect", "bridge", WEB),
    asks: true,
    recover: ["disconnect docker_container"],
    drift: ["pending ignored docker_container"],
    report: ["ignored docker_container"],
  },
  {
    name: "a container gets other memory",
    does: ({ docker }) => void docker("update", "--memory", "64m", "--memory-swap", "64m", WEB),
    drift: ["drifted in-place docker_container"],
    report: ["in-place docker_container"],
  },
  {
    name: "a container gets another name",
    does: ({ docker }) => void docker("rename", WEB, `${NAME}-other`),
    drift: ["drifted replaced docker_container"],
    report: ["replaced docker_container"],
  },
  {
    name: "a volume is removed",
    does: ({ docker }) => {
      docker("rm", "-f", WEB);
      docker("volume", "rm", DATA);
    },
    drift: ["drifted data-lost docker_volume", "drifted none docker_container"],
    report: ["data-lost docker_volume", "none docker_container"],
  },
  {
    name: "a guest is powered off",
    does: ({ virsh }) => void virsh("destroy", GUEST),
    recover: ["start libvirt_domain"],
    drift: ["pending ignored libvirt_domain"],
    report: ["ignored libvirt_domain"],
  },
  {
    name: "a guest is paused",
    does: ({ virsh }) => void virsh("suspend", GUEST),
    recover: ["start libvirt_domain"],
    drift: ["pending ignored libvirt_domain"],
    report: ["ignored libvirt_domain"],
  },
  {
    name: "a guest is undefined",
    does: ({ virsh }) => {
      virsh("destroy", GUEST);
      virsh("undefine", GUEST);
    },
    drift: ["drifted none libvirt_domain"],
    report: ["none libvirt_domain"],
  },
  {
    name: "a guest is off, and its network and root disk are gone",
    does: ({ virsh }) => {
      virsh("destroy", GUEST);
      virsh("vol-delete", `${GUEST}-root.qcow2`, "--pool", POOL);
      virsh("net-destroy", LAN);
      virsh("net-undefine", LAN);
    },
    recover: ["replace libvirt_domain"],
    drift: ["drifted data-lost libvirt_volume", "drifted none libvirt_network", "pending ignored libvirt_domain"],
    report: ["data-lost libvirt_volume", "ignored libvirt_domain", "none libvirt_network"],
  },
  {
    name: "a guest gets other memory for its next start",
    does: ({ virsh }) => void virsh("setmem", GUEST, "100MiB", "--config"),
    asks: true,
    recover: ["replace libvirt_domain"],
    drift: ["pending ignored libvirt_domain"],
    report: ["ignored libvirt_domain"],
  },
  {
    name: "a guest is off, and its disk is another one",
    does: ({ virsh }) => {
      virsh("destroy", GUEST);
      virsh("vol-delete", `${GUEST}-root.qcow2`, "--pool", POOL);
      virsh("vol-create-as", POOL, `${GUEST}-root.qcow2`, "128MiB", "--format", "qcow2");
    },
    undo: ({ virsh }) => void virsh("vol-delete", `${GUEST}-root.qcow2`, "--pool", POOL),
    recover: ["start libvirt_domain"],
    drift: ["pending ignored libvirt_domain", "pending ignored libvirt_volume"],
    report: ["ignored libvirt_domain", "ignored libvirt_volume"],
  },
  {
    name: "a guest does not start with its host",
    does: ({ virsh }) => void virsh("autostart", "--disable", GUEST),
    recover: ["set libvirt_domain"],
    drift: ["drifted fails libvirt_domain"],
    report: ["fails libvirt_domain"],
  },
  {
    name: "a container is paused, a guest is off, and a network does not start with its host",
    does: ({ docker, virsh }) => {
      docker("pause", WEB);
      virsh("destroy", GUEST);
      virsh("net-autostart", "--disable", LAN);
    },
    recover: ["start docker_container", "start libvirt_domain"],
    drift: ["drifted in-place libvirt_network", "pending ignored docker_container", "pending ignored libvirt_domain"],
    report: ["ignored docker_container", "ignored libvirt_domain", "in-place libvirt_network"],
  },
  {
    name: "a guest gets other memory and another interface",
    does: ({ virsh }) => {
      virsh("destroy", GUEST);
      virsh("setmaxmem", GUEST, "200MiB", "--config");
      virsh("setmem", GUEST, "200MiB", "--config");
      virsh("attach-interface", GUEST, "network", LAN, "--model", "virtio", "--config");
      virsh("start", GUEST);
    },
    asks: true,
    recover: ["replace libvirt_domain"],
    drift: ["pending ignored libvirt_domain"],
    report: ["ignored libvirt_domain"],
  },
  {
    name: "a guest loses its interface",
    does: ({ virsh }) => void virsh("detach-interface", GUEST, "network", "--persistent"),
    asks: true,
    recover: ["replace libvirt_domain"],
    drift: ["drifted fails libvirt_domain"],
    report: ["fails libvirt_domain"],
  },
  {
    name: "a network is stopped",
    does: ({ virsh }) => void virsh("net-destroy", LAN),
    recover: ["start libvirt_network"],
    drift: ["pending ignored libvirt_network"],
    report: ["ignored libvirt_network"],
  },
  {
    name: "a network was off",
    does: ({ virsh }) => {
      virsh("net-destroy", LAN);
      virsh("net-start", LAN);
    },
    recover: ["connect libvirt_domain"],
    drift: ["pending ignored libvirt_domain"],
    report: ["ignored libvirt_domain"],
  },
  {
    name: "a network does not start with its host",
    does: ({ virsh }) => void virsh("net-autostart", "--disable", LAN),
    drift: ["drifted in-place libvirt_network"],
    report: ["in-place libvirt_network"],
  },
  {
    name: "a pool is stopped",
    does: ({ virsh }) => void virsh("pool-destroy", POOL),
    recover: ["start libvirt_pool"],
    drift: ["pending ignored libvirt_pool"],
    // A plan takes what is in it for gone, and says so.
    report: ["data-lost libvirt_volume", "ignored libvirt_pool", "none libvirt_domain"],
  },
];

const typed = (word: string, address: string) => `${word} ${typeOfAddress(address)}`;

/** What each of the three commands says; a resource is named once by each. */
function told(ask: Asking, name: string): Required<Pick<State, "recover" | "drift" | "report">> {
  const json = <T>(args: readonly string[], input = "") => {
    const { out } = berthReading(ask, STACK, input, ...args, "--json");
    return JSON.parse(out.slice(out.indexOf("{"))) as T;
  };
  const { steps } = json<{ steps: readonly { action: string; address: string }[] }>(["recover"]);
  const { drift, pending } = json<{
    drift: readonly { address: string; next: { class: string } | null }[];
    pending: readonly { address: string; class: string }[];
  }>(["report", "--drift"]);
  const cwd = folderOf(ask);
  must(run("terraform", ["plan", "-input=false", "-out=plan"], { cwd }), `${name}: plan`);
  const { changes } = json<{ changes: readonly { address: string; class: string }[] }>(
    ["report", "--look"],
    run("terraform", ["show", "-json", "plan"], { cwd }).out,
  );
  for (const all of [steps, [...drift, ...pending], changes]) {
    const addresses = all.map(({ address }) => address);
    equal(`${name}: each resource is named once`, [...new Set(addresses)], addresses);
  }
  return {
    recover: steps.map(({ action, address }) => typed(action, address)).sort(),
    drift: [
      ...drift.map(({ address, next }) => typed(`drifted ${next?.class ?? "left"}`, address)),
      ...pending.map((one) => typed(`pending ${one.class}`, one.address)),
    ].sort(),
    report: changes.map((one) => typed(one.class, one.address)).sort(),
  };
}

const folderOf = ({ folder }: Asking) => path.join(folder, "cdktf.out", "stacks", STACK);

/** Everything runs, and is where it belongs. */
function isWhole({ docker, virsh }: Asking): void {
  equal("the container", docker("inspect", "-f", "{{.State.Status}} {{.HostConfig.Memory}}", WEB), "running 50331648");
  matches(
    "its network",
    docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", WEB),
    /"e2e-hand-back".*"e2e-hand-web"/,
  );
  equal("its page", docker("exec", WEB, "wget", "-q", "-O", "-", "http://127.0.0.1/"), "berth");
  equal("the guest", virsh("domstate", GUEST), "running");
  matches("its memory", virsh("dominfo", GUEST), /Max memory:\s+163840 KiB/);
  equal("its interfaces", virsh("domiflist", GUEST).split("\n").length, 1);
  matches("the guest starts with its host", virsh("dominfo", GUEST), /Autostart:\s+enable/);
  matches("the network", virsh("net-info", LAN), /Active:\s+yes[\s\S]*Autostart:\s+yes/);
  equal("guests that are plugged into it", virsh("net-port-list", LAN).split("\n").length, 1);
}

/** What was done past Terraform: recover, report --look, report --drift and a plan agree on it, and fix it together. */
export const byHand = (line: DockerLine): Case => ({
  name: `by hand, docker ${line}`,
  needs: ["kvm", "docker"],
  line,
  full: true,
  environment: () => ({}),
  build: (app, _, world) => new ByHand(app, line, world),
  guests: [],
  steps: () =>
    states(line).map(({ name, does, undo, asks = false, recover = [], drift = [], report = [] }) => ({
      name,
      check: (ask) => {
        does(ask);
        equal(name, told(ask, name), { recover, drift, report });
        undo?.(ask);
        recovered(ask, STACK, undefined, asks ? ["--yes"] : []);
        must(run("terraform", ["apply", "-auto-approve", "-input=false"], { cwd: folderOf(ask) }), `${name}: apply`);
        isWhole(ask);
        equal(`${name}: what differs afterwards`, berth(ask, STACK, "report", "--drift").out.trim(), WHOLE);
      },
    })),
});

const WHOLE = "everything is as the code says";
