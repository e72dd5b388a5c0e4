import * as path from "node:path";
import type { App } from "cdktf";
import { TerraformElement } from "cdktf";
import {
  ContainersInsideVm,
  DockerService,
  Duration,
  GuestImage,
  HostStack,
  KvmHost,
  KvmNetwork,
  Size,
  StoragePool,
} from "../../../lib/index";
import type { Case, Environment, World } from "../case";
import { equal, matches, page, sshAnswers } from "../checks";
import { WEB_IMAGE } from "../fixtures";
import { GuestSupplies } from "../registry";

const HOST = "10.78.0.1";
const PORT = 18998;
const ADDRESS = "10.78.0.20";
const OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";
let supplies: GuestSupplies | undefined;

class Faults extends HostStack {
  constructor(app: App, environment: Environment, world: World) {
    super(app, "faults");
    const host = new KvmHost(this, "kvm", { uri: world.capabilities.kvmUri, emulated: world.capabilities.emulated });
    const pool = new StoragePool(this, "e2e-faults", { host, path: "/var/lib/libvirt/images/e2e-faults" });
    const lan = new KvmNetwork(this, "e2e-faults-lan", { host, subnet: "10.78.0.0/24" });
    const apps = new ContainersInsideVm(this, "e2e-apps", {
      host,
      pool,
      image: GuestImage.fromFile(path.join(world.fixtures, "guest.qcow2")),
      memory: Size.gibibytes(1),
      vcpus: 2,
      rootDisk: Size.gibibytes(8),
      networks: [{ network: lan, address: ADDRESS }],
      users: [{ name: "ops", sshKeys: [OTHER_KEY] }],
      engineDisk: Size.gibibytes(4),
      onDestroy: "delete",
      enginePackages: environment.ENGINE === "1" ? ["docker.io"] : [],
      engine: {
        // A name that only the proxy knows: an image that arrives came by way of it.
        registryMirrors: ["http://mirror.test"],
        proxies: { httpProxy: `http://${HOST}:${PORT}` },
        logDriver: "local",
        addressPools: [{ base: "10.210.0.0/16", size: 24 }],
      },
      readyTimeout: Duration.minutes(6),
      ...(environment.SCRIPT === undefined ? {} : { firstBootScript: environment.SCRIPT }),
      ...(environment.REBUILD === undefined ? {} : { rebuildOn: environment.REBUILD }),
    });
    new DockerService(this, "web", { host: apps, image: WEB_IMAGE, ports: ["0.0.0.0:8080:80"] });
  }
}

const alive = async () => equal("the page", await page(`http://${ADDRESS}:8080/`), "berth\n");
const nothing = () => undefined;

/** What can go wrong with a guest and its engine: each ends within its bound, says what it is, and has a way back. */
export const faultsInsideVm: Case = {
  name: "faults inside a VM",
  needs: ["kvm"],
  alsoNeeds: ["docker", "tls"],
  line: "4",
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new Faults(app, environment, world),
  guests: [],
  around: {
    before: ({ fixtures }) => {
      supplies = new GuestSupplies(fixtures, HOST, PORT);
    },
    after: () => supplies?.close(),
  },
  steps: () => [
    { name: "no engine", fails: { says: /FAILED: the guest has no docker command/, within: 240 }, check: nothing },
    {
      name: "another host key",
      edit: (stack) => {
        const gate = stack.node.findChild("e2e-apps").node.findChild("Readiness").node.findChild("Resource");
        if (TerraformElement.isTerraformElement(gate)) {
          gate.addOverride("provisioner.0.local-exec.environment.BERTH_HOST_KEY", OTHER_KEY);
        }
      },
      fails: { says: /FAILED: another host key than the pinned one answers at this address/, within: 60 },
      check: nothing,
    },
    {
      name: "first boot fails",
      environment: { REBUILD: "2", SCRIPT: "echo no luck; exit 3" },
      fails: { says: /FAILED: the first boot ended with an error/, within: 240 },
      check: nothing,
    },
    {
      name: "killed while it boots",
      environment: { REBUILD: "3", ENGINE: "1" },
      killedAt: /waiting for cloud-init/,
      check: nothing,
    },
    { name: "applied again", environment: { REBUILD: "3", ENGINE: "1" }, check: alive },
    {
      name: "another runner",
      environment: { REBUILD: "3", ENGINE: "1" },
      anotherRunner: true,
      check: (ask) => matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/),
    },
    {
      name: "guest is off",
      environment: { REBUILD: "3", ENGINE: "1" },
      before: (ask) => void ask.virsh("destroy", "e2e-apps"),
      fails: { says: /Error pinging Docker server/, within: 60 },
      check: nothing,
    },
    {
      name: "guest is started",
      environment: { REBUILD: "3", ENGINE: "1" },
      before: async (ask) => {
        ask.virsh("start", "e2e-apps");
        await sshAnswers(ADDRESS, 180);
        await alive();
      },
      check: alive,
    },
  ],
};
