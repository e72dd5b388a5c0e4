import * as fs from "node:fs";
import * as path from "node:path";
import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { ContainersInsideVm, DockerLine, DockerService, HostStack } from "../../../lib/index";
import { ContainersInside } from "../../../stacks/containers-inside-vm";
import { readSettings } from "../../../stacks/settings";
import type { Asking, Case } from "../case";
import { changed, equal, inode, matches, noPrivateKey, noPrivateKeyBelow, page, same } from "../checks";
import { SUPPLIES, serving } from "../engine-guest";
import { sha256, WEB_IMAGE } from "../fixtures";
import { run } from "../shell";

const POOL = "/var/lib/libvirt/images/berth-inside";

const inside = (stack: HostStack) => stack.node.findChild("apps") as ContainersInsideVm;
const service = (stack: HostStack, name: string) => stack.node.findChild(name) as DockerService;
const address = (ask: Asking) => /^address = "([\d.]+)"/m.exec(ask.applied)?.[1] ?? "";

interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly attributes: { readonly id?: string; readonly private_key_openssh?: string };
  }[];
}

/** The state, read as Terraform keeps it. */
function resources(ask: Asking): readonly StateResource[] {
  const file = fs.readdirSync(ask.folder).find((name) => name.endsWith(".tfstate")) ?? "";
  const state = JSON.parse(fs.readFileSync(path.join(ask.folder, file), "utf8")) as { resources: StateResource[] };
  return state.resources;
}

/** What each thing inside is known by. */
function ids(ask: Asking): Record<string, string> {
  const inner = resources(ask).filter(({ type }) => type.startsWith("docker_"));
  return Object.fromEntries(
    inner.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes.id ?? ""]),
  );
}

/** A resource of the guest by the beginning of its name, as the documented commands name it. */
function nameOf(ask: Asking, start: string): string {
  const [one] = resources(ask).filter(({ type, name }) => `${type}.${name}`.startsWith(start));
  return `${one?.type}.${one?.name}`;
}

function terraform(ask: Asking, ...args: string[]): void {
  const cwd = path.join(ask.folder, "cdktf.out", "stacks", "containers-inside-vm");
  const { code, out } = run("terraform", [...args, "-auto-approve", "-input=false", "-no-color"], { cwd });
  if (code !== 0) {
    throw new Error(`terraform ${args.join(" ")} failed (exit ${code})\n${out.split("\n").slice(-40).join("\n")}`);
  }
}

/** Edits, each on top of the ones before. */
const serviceChanged = (stack: HostStack) => service(stack, "api").resource.addOverride("env", ["EDIT=1"]);
const redefined = (stack: HostStack) => {
  serviceChanged(stack);
  inside(stack).resource.addOverride("memory", 1536);
};
const rotated = (stack: HostStack) => {
  redefined(stack);
  setTrigger(inside(stack).node.findChild("Keys").node.findChild("Rotation"));
};
const rebuilt = (stack: HostStack) => {
  rotated(stack);
  setTrigger(inside(stack).guest.node.findChild("Rebuild"));
};

function setTrigger(trigger: IConstruct): void {
  (trigger as TerraformResource).addOverride("input", "2");
}

async function alive(ask: Asking): Promise<void> {
  equal("the web server inside the guest", await page(`http://${address(ask)}:8080/`), "berth\n");
  equal("the second service", await page(`http://${address(ask)}:8081/`), "berth\n");
  equal(
    "what stands on the runner",
    fs.existsSync(path.join(ask.folder, "cdktf.out", "stacks", "containers-inside-vm", ".berth-keys-apps")),
    false,
  );
}

function kept(ask: Asking): void {
  for (const [name, id] of Object.entries(ids(ask))) {
    same(ask, name, id);
  }
  same(ask, "engine disk", inode(path.join(POOL, "apps-engine.qcow2")));
}

/** Another guest, with the same things inside. */
async function remade(ask: Asking): Promise<void> {
  await alive(ask);
  changed(ask, "uuid", ask.virsh("domuuid", "apps"));
  kept(ask);
}

