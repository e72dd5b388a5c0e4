import * as path from "node:path";
import { type App, TerraformElement } from "cdktf";
import { type HostStack, type KvmGuest, KvmNetwork } from "../../../lib/index";
import { readSettings } from "../../../stacks/settings";
import { SingleGuest } from "../../../stacks/single-guest";
import type { Asking, Case, Environment, World } from "../case";
import { changed, console, equal, inode, matches, same, sshAnswers } from "../checks";
import { sha256 } from "../fixtures";
import { run } from "../shell";

const addFile = (stack: HostStack) => guest(stack, "myvm-cloud").addFile({ path: "/etc/added", content: "added\n" });
const POOL = "/var/lib/libvirt/images/berth-single-guest";
const FINISHED = /Cloud-init v\. \S+ finished at/;

const guest = (stack: HostStack, name: string) => stack.node.findChild(name) as KvmGuest;

function note(
  ask: Asking,
  how: { readonly cloud: typeof same; readonly installer: typeof same; readonly root: typeof same },
): void {
  how.cloud(ask, "uuid of myvm-cloud", ask.virsh("domuuid", "myvm-cloud"));
  how.installer(ask, "uuid of myvm", ask.virsh("domuuid", "myvm"));
  how.root(ask, "root disk of myvm-cloud", inode(path.join(POOL, "myvm-cloud-root.qcow2")));
  same(ask, "root disk of myvm", inode(path.join(POOL, "myvm-root.qcow2")));
}

const settings = ({ capabilities, url, fixtures }: World, image: string): Environment => ({
  BERTH_KVM_URI: capabilities.kvmUri,
  BERTH_KVM_EMULATED: capabilities.emulated ? "1" : "",
  BERTH_GUEST_IMAGE_URL: `${url}/${image}`,
  BERTH_GUEST_IMAGE_SHA256: sha256(path.join(fixtures, image)),
  BERTH_INSTALLER_URL: `${url}/install.iso`,
  BERTH_INSTALLER_SHA256: sha256(path.join(fixtures, "install.iso")),
});

export const singleGuest: Case = {
  name: "single-guest",
  needs: ["kvm"],
  environment: (world) => settings(world, "guest.qcow2"),
  build: (app: App, environment: Environment) => new SingleGuest(app, "single-guest", readSettings(environment)),
  guests: ["myvm", "myvm-cloud"],
  around: {
    // The same system in other bytes: the image that an edit of the code would name next.
    before: ({ fixtures }) =>
      void run("qemu-img", [
        "convert",
        "-O",
        "qcow2",
        path.join(fixtures, "guest.qcow2"),
        path.join(fixtures, "guest-2.qcow2"),
      ]),
    after: () => undefined,
  },
  steps: (world) => [
    {
      name: "first",
      check: async (ask) => {
        await console(ask, "myvm", /berth-guest: ready/);
        const report = ask.consoles.textOf("myvm");
        const [, memory = "0"] = /MemTotal (\d+) kB/.exec(report) ?? [];
        equal("memory of myvm is nearly 2 GiB", Number(memory) > 1_900_000 && Number(memory) < 2_097_152, true);
        matches("processors of myvm", report, /cpus 2\b/);
        matches("disk of myvm", report, /disk vda 21474836480/);
        await console(ask, "myvm-cloud", /myvm-cloud: made by berth/);
        await console(ask, "myvm-cloud", FINISHED);
        const address = /ssh ops@([\d.]+)/.exec(ask.applied)?.[1] ?? "";
        await sshAnswers(address);
        note(ask, { cloud: same, installer: same, root: same });
        matches("VNC", ask.virsh("vncdisplay", "myvm"), /^127\.0\.0\.1:/);
        equal(
          "a screen nobody asked for",
          run("virsh", ["-q", "-c", world.capabilities.kvmUri, "vncdisplay", "myvm-cloud"]).code === 0,
          false,
        );
      },
    },
    {
      name: "memory changed",
      edit: (stack) => guest(stack, "myvm-cloud").resource.addOverride("memory", 1536),
      check: async (ask) => {
        note(ask, { cloud: changed, installer: same, root: same });
        equal(
          "memory of myvm-cloud",
          /Max memory:\s+(\d+) KiB/.exec(ask.virsh("dominfo", "myvm-cloud"))?.[1],
          String(1536 * 1024),
        );
        await console(ask, "myvm-cloud", FINISHED);
        equal("the first-boot script ran again", /made by berth/.test(ask.consoles.textOf("myvm-cloud")), false);
      },
    },
    {
      name: "network changed",
      full: true,
      edit: (stack) =>
        stack.node
          .findAll()
          .find((node): node is KvmNetwork => node instanceof KvmNetwork)
          ?.resource.addOverride("domain.name", "other.internal"),
      check: async (ask) => {
        note(ask, { cloud: changed, installer: changed, root: same });
        matches("the network", ask.virsh("net-dumpxml", "berth-lan"), /other\.internal/);
        await console(ask, "myvm-cloud", FINISHED);
        await console(ask, "myvm", /berth-guest: ready/);
        await sshAnswers(/ssh ops@([\d.]+)/.exec(ask.applied)?.[1] ?? "");
      },
    },
    {
      name: "seed changed",
      full: true,
      edit: addFile,
      check: async (ask) => {
        note(ask, { cloud: changed, installer: changed, root: same });
        await console(ask, "myvm-cloud", FINISHED);
        await console(ask, "myvm", /berth-guest: ready/);
        equal("the first-boot script ran again", /made by berth/.test(ask.consoles.textOf("myvm-cloud")), false);
      },
    },
    {
      name: "image changed",
      full: true,
      environment: settings(world, "guest-2.qcow2"),
      edit: addFile,
      check: (ask) => {
        note(ask, { cloud: same, installer: same, root: same });
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
      },
    },
    {
      name: "rebuilt on the changed image",
      full: true,
      environment: settings(world, "guest-2.qcow2"),
      edit: (stack) => {
        addFile(stack);
        const rebuild = guest(stack, "myvm-cloud").node.findChild("Rebuild");
        if (TerraformElement.isTerraformElement(rebuild)) {
          rebuild.addOverride("input", "2");
        }
      },
      check: async (ask) => {
        note(ask, { cloud: changed, installer: same, root: changed });
        await console(ask, "myvm-cloud", /myvm-cloud: made by berth/);
        await console(ask, "myvm-cloud", FINISHED);
        equal(
          "the base is the new image",
          sha256(path.join(POOL, "myvm-cloud-base.qcow2")),
          sha256(path.join(world.fixtures, "guest-2.qcow2")),
        );
      },
    },
  ],
};
