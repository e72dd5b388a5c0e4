import {
  ContainersInsideVm,
  DockerNetwork,
  DockerService,
  DockerVolume,
  GuestImage,
  HostStack,
  KvmHost,
  KvmNetwork,
  Size,
  StoragePool,
} from "../../lib/index";
import { renderEngineScript } from "../../lib/patterns/engine-setup";
import { Container, Image, Network, Volume } from "../../lib/providers/docker";
import { Domain } from "../../lib/providers/libvirt";
import { TerraformData } from "../../lib/providers/terraform/terraform-data";
import { synth } from "../../lib/testing";
import { testApp } from "../support/app";
import { insideWorld, KEY } from "../support/inside-world";
import { problemsOf } from "../support/messages";
import { SSH_KEYS } from "../support/prop-world";

test("everything inside is made when the guest is ready, and anew exactly when the engine's disk is", () => {
  const { stack, apps } = insideWorld();
  const net = new DockerNetwork(stack, "net", { host: apps, subnet: "172.30.0.0/24" });
  new DockerVolume(stack, "data", { host: apps, onDestroy: "delete" });
  new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5", networks: [net] });
  const { template } = synth(stack);
  const ready = expect.arrayContaining([expect.stringMatching(/^terraform_data\.apps_Readiness_/)]) as unknown;
  const disk = [expect.stringMatching(/^libvirt_volume\.apps_Guest_disk-engine_\w+\.id$/)] as unknown;
  for (const type of [Image, Network, Volume, Container]) {
    expect(template.only(type)).toMatchObject({
      provider: "docker.apps",
      depends_on: ready,
      lifecycle: { replace_triggered_by: disk },
    });
  }
  expect(template.byPath("st/apps/Readiness")).toMatchObject({
    triggers_replace: [expect.stringMatching(/^\$\{libvirt_domain\.apps_Guest_\w+\.uuid\}$/)],
  });
});

test("the engine is reached by its address, with material that only Terraform knows", () => {
  const { stack, apps } = insideWorld();
  new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5" });
  const { template } = synth(stack);
  const [provider] = (template.json.provider as { docker: object[] }).docker;
  expect(provider).toEqual({
    alias: "apps",
    host: "tcp://10.1.0.20:2376",
    context: "",
    cert_path: "",
    ca_material: expect.stringMatching(/^\$\{tls_self_signed_cert\.\w+\.cert_pem\}$/) as unknown,
    cert_material: expect.stringMatching(/^\$\{tls_locally_signed_cert\.\w+\.cert_pem\}$/) as unknown,
    key_material: expect.stringMatching(/^\$\{tls_private_key\.\w+\.private_key_pem\}$/) as unknown,
  });
  expect(JSON.stringify(template.json)).not.toMatch(/PRIVATE KEY/);
  const disks = (
    template.only(Domain).devices as { disks: { serial?: string; target: { dev: string }; read_only?: boolean }[] }
  ).disks;
  expect(disks.map(({ serial, target, read_only }) => [target.dev, serial, read_only])).toEqual([
    ["vda", undefined, undefined],
    ["vdb", undefined, true],
    ["vdc", "engine", undefined],
    ["vdaa", "berth-keys", true],
  ]);
});

test("an engine behind ssh is reached with its host key pinned, and has no certificates", () => {
  const transport = { user: "ops", identityFile: "/home/ops/.ssh/id" };
  const { stack, apps } = insideWorld("st", testApp(), { transport, keys: SSH_KEYS });
  new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5", ports: ["0.0.0.0:2376:80"] });
  const { template } = synth(stack);
  const [provider] = (template.json.provider as { docker: { ssh_opts: string[] }[] }).docker;
  const options = provider?.ssh_opts.filter((word) => word !== "-o");
  expect(provider).toMatchObject({ alias: "apps", host: "ssh://ops@10.1.0.20", context: "", cert_path: "" });
  expect(options).toEqual([
    "-i",
    "/home/ops/.ssh/id",
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "UserKnownHostsFile=/dev/null",
    "GlobalKnownHostsFile=/dev/null",
    `KnownHostsCommand=/bin/echo 10.1.0.20 ${SSH_KEYS.hostPublicKey}`,
    "ControlPath=none",
    "ConnectTimeout=30",
    "ServerAliveInterval=5",
    "ServerAliveCountMax=3",
    "IdentitiesOnly=yes",
  ]);
  expect(Object.keys(template.json.resource as object).filter((type) => type.startsWith("tls_"))).toEqual([]);
  const script = renderEngineScript({}, { ownDisk: true, tls: false });
  expect(script).toContain('[ "$count" -eq 2 ]');
  expect(script).not.toContain("DOCKER_OPTS");
});

