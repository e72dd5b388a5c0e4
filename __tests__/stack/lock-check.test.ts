import * as fs from "node:fs";
import { App } from "cdktf";
import { Construct } from "constructs";
import {
  DockerHost,
  DockerService,
  DockerVolume,
  FileSource,
  GuestImage,
  HostStack,
  type HostStackProps,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  LOCK_FILE_CONTEXT,
  Released,
  Renamed,
  Size,
  StoragePool,
} from "../../lib/index";
import { testApp, written } from "../support/app";
import { problemsOf } from "../support/messages";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";

/** Synthesizes one state of the code after another in one project. */
class Project {
  private readonly first = testApp();

  public synth(
    build: (stack: HostStack) => void,
    { frozen = false, ...props }: HostStackProps & { frozen?: boolean } = {},
  ) {
    const app = new App({
      outdir: this.first.outdir,
      context: { [LOCK_FILE_CONTEXT]: this.lock, ...(frozen ? { "berth:frozen": "1" } : {}) },
    });
    build(new HostStack(app, "shop", props));
    app.synth();
    return written(app, "shop");
  }

  public problems(build: (stack: HostStack) => void, props: HostStackProps & { frozen?: boolean } = {}): string[] {
    return problemsOf(() => this.synth(build, props));
  }

  public get lock(): string {
    return String(this.first.node.getContext(LOCK_FILE_CONTEXT));
  }

  public get resources(): Readonly<Record<string, object>> {
    const { stacks } = JSON.parse(fs.readFileSync(this.lock, "utf8")) as {
      stacks: { shop?: { resources: Record<string, object> } };
    };
    return stacks.shop?.resources ?? {};
  }
}

const volume = (
  stack: Construct,
  host: DockerHost,
  id: string,
  props: { name?: string; onDestroy?: "keep" | "delete" } = {},
) => new DockerVolume(stack, id, { host, ...props });
const service = (stack: Construct, host: DockerHost, id: string, name = id) =>
  new DockerService(stack, id, { host, name, image: "nginx:1.27.5" });
const withVolume =
  (id: string, props: { name?: string; onDestroy?: "keep" | "delete" } = {}) =>
  (stack: HostStack) =>
    void volume(stack, new DockerHost(stack, "docker"), id, props);
const empty = (stack: HostStack) => void new DockerHost(stack, "docker");

const KEPT =
  '[shop/data] Docker volume "data" on unix:///var/run/docker.sock is kept and cannot leave the code without a word: Terraform would destroy it ' +
  '(declare it again; leave it on its host with new Released(stack, "released-data", { from: "data" }); ' +
  'or destroy it: set onDestroy: "delete", apply, then remove it) [lock/kept]';

describe("something kept", () => {
  test("cannot leave the code without a word, and nothing is forgotten by the attempt", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const before = fs.readFileSync(project.lock, "utf8");
    expect(project.problems(empty)).toEqual([KEPT]);
    expect(project.problems(empty)).toEqual([KEPT]);
    expect(fs.readFileSync(project.lock, "utf8")).toBe(before);
  });

  test("leaves after it was declared with onDestroy: delete", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    project.synth(withVolume("data", { onDestroy: "delete" }));
    expect(project.synth(empty)).not.toHaveProperty("resource");
  });

  test("is left on its host by Released, for as long as that is declared", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const release = (stack: HostStack) => {
      empty(stack);
      new Released(stack, "released-data", { from: "data" });
    };
    for (const _ of [1, 2]) {
      const json = project.synth(release, { tool: "terraform 1.7" });
      expect(json).toMatchObject({
        removed: [{ from: expect.stringMatching(/^docker_volume\.data_\w+$/), lifecycle: { destroy: false } }],
        terraform: { required_version: ">= 1.7.0" },
      });
    }
    expect(project.resources).toMatchObject({ "data/Resource": { name: "data", released: true } });
    expect(project.synth(empty)).not.toHaveProperty("removed");
    expect(project.resources).toEqual({});
  });

  test("stops plans until it was forgotten, where the tool is not declared", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const json = project.synth((stack) => {
      empty(stack);
      new Released(stack, "released-data", { from: "data" });
    });
    expect(json).not.toHaveProperty("removed");
    const guards = Object.values((json.resource as { terraform_data: Record<string, object> }).terraform_data);
    expect(guards).toMatchObject([
      {
        lifecycle: {
          precondition: [
            {
              error_message: expect.stringMatching(
                /^Terraform would destroy what is let go of: docker_volume\.data_\w+\. Run terraform state rm for each, then set 'forgotten: true' on shop\/released-data\.$/,
              ),
            },
          ],
        },
      },
    ]);
    const after = project.synth((stack) => {
      empty(stack);
      new Released(stack, "released-data", { from: "data", forgotten: true });
    });
    expect(after).not.toHaveProperty("resource");
  });

  test("cannot take another name", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    expect(project.problems(withVolume("data", { name: "other" }))).toEqual([
      '[shop/data] \'name\' cannot change to "other" while Docker volume "data" is kept: Terraform would have to destroy it ' +
        '(set it back; or set onDestroy: "delete" where its data may go) [lock/name]',
    ]);
    project.synth(withVolume("data", { name: "other", onDestroy: "delete" }));
  });

  test("must be remembered, also where the lock file is frozen or cannot be read", () => {
    const frozen = new Project();
    expect(frozen.problems(withVolume("data"), { frozen: true })).toEqual([
      '[shop/data] Docker volume "data", which is kept, must be in berth.lock.json, got a file that does not have it and is frozen ' +
        "(synthesize once without BERTH_FROZEN, and commit the file) [lock/unremembered]",
    ]);
    frozen.synth(withVolume("data"));
    frozen.synth(withVolume("data"), { frozen: true });
    const broken = new Project();
    fs.writeFileSync(broken.lock, "{}");
    expect(broken.problems(withVolume("data"))).toEqual([
      '[shop/data] Docker volume "data", which is kept, must be in berth.lock.json, got a file that is not a lock file ' +
        "(restore it from version control) [lock/unremembered]",
    ]);
  });
});

