import * as path from "node:path";
import type { App } from "cdktf";
import { acknowledge, HostStack, Renamed } from "../../../lib/index";
import type { Asking, Case, Environment, World } from "../case";
import { equal, inode, page, same } from "../checks";
import { ADDRESS, addEngineGuest, SUPPLIES, serving } from "../engine-guest";
import { must, run } from "../shell";

const STACK = "engine-address";
const NEXT = "10.78.0.44";

class EngineAddress extends HostStack {
  constructor(app: App, { MOVED, MEANT, ID = "e2e-apps", SAID }: Environment, world: World) {
    super(app, STACK);
    const engine = { registryMirrors: [`http://${SUPPLIES.host}:${SUPPLIES.port}`] };
    if (SAID === "1") {
      new Renamed(this, "renamed", { from: "e2e-apps", to: ID });
    }
    const apps = addEngineGuest(this, world, "e2e-address", { engine }, MOVED === "1" ? NEXT : ADDRESS, ID);
    if (MEANT === "1") {
      acknowledge(apps, "patterns/engine-address", "the guest is applied first");
    }
  }
}

const engineDisk = (ask: Asking) =>
  same(ask, "engine disk", inode("/var/lib/libvirt/images/e2e-address/e2e-apps-engine.qcow2"));

/** The id of the container inside, as the state knows it. */
const containerInside = ({ folder }: Asking): string => {
  const cwd = path.join(folder, "cdktf.out", "stacks", STACK);
  const state = JSON.parse(must(run("terraform", ["state", "pull"], { cwd }), "state pull")) as {
    resources: { type: string; instances: { attributes: { id: string } }[] }[];
  };
  return state.resources.find(({ type }) => type === "docker_container")?.instances[0]?.attributes.id ?? "none";
};

/** Another address of a guest that carries containers: refused, with the way that this shows. Another id: what is inside stays. */
export const engineAddress: Case = {
  name: STACK,
  needs: ["kvm"],
  alsoNeeds: ["docker", "tls"],
  line: "4",
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new EngineAddress(app, environment, world),
  guests: [],
  around: serving(SUPPLIES),
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        equal("the page", await page(`http://${ADDRESS}:8080/`), "berth\n");
        engineDisk(ask);
      },
    },
    {
      name: "another address without a word",
      environment: { MOVED: "1" },
      refused:
        /terraform apply -target=terraform_data\.e2e-apps_Readiness_\w+, which moves the guest, and terraform apply for the rest/,
      check: () => undefined,
    },
    {
      name: "another address, the guest first",
      environment: { MOVED: "1", MEANT: "1" },
      before: (ask) => {
        const cwd = path.join(ask.folder, "cdktf.out", "stacks", STACK);
        const gate = run("terraform", ["state", "list"], { cwd })
          .out.split("\n")
          .find((line) => line.startsWith("terraform_data.e2e-apps_Readiness"));
        must(
          run("terraform", ["apply", "-auto-approve", "-input=false", `-target=${gate}`], { cwd }),
          "the guest first",
        );
      },
      check: async (ask) => {
        equal("the page", await page(`http://${NEXT}:8080/`), "berth\n");
        engineDisk(ask);
        same(ask, "the container inside", containerInside(ask));
      },
    },
    {
      name: "another id without a word",
      environment: { MOVED: "1", ID: "inside" },
      refused: /new Renamed\(stack, "renamed-e2e-apps", \{ from: "e2e-apps", to: "inside" \}\)/,
      check: () => undefined,
    },
    {
      name: "another id, with Renamed",
      environment: { MOVED: "1", ID: "inside", SAID: "1" },
      check: async (ask) => {
        equal("the page", await page(`http://${NEXT}:8080/`), "berth\n");
        engineDisk(ask);
        same(ask, "the container inside", containerInside(ask));
      },
    },
  ],
};
