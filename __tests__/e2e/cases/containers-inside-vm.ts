import * as fs from "node:fs";
import * as path from "node:path";
import type { ContainersInsideVm, DockerLine, DockerService, HostStack } from "../../../lib/index";
import { ContainersInside } from "../../../stacks/containers-inside-vm";
import { readSettings } from "../../../stacks/settings";
import type { Asking, Case } from "../case";
import { changed, equal, inode, matches, page, same } from "../checks";
import { sha256, WEB_IMAGE } from "../fixtures";
import { GuestSupplies } from "../registry";
import { run } from "../shell";

const POOL = "/var/lib/libvirt/images/berth-inside";
const HOST = "10.78.0.1";
const PORT = 18998;
let supplies: GuestSupplies | undefined;

const inside = (stack: HostStack) => stack.node.findChild("apps") as ContainersInsideVm;
const service = (stack: HostStack, name: string) => stack.node.findChild(name) as DockerService;
const address = (ask: Asking) => /^address = "([\d.]+)"/m.exec(ask.applied)?.[1] ?? "";

/** The state, read as Terraform keeps it: what each resource is known by. */
function ids(ask: Asking): Record<string, string> {
  const file = fs.readdirSync(ask.folder).find((name) => name.endsWith(".tfstate")) ?? "";
  const state = JSON.parse(fs.readFileSync(path.join(ask.folder, file), "utf8")) as {
    resources: { type: string; name: string; instances: { attributes: { id?: string; name?: string } }[] }[];
  };
  const entries = state.resources.filter(({ type }) => type.startsWith("docker_"));
  return Object.fromEntries(
    entries.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes.id ?? ""]),
  );
}

async function alive(ask: Asking): Promise<void> {
  equal("the web server inside the guest", await page(`http://${address(ask)}:8080/`), "berth\n");
  equal("the second service", await page(`http://${address(ask)}:8081/`), "berth\n");
  equal(
    "what stands on the runner",
    fs.existsSync(path.join(ask.folder, "cdktf.out", "stacks", "containers-inside-vm", ".berth-keys")),
    false,
  );
}

function kept(ask: Asking): void {
  for (const [name, id] of Object.entries(ids(ask))) {
    same(ask, name, id);
  }
  same(ask, "engine disk", inode(path.join(POOL, "apps-engine.qcow2")));
}

/** No private key in what is written, printed, or shown by the hypervisor to everybody. */
function noKeys(ask: Asking): void {
  const files = run("grep", ["-rlE", "PRIVATE KEY|UFJJVkFURSBLRV", path.join(ask.folder, "cdktf.out")]).out.trim();
  equal("files of the stack with a private key", files, "");
  equal("a private key in the output", /PRIVATE KEY|UFJJVkFURSBLRV/.test(ask.applied), false);
  equal(
    "a private key in the process list",
    run("sh", ["-c", "ps axww | grep -cE 'PRIVATE[ ]KEY|UFJJVkFURSBLR[V]'"]).out.trim(),
    "0",
  );
  equal("a private key in the domain", /PRIVATE KEY|UFJJVkFURSBLRV/.test(ask.virsh("dumpxml", "apps")), false);
}

export const containersInsideVm = (line: DockerLine): Case => ({
  name: `containers-inside-vm, docker ${line}`,
  needs: ["kvm"],
  alsoNeeds: ["docker", "tls"],
  line,
  full: true,
  environment: ({ capabilities, url, fixtures }) => ({
    BERTH_KVM_URI: capabilities.kvmUri,
    BERTH_KVM_EMULATED: capabilities.emulated ? "1" : "",
    BERTH_GUEST_IMAGE_URL: `${url}/guest.qcow2`,
    BERTH_GUEST_IMAGE_SHA256: sha256(path.join(fixtures, "guest.qcow2")),
    BERTH_CONTAINER_IMAGE: WEB_IMAGE,
    BERTH_DOCKER_LINE: line,
    BERTH_REGISTRY_MIRROR: `http://${HOST}:${PORT}`,
  }),
  build: (app, environment) => new ContainersInside(app, "containers-inside-vm", readSettings(environment)),
  guests: [],
  around: {
    before: ({ fixtures }) => {
      supplies = new GuestSupplies(fixtures, HOST, PORT);
    },
    after: () => supplies?.close(),
  },
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        await alive(ask);
        matches(
          "the readiness report",
          ask.applied,
          /starting a container on engine .*\n[\s\S]*berth [\d.]+ \[\d+ s\]: ready/,
        );
        noKeys(ask);
        kept(ask);
        same(ask, "uuid", ask.virsh("domuuid", "apps"));
      },
    },
    {
      name: "service changed",
      edit: (stack) => service(stack, "api").resource.addOverride("env", ["EDIT=1"]),
      check: async (ask) => {
        await alive(ask);
        const now = ids(ask);
        const api = Object.keys(now).find((name) => name.startsWith("docker_container.api")) ?? "";
        changed(ask, api, now[api] ?? "");
        kept(ask);
        same(ask, "uuid", ask.virsh("domuuid", "apps"));
      },
    },
    {
      name: "guest redefined",
      edit: (stack) => {
        service(stack, "api").resource.addOverride("env", ["EDIT=1"]);
        inside(stack).resource.addOverride("memory", 1536);
      },
      check: async (ask) => {
        await alive(ask);
        changed(ask, "uuid", ask.virsh("domuuid", "apps"));
        kept(ask);
      },
    },
    {
      name: "keys rotated",
      edit: (stack) => {
        service(stack, "api").resource.addOverride("env", ["EDIT=1"]);
        inside(stack).resource.addOverride("memory", 1536);
        (inside(stack).node.findChild("Keys").node.findChild("Rotation") as DockerService["resource"]).addOverride(
          "input",
          "2",
        );
      },
      check: async (ask) => {
        await alive(ask);
        changed(ask, "uuid", ask.virsh("domuuid", "apps"));
        kept(ask);
        noKeys(ask);
      },
    },
    {
      name: "guest rebuilt",
      edit: (stack) => {
        service(stack, "api").resource.addOverride("env", ["EDIT=1"]);
        inside(stack).resource.addOverride("memory", 1536);
        (inside(stack).node.findChild("Keys").node.findChild("Rotation") as DockerService["resource"]).addOverride(
          "input",
          "2",
        );
        (inside(stack).guest.node.findChild("Rebuild") as DockerService["resource"]).addOverride("input", "2");
      },
      check: async (ask) => {
        await alive(ask);
        changed(ask, "uuid", ask.virsh("domuuid", "apps"));
        kept(ask);
      },
    },
  ],
});
