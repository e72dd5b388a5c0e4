import * as path from "node:path";
import type { TerraformResource } from "cdktf";
import type { DockerLine, DockerService, HostStack, KvmGuest } from "../../../lib/index";
import { readSettings } from "../../../stacks/settings";
import { SideBySide } from "../../../stacks/side-by-side";
import type { Asking, Case } from "../case";
import { changed, console, equal, inode, matches, page, same } from "../checks";
import { SUPPLIES } from "../engine-guest";
import { sha256, WEB_IMAGE } from "../fixtures";
import { GuestSupplies } from "../registry";
import { run, until } from "../shell";

const POOL = "/var/lib/libvirt/images/berth-side";
const DB = "10.80.0.20";
let supplies: GuestSupplies | undefined;

const guest = (stack: HostStack) => stack.node.findChild("db") as KvmGuest;

/** Edits, each on top of the ones before. */
const serviceChanged = (stack: HostStack) =>
  (stack.node.findChild("web") as DockerService).resource.addOverride("env", ["EDIT=1"]);
const redefined = (stack: HostStack) => {
  serviceChanged(stack);
  guest(stack).resource.addOverride("memory", 1280);
};
const rebuilt = (stack: HostStack) => {
  redefined(stack);
  (guest(stack).node.findChild("Rebuild") as TerraformResource).addOverride("input", "2");
};

/** Asks the database over HTTP from a container: its answer, or nothing while it does not answer. */
function ask(of: Asking, container: string, method: "GET" | "POST", target: string, body = ""): string {
  const request = `${method} ${target} HTTP/1.0\\r\\nHost: db\\r\\nContent-Length: ${body.length}\\r\\n\\r\\n${body}`;
  const shell = `printf '${request}' | timeout 5 nc ${DB} 8086`;
  return run("docker", ["-H", of.world.capabilities.dockerHost, "exec", container, "sh", "-c", shell]).out;
}

const VALUE = "/query?db=berth&q=SELECT+value+FROM+kept";

async function answers(of: Asking): Promise<void> {
  await until("the database answers a container", 300, () =>
    ["web", "api"].every((container) => /^HTTP\/1\.\d 204/.test(ask(of, container, "GET", "/ping"))),
  );
  equal("the page from outside", await page("http://127.0.0.1:8082/"), "berth\n");
}

/** The database is started anew at the end of a first boot. */
const booted = (of: Asking) => console(of, "db", /Cloud-init v\..* finished at/, 300);

/** The value that the first step wrote, read by a container. */
async function keepsData(of: Asking): Promise<void> {
  await answers(of);
  await until("the value is read back", 60, () => ask(of, "api", "GET", VALUE).includes(",42]"));
  same(of, "data disk", inode(path.join(POOL, "db-data.qcow2")));
}

const ids = (of: Asking) => of.docker("inspect", "--format", "{{.Id}}", "web", "api").split("\n");

/** Another guest, with the same data, beside the same containers. */
async function remade(of: Asking): Promise<void> {
  await booted(of);
  await keepsData(of);
  changed(of, "uuid", of.virsh("domuuid", "db"));
  equal("the containers", ids(of), [of.facts.get("web"), of.facts.get("api")]);
}

export const sideBySide = (line: DockerLine): Case => ({
  name: `side-by-side, docker ${line}`,
  needs: ["kvm", "docker"],
  line,
  full: true,
  environment: ({ capabilities, url, fixtures }) => ({
    BERTH_KVM_URI: capabilities.kvmUri,
    BERTH_KVM_EMULATED: capabilities.emulated ? "1" : "",
    BERTH_DOCKER_HOST: capabilities.dockerHost,
    BERTH_GUEST_IMAGE_URL: `${url}/guest.qcow2`,
    BERTH_GUEST_IMAGE_SHA256: sha256(path.join(fixtures, "guest.qcow2")),
    BERTH_CONTAINER_IMAGE: WEB_IMAGE,
    BERTH_DOCKER_LINE: line,
  }),
  build: (app, environment) => new SideBySide(app, "side-by-side", readSettings(environment)),
  guests: ["db"],
  around: {
    before: ({ fixtures }) => {
      // The guest's own network has another address of the host; this one is reached through it.
      run("ip", ["address", "add", `${SUPPLIES.host}/32`, "dev", "lo"]);
      supplies = new GuestSupplies(fixtures, SUPPLIES.host, SUPPLIES.port);
    },
    after: () => {
      supplies?.close();
      run("ip", ["address", "del", `${SUPPLIES.host}/32`, "dev", "lo"]);
    },
  },
  steps: () => [
    {
      name: "first",
      check: async (of) => {
        await booted(of);
        await answers(of);
        matches("the database is made", ask(of, "web", "POST", "/query?q=CREATE+DATABASE+berth"), / 200 OK/);
        matches("a value is written", ask(of, "web", "POST", "/write?db=berth", "kept value=42"), / 204 /);
        await keepsData(of);
        same(of, "uuid", of.virsh("domuuid", "db"));
        const [web = "", api = ""] = ids(of);
        same(of, "web", web);
        same(of, "api", api);
      },
    },
    {
      name: "service changed",
      edit: serviceChanged,
      check: async (of) => {
        await keepsData(of);
        same(of, "uuid", of.virsh("domuuid", "db"));
        const [web = "", api = ""] = ids(of);
        changed(of, "web", web);
        same(of, "api", api);
      },
    },
    {
      name: "guest redefined",
      edit: redefined,
      check: remade,
    },
    {
      name: "guest rebuilt",
      edit: rebuilt,
      check: remade,
    },
    {
      name: "another runner",
      edit: rebuilt,
      anotherRunner: true,
      check: async (of) => {
        matches("the apply", of.applied, /0 added, 0 changed, 0 destroyed/);
        await keepsData(of);
      },
    },
  ],
});