describe("Released", () => {
  test("refuses what nobody remembers, and what is still declared", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    expect(
      project.problems(
        (stack) => {
          withVolume("data")(stack);
          new Released(stack, "one", { from: "nothing" });
          new Released(stack, "two", { from: "data" });
        },
        { tool: "opentofu 1.10" },
      ),
    ).toEqual([
      "[shop/one] 'from' must be the path of something kept, or of a storage pool, that berth.lock.json remembers, got \"nothing\" " +
        "(what is not kept needs no word to leave the code; what was applied everywhere needs none any more)",
      "[shop/two] 'from' must be the path of something that left the code, got \"data\", which is declared (remove one of them)",
    ]);
  });
});

const shop =
  (id: string, disks: readonly string[] = ["data", "logs"], onDestroy: "keep" | "delete" = "keep") =>
  (stack: HostStack) => {
    const host = new KvmHost(stack, "kvm");
    const pool = new StoragePool(stack, "pool", { host, path: "/pools/a" });
    const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.1.0.0/24" });
    if (id !== "") {
      return new KvmGuest(stack, id, {
        host,
        pool,
        name: "db",
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(1),
        directBoot: { kernel: FileSource.fromFile(__filename) },
        networks: [lan],
        dataDisks: disks.map((name) => ({ name, size: Size.gibibytes(1), onDestroy })),
      });
    }
    return undefined;
  };

describe("a guest", () => {
  test("with kept disks names both, and one line lets go of both", () => {
    const project = new Project();
    project.synth(shop("db"));
    expect(project.problems(shop(""))).toEqual([
      '[shop/db] volume "db-data.qcow2" on qemu:///system and volume "db-logs.qcow2" on qemu:///system are kept and cannot leave the code ' +
        'without a word: Terraform would destroy them (declare it again; leave it on its host with new Released(stack, "released-db", { from: "db" }); ' +
        'or destroy it: set onDestroy: "delete", apply, then remove it) [lock/kept]',
    ]);
    const json = project.synth(
      (stack) => {
        shop("")(stack);
        new Released(stack, "released-db", { from: "db" });
      },
      { tool: "opentofu 1.10" },
    );
    expect(json.removed).toHaveLength(2);
  });

  test("loses its disks after they were declared with onDestroy: delete", () => {
    const project = new Project();
    project.synth(shop("db"));
    project.synth(shop("db", ["data", "logs"], "delete"));
    project.synth(shop(""));
  });

  test("that loses one of two kept disks is told that one", () => {
    const project = new Project();
    project.synth(shop("db"));
    expect(project.problems(shop("db", ["logs"]))).toEqual([
      expect.stringContaining('[shop/db/disk-data] volume "db-data.qcow2" on qemu:///system is kept'),
    ]);
  });

  test("of another id is told the Renamed to write, once, and keeps its address with it", () => {
    const project = new Project();
    project.synth(shop("db"));
    expect(project.problems(shop("store"))).toEqual([
      '[shop/store] guest "db" cannot change its construct from shop/db without a word: Terraform would destroy it and create another one of the ' +
        'same name (write new Renamed(stack, "renamed-db", { from: "db", to: "store" }) before it; where it is meant to be another one, ' +
        "give it another name) [lock/renamed]",
    ]);
    const json = project.synth((stack) => {
      new Renamed(stack, "renamed-db", { from: "db", to: "store" });
      shop("store")(stack);
    });
    expect((json.moved as object[]).length).toBeGreaterThan(5);
    expect(project.synth(shop("store"))).not.toHaveProperty("moved");
  });
});