/** No private key in what is written, printed, logged, or shown by the hypervisor to everybody. */
function noKeys(ask: Asking): void {
  const cwd = path.join(ask.folder, "cdktf.out", "stacks", "containers-inside-vm");
  for (const plan of [[], ["-destroy"]]) {
    const { code, out } = run("terraform", ["plan", ...plan, "-input=false", "-no-color"], { cwd });
    equal(`the exit code of the plan ${plan.join("")}`, code, 0);
    noPrivateKey("the plan", out);
  }
  noPrivateKeyBelow("/var/log/libvirt");
  noPrivateKeyBelow(path.join(ask.world.fixtures, "libvirt"));
  noPrivateKeyBelow(path.join(ask.folder, "cdktf.out"));
  noPrivateKey("the output", ask.applied);
  equal(
    "a private key in the process list",
    run("sh", ["-c", "ps axww | grep -cE 'PRIVATE[ ]KEY|UFJJVkFURSBLR[V]'"]).out.trim(),
    "0",
  );
  noPrivateKey("the domain", ask.virsh("dumpxml", "apps"));
}

/** The key that looks whether the guest is ready looks, and does nothing else: it is of a user who may use the engine. */
function looksOnly(ask: Asking): void {
  const login = resources(ask).find(({ name }) => name.includes("_Keys_Login_"));
  const key = path.join(ask.world.scratch, "login-key");
  fs.rmSync(key, { force: true });
  fs.writeFileSync(key, login?.instances[0]?.attributes.private_key_openssh ?? "", { mode: 0o600 });
  const options = ["-i", key, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "UserKnownHostsFile=/dev/null"];
  const ssh = (...args: string[]) =>
    run("ssh", [...options, "-o", "StrictHostKeyChecking=no", ...args]).out.replaceAll("\r", "");
  const to = `berth@${address(ask)}`;
  const asked = ssh(to, "id; docker ps");
  matches("what the key is for", asked, /^@waiting for cloud-init\n@waiting for the engine\n@starting a container/m);
  equal("another command", /uid=|CONTAINER ID/.test(asked), false);
  matches("a way through the guest", ssh("-W", "127.0.0.1:22", to), /administratively prohibited|open failed/);
  fs.rmSync(key);
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
    BERTH_REGISTRY_MIRROR: `http://${SUPPLIES.host}:${SUPPLIES.port}`,
  }),
  build: (app, environment) => new ContainersInside(app, "containers-inside-vm", readSettings(environment)),
  guests: [],
  around: serving(SUPPLIES),
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        await alive(ask);
        matches(
          "the readiness report",
          ask.applied,
          /starting a container on engine .*\n[\s\S]*berth [\d.]+ \[\d+ s\]: a container started; ready/,
        );
        noKeys(ask);
        looksOnly(ask);
        kept(ask);
        same(ask, "uuid", ask.virsh("domuuid", "apps"));
      },
    },
    {
      name: "service changed",
      edit: serviceChanged,
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
      edit: redefined,
      check: remade,
    },
    {
      name: "keys rotated",
      edit: rotated,
      check: async (ask) => {
        await remade(ask);
        noKeys(ask);
      },
    },
    {
      name: "guest rebuilt",
      edit: rebuilt,
      check: remade,
    },
    {
      name: "client's pair changed",
      edit: rebuilt,
      before: (ask) => {
        const certificate = nameOf(ask, "tls_locally_signed_cert.apps_Keys_ClientCertificate_");
        const key = nameOf(ask, "tls_private_key.apps_Keys_Client_");
        terraform(ask, "apply", `-target=${certificate}`, `-replace=${key}`);
      },
      check: async (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        await alive(ask);
        same(ask, "uuid", ask.virsh("domuuid", "apps"));
        kept(ask);
      },
    },
    {
      name: "another runner",
      edit: rebuilt,
      anotherRunner: true,
      check: async (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        await alive(ask);
        same(ask, "uuid", ask.virsh("domuuid", "apps"));
        kept(ask);
        noKeys(ask);
      },
    },
    {
      name: "another authority",
      edit: rebuilt,
      before: (ask) => {
        terraform(ask, "destroy", `-target=${nameOf(ask, "terraform_data.apps_Readiness_")}`);
        terraform(ask, "apply", `-replace=${nameOf(ask, "tls_private_key.apps_Keys_Authority_")}`);
      },
      check: async (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        await alive(ask);
        changed(ask, "uuid", ask.virsh("domuuid", "apps"));
        for (const [name, id] of Object.entries(ids(ask)).filter(([key]) => key.startsWith("docker_container."))) {
          changed(ask, name, id);
        }
      },
    },
  ],
});
