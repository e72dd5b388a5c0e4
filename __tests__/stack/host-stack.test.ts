import * as fs from "node:fs";
import * as path from "node:path";
import { type App, Aspects, type IAspect, S3Backend, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { projectPath } from "../../lib/core/project-path";
import {
  DockerHost,
  DockerNetwork,
  DockerService,
  DockerVolume,
  GuestImage,
  Healthcheck,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Machine,
  Size,
  StoragePool,
} from "../../lib/index";
import { Container, DockerProvider } from "../../lib/providers/docker";
import { TerraformData } from "../../lib/providers/terraform/terraform-data";
import { synth } from "../../lib/testing";
import { testApp, testStack, written } from "../support/app";
import { KEY } from "../support/bad-world";
import { problemsOf } from "../support/messages";

function service(stack: TerraformStack, name = "web"): DockerService {
  const host = (stack.node.tryFindChild("docker") as DockerHost | undefined) ?? new DockerHost(stack, "docker");
  return new DockerService(stack, name, { host, image: "nginx:1.27.5", healthcheck: Healthcheck.command(["true"]) });
}

const hashOf = (container: { readonly [key: string]: unknown }) =>
  (container.labels as { label: string; value: string }[]).find(({ label }) => label === "berth.hash")?.value;

describe("HostStack", () => {
  test("keeps the state in the project by a relative path, and gives way to any other backend", () => {
    const app = testApp();
    service(new HostStack(app, "own"));
    const other = new HostStack(app, "other");
    service(other, "api");
    new S3Backend(other, { bucket: "b", key: "k", region: "r" });
    app.synth();
    expect((written(app, "own").terraform as { backend: unknown }).backend).toEqual({
      local: { path: "../../../terraform.own.tfstate" },
    });
    expect((written(app, "other").terraform as { backend: unknown }).backend).toEqual({
      s3: { bucket: "b", key: "k", region: "r" },
    });
  });

  test("reports the problems of all its stacks at once, writes no JSON of any, and leaves what was written before", () => {
    const app = testApp();
    const make = (image: string) => {
      const [one, two, three] = ["one", "two", "three"].map((id) => new HostStack(app, id)) as [
        HostStack,
        HostStack,
        HostStack,
      ];
      service(one);
      new DockerService(two, "web2", { host: new DockerHost(two, "docker"), image });
      new DockerNetwork(three, "net", { host: new DockerHost(three, "docker"), subnet: "10.0.0.1/24" });
    };
    for (const id of ["one", "three"]) {
      fs.mkdirSync(path.join(app.outdir, "stacks", id), { recursive: true });
      fs.writeFileSync(path.join(app.outdir, "stacks", id, "cdk.tf.json"), "{}");
    }
    make("Nginx:1");
    expect(() => app.synth()).toThrow(
      new Error(
        "2 problems in 2 constructs; no HostStack was written.\n" +
          '  [two/web2] \'image\' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, ' +
          'got "Nginx:1" (did you mean "nginx:1"?) [docker/image/reference]\n' +
          '  [three/net] \'subnet\' must be a subnet without host bits, got "10.0.0.1/24" (did you mean "10.0.0.0/24"?)\n',
      ),
    );
    const left = (id: string) => {
      const file = path.join(app.outdir, "stacks", id, "cdk.tf.json");
      return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
    };
    expect(["one", "two", "three"].map(left)).toEqual(["{}", undefined, "{}"]);
  });

  test("writes the same bytes twice", () => {
    const text = () => {
      const app = testApp();
      service(new HostStack(app, "own"));
      app.synth();
      return fs.readFileSync(path.join(app.outdir, "stacks", "own", "cdk.tf.json"), "utf8");
    };
    expect(text()).toBe(text());
  });

  test("removes files of an earlier synth that nothing refers to any more", () => {
    const app = testApp();
    const stack = new HostStack(app, "own");
    service(stack);
    const old = path.join(app.outdir, "stacks", "own", "cdk.tf.json");
    fs.mkdirSync(path.dirname(old), { recursive: true });
    fs.writeFileSync(old, "stale");
    app.synth();
    expect(written(app, "own").resource).toHaveProperty("docker_container");
  });

  test("tells the manifest what it depends on, also where files of the project are named before", () => {
    const app = testApp();
    const [one, two] = [new HostStack(app, "one"), new HostStack(app, "two")];
    expect(projectPath(two, "image.qcow2")).toMatch(/image\.qcow2$/);
    new TerraformData(two, "taker", { input: new TerraformData(one, "giver", { input: "x" }).output });
    app.synth();
    const manifest = JSON.parse(fs.readFileSync(path.join(app.outdir, "manifest.json"), "utf8")) as {
      readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
    };
    expect(manifest.stacks.two?.dependencies).toEqual(["one"]);
  });

  test("refuses two resources of one address, which cdktf would merge", () => {
    const app = testApp();
    const stack = new HostStack(app, "own");
    new TerraformData(stack, "a.b", { input: "1" });
    new TerraformData(stack, "ab", { input: "2" });
    const host = new DockerHost(stack, "docker");
    new DockerVolume(stack, "data", { host }).resource.overrideLogicalId("same");
    new DockerVolume(stack, "other", { host }).resource.overrideLogicalId("same");
    const fix = "(addresses keep letters, digits, '_' and '-' of ids; choose another id)";
    expect(() => app.synth()).toThrow(
      new Error(
        "2 problems in 2 constructs; no HostStack was written.\n" +
          `  [own/ab] 'id' must give an address of its own, got terraform_data.ab, which own/a.b has ${fix}\n` +
          `  [own/other] 'id' must give an address of its own, got docker_volume.same, which own/data has ${fix}\n`,
      ),
    );
  });

  test("takes another logical id until the id is used, and then refuses it", () => {
    const stack = testStack();
    const container = service(stack).resource;
    container.overrideLogicalId("chosen");
    expect(synth(stack).template.json.resource).toHaveProperty("docker_container.chosen");
    expect(() => container.overrideLogicalId("again")).toThrow(
      new Error(
        "[stack/web/Resource] 'overrideLogicalId' must be called before the id is used, got \"again\" " +
          "(chosen is in use; call it right after the construct was made)",
      ),
    );
  });

  test("passes on errors that are not the user's input", () => {
    const app = testApp();
    const stack = new HostStack(app, "own");
    service(stack).resource.addOverride("image", {
      toString: () => "x",
      resolve: () => {
        throw new Error("broken token");
      },
      creationStack: [],
    });
    expect(() => app.synth()).toThrow("broken token");
  });
});

describe("a body hash", () => {
  test("is the same in a HostStack and in a plain stack", () => {
    const app = testApp();
    const host = new HostStack(app, "same");
    const plain = new TerraformStack(testApp(), "same");
    service(host);
    service(plain);
    expect(hashOf(synth(plain).template.only(Container))).toBe(hashOf(synth(host).template.only(Container)));
    expect(hashOf(synth(host).template.only(Container))).toMatch(/^[0-9a-f]{16}$/);
  });

  test("sees what aspects and overrides change", () => {
    const plain = hashOf(synth(service(testStack()).resource.cdktfStack).template.only(Container));
    const overridden = service(testStack());
    overridden.resource.addOverride("healthcheck.interval", "5s");
    const stack = testStack();
    service(stack);
    class Faster implements IAspect {
      visit(node: IConstruct): void {
        if (node instanceof Container) {
          node.addOverride("healthcheck.interval", "5s");
        }
      }
    }
    Aspects.of(stack).add(new Faster());
    const app = stack.node.root as App;
    app.synth();
    const [body] = Object.values(
      (written(app, "stack").resource as { docker_container: Record<string, { readonly [key: string]: unknown }> })
        .docker_container,
    );
    const byOverride = hashOf(synth(overridden.resource.cdktfStack).template.only(Container));
    expect(byOverride).not.toBe(plain);
    expect(body && hashOf(body)).toBe(byOverride);
  });

  test("changes when an attribute is removed, and not with what the provider updates in place", () => {
    const host = (stack: HostStack) => new DockerHost(stack, "docker");
    const hash = (props: object) => {
      const stack = testStack();
      new DockerService(stack, "web", { host: host(stack), image: "nginx:1.27.5", ...props });
      return hashOf(synth(stack).template.only(Container));
    };
    expect(hash({ user: "app" })).not.toBe(hash({}));
    expect(hash({ command: ["a"] })).toBe(hash({ command: ["b"] }));
    expect(hash({ restart: "always" })).toBe(hash({ restart: "no" }));
  });
});

describe("claims over the whole app", () => {
  test("a port, a name and a subnet clash across stacks and hosts of one machine, and both sides say so", () => {
    const app = testApp();
    const one = new HostStack(app, "one");
    const two = new HostStack(app, "two");
    const rack = new Machine(one, "rack");
    const docker = new DockerHost(one, "docker", { machine: rack });
    const kvm = new KvmHost(two, "kvm", { machine: rack });
    new DockerService(one, "a1", { host: docker, image: "nginx:1.27.5", name: "web", ports: ["0.0.0.0:80:80"] });
    new DockerService(two, "b1", {
      host: docker,
      image: "nginx:1.27.5",
      name: "web",
      ports: ["127.0.0.1:80:8080", "127.0.0.1:81:81"],
    });
    new DockerNetwork(one, "net", { host: docker, subnet: "10.7.0.0/16" });
    new KvmNetwork(two, "lan", { host: kvm, subnet: "10.7.5.0/24" });
    const route = "(libvirt's and Docker's networks share the machine's routes; choose another subnet)";
    const port = "(0.0.0.0 takes the port on every address; choose another host port or address)";
    expect(problemsOf(() => app.synth())).toEqual([
      "[one/a1] 'name' must be a container name of its own on unix:///var/run/docker.sock, got \"web\", which two/b1 has (choose another name)",
      `[one/a1] 'ports' must be free on one/rack, got 0.0.0.0:80/tcp, which two/b1 has ${port}`,
      `[one/net] 'subnet' must not overlap another network of one/rack, got 10.7.0.0/16, which meets 10.7.5.0/24 of two/lan ${route}`,
      "[two/b1] 'name' must be a container name of its own on unix:///var/run/docker.sock, got \"web\", which one/a1 has (choose another name)",
      `[two/b1] 'ports' must be free on one/rack, got 127.0.0.1:80/tcp, which one/a1 has ${port}`,
      `[two/lan] 'subnet' must not overlap another network of one/rack, got 10.7.5.0/24, which meets 10.7.0.0/16 of one/net ${route}`,
    ]);
  });

  test("of many that claim the same a few are named", () => {
    const app = testApp();
    const stack = new HostStack(app, "one");
    const host = new DockerHost(stack, "docker");
    for (let index = 0; index < 30; index++) {
      new DockerService(stack, `s${index}`, { host, name: "web", image: "nginx:1.27.5" });
    }
    const [first = "", second = ""] = problemsOf(() => app.synth());
    expect(first).toBe(
      "[one/s0] 'name' must be a container name of its own on unix:///var/run/docker.sock, got \"web\", " +
        "which one/s1, one/s10, one/s11, one/s12, one/s13 and more have (choose another name)",
    );
    expect(second).toContain("[one/s1] ");
  });

  test("hosts of one address share their claims without a machine, hosts of two do not", () => {
    const app = testApp();
    const stack = new HostStack(app, "one");
    const make = (id: string, host: string) =>
      new DockerService(stack, id, {
        host: new DockerHost(stack, `${id}-host`, { host }),
        image: "nginx:1.27.5",
        ports: ["0.0.0.0:80:80"],
      });
    make("a1", "ssh://ops@rack1");
    make("b1", "ssh://rack1:22");
    make("c1", "ssh://rack2");
    expect(problemsOf(() => app.synth()).map((message) => message.slice(0, 60))).toEqual([
      "[one/a1] 'ports' must be free on the machine rack1, got 0.0.",
      "[one/b1] 'ports' must be free on the machine rack1, got 0.0.",
    ]);
  });

  test("one pool folder and one name is one pool's", () => {
    const app = testApp();
    const stack = new HostStack(app, "one");
    const host = new KvmHost(stack, "kvm");
    new StoragePool(stack, "a", { host, path: "/pools/x/" });
    new StoragePool(stack, "b", { host, path: "/pools/x", name: "a" });
    expect(problemsOf(() => app.synth())).toEqual([
      "[one/a] 'name' must be a storage pool name of its own on qemu:///system, got \"a\", which one/b has (choose another name, or use StoragePool.fromName for one of them)",
      "[one/a] 'path' must be a storage pool folder of its own on the machine localhost, got \"/pools/x\", which one/b has (choose another folder)",
      "[one/b] 'name' must be a storage pool name of its own on qemu:///system, got \"a\", which one/a has (choose another name, or use StoragePool.fromName for one of them)",
      "[one/b] 'path' must be a storage pool folder of its own on the machine localhost, got \"/pools/x\", which one/a has (choose another folder)",
    ]);
  });

  test("resources of one's own are held against those of other stacks", () => {
    const app = testApp();
    const one = new HostStack(app, "one");
    const two = new HostStack(app, "two");
    const docker = new DockerHost(one, "docker");
    new DockerService(one, "web", { host: docker, image: "nginx:1.27.5", ports: ["127.0.0.1:80:80"] });
    const provider = new DockerProvider(two, "docker", {
      version: "4.5.0",
      host: "unix:///var/run/docker.sock",
      context: "",
    });
    new Container(two, "own", {
      provider,
      name: "web",
      image: "nginx:1",
      destroyGraceSeconds: 10,
      ports: [{ internal: 80, external: 80 }],
    });
    expect(problemsOf(() => app.synth())).toEqual([
      "[two/own] 'name' must be a name of its own on the engine, got \"web\", which docker_container.one/web_08B6E5F3 has (choose another) [docker/container/name-taken]",
      "[two/own] 'ports.0.external' must be a port that no other container publishes, got 80/tcp, which docker_container.one/web_08B6E5F3 has [docker/container/port-taken]",
    ]);
  });

  test("one class of stacks, made twice for one machine, shares nothing but its ids", () => {
    const app = testApp();
    for (const [name, net] of [
      ["staging", 77],
      ["prod", 78],
    ] as const) {
      const stack = new HostStack(app, name);
      const host = new KvmHost(stack, "kvm");
      const pool = new StoragePool(stack, "pool", { host, name: `${name}-pool`, path: `/srv/${name}` });
      const lan = new KvmNetwork(stack, "lan", { host, name: `${name}-lan`, subnet: `10.${net}.0.0/24` });
      new KvmGuest(stack, "db", {
        host,
        pool,
        name: `${name}-db`,
        image: GuestImage.fromVolume("/golden.qcow2"),
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(10),
        networks: [lan],
        dataDisks: [{ name: "data", size: Size.gibibytes(5) }],
        users: [{ name: "ops", sshKeys: [KEY] }],
      });
    }
    expect(() => app.synth()).not.toThrow();
    const guests = ["staging", "prod"].map((name) => {
      const { resource } = written(app, name) as { resource: { libvirt_domain: Record<string, { name: string }> } };
      return Object.values(resource.libvirt_domain).map((domain) => domain.name);
    });
    expect(guests).toEqual([["staging-db"], ["prod-db"]]);
  });
});