test("a scope that was renamed as a whole is one Renamed", () => {
  const project = new Project();
  const inScope = (id: string) => (stack: HostStack) => {
    const docker = new DockerHost(stack, "docker");
    const scope = new Construct(stack, id);
    service(scope, docker, "web");
    service(scope, docker, "api");
    volume(scope, docker, "data");
  };
  project.synth(inScope("shop"));
  const [problem, ...more] = project.problems(inScope("store"));
  expect(problem).toContain('new Renamed(stack, "renamed-shop", { from: "shop", to: "store" })');
  expect(more).toEqual([]);
});

describe("a service that changes its host", () => {
  const on =
    (host: "one" | "two", declared: readonly string[] = ["one", "two"]) =>
    (stack: HostStack) => {
      const hosts = new Map(declared.map((id) => [id, new DockerHost(stack, id, { host: `unix:///${id}.sock` })]));
      service(stack, hosts.get(host) as DockerHost, "web");
    };
  const message =
    "[shop/web] 'host' cannot change from unix:///one.sock to unix:///two.sock under the same id: Terraform would forget container \"web\" and leave it " +
    "running there (give it another id together with the new host: it is created there and removed here) [lock/host]";

  test("is refused, whether the old host is still declared or not", () => {
    const project = new Project();
    project.synth(on("one"));
    expect(project.problems(on("two"))).toEqual([message]);
    expect(project.problems(on("two", ["two"]))).toEqual([message]);
  });

  test("goes on where only the host's id or only the host's address is another", () => {
    const project = new Project();
    const named = (id: string, host: string) => (stack: HostStack) =>
      void service(stack, new DockerHost(stack, id, { host }), "web");
    const before = project.synth(named("docker", "unix:///a.sock"));
    const after = project.synth(named("engine", "unix:///a.sock"));
    const addresses = (json: typeof before, type: string) =>
      Object.keys((json.resource as Record<string, object>)[type] ?? {});
    expect(addresses(after, "docker_image")).toEqual(addresses(before, "docker_image"));
    expect(addresses(after, "docker_container")).toEqual(addresses(before, "docker_container"));
    project.synth(named("engine", "unix:///b.sock"));
  });
});

test("two that change places are refused, by either word", () => {
  const project = new Project();
  const two = (a: string, b: string, words: boolean) => (stack: HostStack) => {
    const docker = new DockerHost(stack, "docker");
    if (words) {
      new Renamed(stack, "one", { from: "a", to: "b" });
      new Renamed(stack, "two", { from: "b", to: "a" });
    }
    volume(stack, docker, "a", { name: a });
    volume(stack, docker, "b", { name: b });
  };
  project.synth(two("xx", "yy", false));
  expect(project.problems(two("yy", "xx", false))).toEqual([
    expect.stringContaining("[shop/a] 'name' cannot change to \"yy\""),
    expect.stringContaining("[shop/b] 'name' cannot change to \"xx\""),
  ]);
  expect(project.problems(two("yy", "xx", true)).filter((text) => text.includes("'from'"))).toEqual([
    "[shop/one] 'from' must be the path of something that left the code, got \"a\", which is declared (where two change places, give one a third id and apply that first)",
    "[shop/two] 'from' must be the path of something that left the code, got \"b\", which is declared (where two change places, give one a third id and apply that first)",
  ]);
});

test("a first boot's props are warned about once the guest was made, until it is rebuilt", () => {
  const project = new Project();
  const withPackages = (packages: readonly string[], firstBootScript?: string, rebuildOn?: string) => {
    const guests: KvmGuest[] = [];
    project.synth((stack) => {
      const host = new KvmHost(stack, "kvm");
      const guest = new KvmGuest(stack, "db", {
        host,
        pool: new StoragePool(stack, "pool", { host, path: "/pools/a" }),
        image: GuestImage.fromVolume("/golden.qcow2"),
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(10),
        networks: [new KvmNetwork(stack, "lan", { host, subnet: "10.1.0.0/24" })],
        users: [{ name: "ops", sshKeys: [KEY] }],
        packages,
        firstBootScript,
        rebuildOn,
      });
      guests.push(guest);
    });
    return guests.flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
  };
  const warning = (props: string) =>
    `${props} acts at the first boot only, and this guest was made before the edit ` +
    "(change 'rebuildOn' for a new root disk and a first boot, or do it in the guest as well) [kvm/guest/first-boot-only]";
  expect(withPackages(["nginx"])).toEqual([]);
  expect(withPackages(["nginx", "curl"])).toEqual([warning("'packages'")]);
  expect(withPackages(["curl", "nginx"], "true")).toEqual([warning("'packages' and 'firstBootScript'")]);
  expect(withPackages(["nginx"])).toEqual([]);
  expect(withPackages(["nginx", "curl"], undefined, "2")).toEqual([]);
  expect(withPackages(["nginx"], undefined, "2")).toEqual([warning("'packages'")]);
});