test("how to reach the guest and its engine, for users that may", () => {
  const users = [
    { name: "ops", sshKeys: [KEY], groups: ["docker"] },
    { name: "dev", sshKeys: [KEY] },
  ];
  const { app, apps } = insideWorld("st", testApp(), { users });
  expect([apps.sshCommand("dev"), apps.dockerHostLine("ops")]).toEqual([
    "ssh dev@10.1.0.20",
    "DOCKER_HOST=ssh://ops@10.1.0.20",
  ]);
  apps.sshCommand("root");
  apps.dockerHostLine("dev");
  expect(problemsOf(() => app.synth())).toEqual([
    `[st/apps] 'sshCommand' must name one of the guest's 'users', got "root" (there is ops, dev)`,
    `[st/apps] 'dockerHostLine' must name one of the guest's 'users' in the group docker, got "dev" (there is ops)`,
  ]);
});

test("the key bundle is written, uploaded and removed, in this order", () => {
  const { stack } = insideWorld();
  const { template } = synth(stack);
  const write = template.byPath("st/apps/KeyDisk/Write");
  const remove = template.byPath("st/apps/KeyDisk/Remove");
  const volume = template.byPath("st/apps/KeyDisk");
  expect(write.triggers_replace).toEqual([expect.stringMatching(/^\$\{nonsensitive\(sha256\(local\.\w+\)\)\}$/)]);
  expect(volume).toMatchObject({
    name: "apps-keys.raw",
    create: { content: { url: "${path.module}/.berth-keys-apps" } },
    depends_on: [expect.stringMatching(/^terraform_data\.apps_KeyDisk_Write_/)],
  });
  expect(remove.triggers_replace).toEqual([
    expect.stringMatching(/^\$\{libvirt_volume\./),
    expect.stringMatching(/^\$\{terraform_data\./),
  ]);
  expect(template.all(TerraformData).length).toBeGreaterThan(4);
});

test("with the engine on the root disk, what is inside follows that one", () => {
  const { stack, apps } = insideWorld("st", testApp(), { engineDisk: "root" });
  new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5" });
  const { lifecycle } = synth(stack).template.only(Container) as { lifecycle: { replace_triggered_by: string[] } };
  expect(lifecycle.replace_triggered_by).toEqual([expect.stringMatching(/^libvirt_volume\.apps_Guest_Root_\w+\.id$/)]);
});

test("ports and names inside are the guest's own, but its network's addresses are not", () => {
  const { app, stack, apps } = insideWorld();
  const outside = new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5", ports: ["0.0.0.0:80:80"] });
  new DockerNetwork(stack, "net", { host: apps, subnet: "10.1.0.0/25" });
  expect(problemsOf(() => app.synth())).toEqual([
    "[st/apps] 'subnet' must not overlap another network of st/apps, got 10.1.0.0/24, which meets 10.1.0.0/25 of st/net (libvirt's and Docker's networks share the machine's routes; choose another subnet)",
    "[st/net] 'subnet' must not overlap another network of st/apps, got 10.1.0.0/25, which meets 10.1.0.0/24 of st/apps (libvirt's and Docker's networks share the machine's routes; choose another subnet)",
  ]);
  expect(outside.name).toBe("web");
});

test("a service of another stack is refused, since its key would become an output", () => {
  const { app, apps } = insideWorld("one");
  const other = new HostStack(app, "two");
  expect(() => new DockerService(other, "web", { host: apps, image: "nginx:1.27.5" })).toThrow(
    new Error(
      "[two/image-nginx-ae8401] 'host' must be a guest of the same stack, got one/apps (another stack would need the engine's key as an output; put the service into the guest's stack)",
    ),
  );
});

test("the engine's proxies become its environment", () => {
  const script = renderEngineScript(
    { proxies: { httpProxy: "http://proxy.example:3128", noProxy: [".example", "10.0.0.0/8"] } },
    { ownDisk: true, tls: true },
  );
  expect(/DOCKER_OPTS=.*\n([\s\S]*?)END/.exec(script)?.[1]).toBe(
    'HTTP_PROXY="http://proxy.example:3128"\nNO_PROXY=".example,10.0.0.0/8"\n',
  );
});

test("settings that an engine does not start with are refused, all at once", () => {
  const { app } = insideWorld("st", testApp(), {
    engine: {
      registryMirrors: ["https://mirror.example:5000", "http://mirror.example/path", "mirror.example:5000"],
      addressPools: [
        { base: "10.1.0.0/16", size: 24 },
        { base: "10.210.0.0/16", size: 8 },
        { base: "x", size: 24 },
      ],
      runtimes: { runc: { path: "/usr/bin/runc" } },
      proxies: { httpProxy: "http://ops:secret@proxy.example", noProxy: ["a,b"] },
    },
  });
  const origin = "the engine does not start with a path, a query, a user or another scheme";
  const seed = "it stands in the seed, so a proxy that wants a password cannot be given here";
  expect(problemsOf(() => app.synth())).toEqual([
    `[st/apps] 'engine.registryMirrors[1]' must be http(s)://host[:port], got "http://mirror.example/path" (${origin})`,
    `[st/apps] 'engine.registryMirrors[2]' must be http(s)://host[:port], got "mirror.example:5000" (${origin})`,
    `[st/apps] 'engine.addressPools[0].base' must not meet 10.1.0.0/24, a network of the guest, got "10.1.0.0/16" (choose another range)`,
    `[st/apps] 'engine.addressPools[1].size' must be a prefix length of 16 to 30, got 8`,
    `[st/apps] 'engine.addressPools[2].base' must be an IPv4 subnet such as 10.77.0.0/24 with a prefix of 1 to 30, got "x"`,
    `[st/apps] 'engine.runtimes' must leave runc to the engine, got "runc" (choose another name)`,
    `[st/apps] 'engine.proxies.httpProxy' must be http(s)://host[:port], got "http://…@proxy.example" (${seed})`,
    `[st/apps] 'engine.proxies.noProxy[0]' must be one name, domain, address or subnet, got "a,b"`,
  ]);
});

test("two guests of one name in one stack are refused, on whatever host", () => {
  const { app, stack, apps } = insideWorld();
  const host = new KvmHost(stack, "kvm2", { uri: "qemu+sshcmd://rack2/system" });
  const lan = new KvmNetwork(stack, "lan2", { host, subnet: "10.2.0.0/24" });
  new ContainersInsideVm(stack, "other", {
    host,
    name: "apps",
    pool: new StoragePool(stack, "pool2", { host, path: "/pools/a" }),
    image: GuestImage.fromVolume("/golden.qcow2"),
    memory: Size.gibibytes(1),
    vcpus: 1,
    rootDisk: Size.gibibytes(10),
    networks: [lan],
    users: [{ name: "ops", sshKeys: [KEY] }],
  });
  const fix = "guests of one stack that carry containers need names of their own, on whatever host";
  expect(apps.name).toBe("apps");
  expect(problemsOf(() => app.synth())).toEqual([
    `[st/apps/KeyDisk] 'name' must be a file with keys of its own on st, got "apps", which st/other/KeyDisk has (${fix})`,
    `[st/other/KeyDisk] 'name' must be a file with keys of its own on st, got "apps", which st/apps/KeyDisk has (${fix})`,
  ]);
});

test("two guests of one apply share no file on the machine of Terraform", () => {
  const { stack, apps } = insideWorld();
  const more = { host: apps.host, pool: apps.guest.pool, memory: Size.gibibytes(1), vcpus: 1 };
  const lan = stack.node.findChild("lan") as KvmNetwork;
  new ContainersInsideVm(stack, "more", {
    ...more,
    image: GuestImage.fromVolume("/golden.qcow2"),
    rootDisk: Size.gibibytes(10),
    networks: [lan],
    users: [{ name: "ops", sshKeys: [KEY] }],
  });
  const { template } = synth(stack);
  const files = ["apps", "more"].map((guest) => {
    const { provisioner } = template.byPath(`st/${guest}/KeyDisk/Write`) as {
      provisioner: { "local-exec": { environment: { BERTH_FILE: string }; command: string } }[];
    };
    const [{ "local-exec": exec } = { "local-exec": undefined }] = provisioner;
    expect(exec?.command).not.toContain("dir");
    return exec?.environment.BERTH_FILE;
  });
  expect(files).toEqual(["${path.module}/.berth-keys-apps", "${path.module}/.berth-keys-more"]);
});
