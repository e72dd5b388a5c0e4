import type { App } from "cdktf";
import { TerraformElement } from "cdktf";
import { HostStack } from "../../../lib/index";
import { recovered } from "../berth";
import type { Case, Environment, World } from "../case";
import { equal, matches, page } from "../checks";
import { ADDRESS, addEngineGuest, OTHER_KEY, SUPPLIES, serving } from "../engine-guest";

class Faults extends HostStack {
  constructor(app: App, environment: Environment, world: World) {
    super(app, "faults");
    addEngineGuest(this, world, "e2e-faults", {
      enginePackages: environment.ENGINE === "1" ? ["docker.io"] : [],
      engine: {
        // A name that only the proxy knows: an image that arrives came by way of it.
        registryMirrors: ["http://mirror.test"],
        proxies: { httpProxy: `http://${SUPPLIES.host}:${SUPPLIES.port}` },
        logDriver: "local",
        addressPools: [{ base: "10.210.0.0/16", size: 24 }],
      },
      ...(environment.SCRIPT === undefined ? {} : { firstBootScript: environment.SCRIPT }),
      ...(environment.REBUILD === undefined ? {} : { rebuildOn: environment.REBUILD }),
    });
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
  around: serving(SUPPLIES),
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
      check: (ask) => recovered(ask, "faults", /START\s+faults\/e2e-apps\/Guest/),
    },
    {
      name: "guest was started by berth recover",
      environment: { REBUILD: "3", ENGINE: "1" },
      check: async (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        await alive();
      },
    },
    {
      name: "guest is gone",
      environment: { REBUILD: "3", ENGINE: "1" },
      before: (ask) => {
        ask.virsh("destroy", "e2e-apps");
        ask.virsh("undefine", "e2e-apps");
        recovered(ask, "faults", /MAKE\s+faults\/e2e-apps\/Guest/);
      },
      check: async (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        await alive();
      },
    },
  ],
};
