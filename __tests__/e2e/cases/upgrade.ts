import * as fs from "node:fs";
import * as path from "node:path";
import { berthReading } from "../berth";
import type { Asking, Case, Environment, World } from "../case";
import { changed, equal, inode, page, same, sshAnswers } from "../checks";
import { OTHER_KEY, SUPPLIES, serving } from "../engine-guest";
import { ReleasedApps, type ReleasedSettings, ReleasedShop } from "../released/stacks";
import { run } from "../shell";

const SHOP = "/var/lib/libvirt/images/e2e-shop";
const APPS = "/var/lib/libvirt/images/e2e-apps";

/** The stacks name files of the project, as a user's do. */
function linkFixtures({ fixtures }: World, folder: string): void {
  for (const name of ["vmlinuz", "initrd.img", "guest.qcow2"]) {
    fs.rmSync(path.join(folder, name), { force: true });
    fs.symlinkSync(path.join(fixtures, name), path.join(folder, name));
  }
}

/** What `berth report` says of a plan, by construct: the class alone. */
function reported(ask: Asking, stack: string): Readonly<Record<string, string>> {
  const cwd = path.join(ask.folder, "cdktf.out", "stacks", stack);
  run("terraform", ["plan", "-input=false", "-no-color", "-out=plan"], { cwd });
  const plan = run("terraform", ["show", "-json", "plan"], { cwd }).out;
  const json = plan.slice(plan.indexOf('{"format_version"'));
  const { changes } = JSON.parse(berthReading(ask, stack, json, "report", "--json").out) as {
    changes: { construct: string; class: string }[];
  };
  return Object.fromEntries(changes.map((one) => [one.construct, one.class]));
}

const settings = ({ capabilities }: World, { RELEASE }: Environment): ReleasedSettings => ({
  dockerHost: capabilities.dockerHost,
  sshKey: OTHER_KEY,
  ...(RELEASE === "1" ? { onDestroy: "delete" } : {}),
});

/** The guest that carries containers has the address that the release before gave it. */
const ADDRESS = "10.78.0.80";

function shopIsThere(ask: Asking): void {
  for (const disk of ["small-data", "small-root", "db-store", "db-root"]) {
    same(ask, disk, inode(path.join(SHOP, `e2e-shop-${disk}.qcow2`)));
  }
  equal("what the volume holds", ask.docker("exec", "e2e-shop-store", "cat", "/data/word"), "precious");
  same(ask, "store", ask.docker("inspect", "-f", "{{.Id}}", "e2e-shop-store"));
  same(ask, "web", ask.docker("inspect", "-f", "{{.Id}}", "e2e-shop-web"));
}

/** A stack that the release before applied: the upgrade does what the changes say, and nothing else. */
export const upgradeShop: Case = {
  name: "upgrade from 0.1.0, guests and services",
  needs: ["kvm", "docker"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => {
    linkFixtures(world, path.dirname(app.outdir));
    return new ReleasedShop(app, settings(world, environment));
  },
  guests: [],
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: (world) => [
    {
      name: "applied by 0.1.0",
      released: "0.1.0/shop",
      before: (ask) => linkFixtures(world, ask.folder),
      check: async (ask) => {
        // A guest that is still booting does not listen to being shut down.
        await sshAnswers("10.77.60.246");
        ask.docker("exec", "e2e-shop-store", "sh", "-c", "echo precious > /data/word");
        shopIsThere(ask);
        changed(ask, "small", ask.virsh("domuuid", "e2e-shop-small"));
      },
    },
    {
      name: "upgraded",
      before: (ask) =>
        equal("what the upgrade does", reported(ask, "shop"), {
          "shop/e2e-shop-db": "restart",
          "shop/e2e-shop-small": "restart",
        }),
      check: async (ask) => {
        shopIsThere(ask);
        changed(ask, "small", ask.virsh("domuuid", "e2e-shop-small"));
        equal("the page", await page("http://127.0.0.1:18095/"), "berth\n");
        await sshAnswers("10.77.60.246");
      },
    },
  ],
};

/** The same of a guest that carries containers. */
export const upgradeApps: Case = {
  name: "upgrade from 0.1.0, containers inside a guest",
  needs: ["kvm"],
  alsoNeeds: ["docker", "tls"],
  line: "4",
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => {
    linkFixtures(world, path.dirname(app.outdir));
    return new ReleasedApps(app, settings(world, environment));
  },
  guests: [],
  around: serving(SUPPLIES),
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: (world) => [
    {
      name: "applied by 0.1.0",
      released: "0.1.0/apps",
      before: (ask) => linkFixtures(world, ask.folder),
      check: async (ask) => {
        equal("the page", await page(`http://${ADDRESS}:8080/`), "berth\n");
        same(ask, "engine disk", inode(path.join(APPS, "e2e-apps-engine.qcow2")));
      },
    },
    {
      name: "upgraded",
      before: (ask) => equal("what the upgrade does", reported(ask, "apps"), { "apps/e2e-apps/Guest": "restart" }),
      check: async (ask) => {
        equal("the page", await page(`http://${ADDRESS}:8080/`), "berth\n");
        same(ask, "engine disk", inode(path.join(APPS, "e2e-apps-engine.qcow2")));
      },
    },
  ],
};
