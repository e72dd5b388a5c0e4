import { Fn } from "cdktf";
import { DockerService, type DockerServiceProps, Duration, FileSource, GuestImage, Size } from "../../lib/index";
import { testApp } from "../support/app";
import { insideWorld, KEY } from "../support/inside-world";
import { problemsOf } from "../support/messages";
import { OWN_KEYS } from "../support/prop-world";

function say(props: object, service: Partial<DockerServiceProps> = {}): string[] {
  const { app, stack, apps } = insideWorld("st", testApp(), props);
  new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5", ...service });
  return problemsOf(() => app.synth());
}

test("a guest that cannot carry containers is refused, all at once", () => {
  const problems = say({
    running: false,
    serialConsole: true,
    users: [{ name: "berth", sshKeys: [KEY] }],
    dataDisks: [{ name: "engine", size: Size.gibibytes(1) }],
    readyTimeout: Duration.milliseconds(1500),
  });
  expect(problems.filter((line) => line.startsWith("[st/apps] "))).toEqual([
    "[st/apps] 'serialConsole' must be left to berth, got one (berth reads the guest's console from its file)",
    "[st/apps] 'running' must be true, got false (an engine that is off carries nothing)",
    `[st/apps] 'users[0].name' must leave this account to berth, got "berth" (choose another)`,
    `[st/apps] 'dataDisks[0].name' must leave this disk to the engine, got "engine" (choose another)`,
    "[st/apps] 'readyTimeout' must be whole seconds from 1, got 1.5s",
  ]);
  expect(say({ userData: "#cloud-config\n" })).toEqual([
    "[st/apps] 'userData' must be left to berth, got one (berth installs the engine by it; use 'firstBootScript', 'files' and 'packages')",
  ]);
});

test("a guest without a network carries nothing", () => {
  expect(() => say({ networks: [] })).toThrow(
    new TypeError(
      "[st/apps] 'networks' must name at least one network, got none (the engine is reached over the first)",
    ),
  );
});

test("the engine's folder and its logs are checked like a container's", () => {
  const size = Size.gibibytes(1);
  expect(
    say({
      dataDisks: [{ name: "data", size, mountPoint: "/var/lib/docker/volumes" }],
      engine: { logDriver: "json", logOptions: { "max-size": "10 MB each" } },
    }),
  ).toEqual([
    `[st/apps] 'dataDisks[0].mountPoint' must leave this folder to the engine, got "/var/lib/docker/volumes" (its data have a disk of their own, 'engineDisk')`,
    `[st/apps] 'engine.logDriver' must be a driver that there is, got "json" (did you mean "json-file"?)`,
    `[st/apps] 'engine.logOptions.max-size' must be a size such as 10m, got "10 MB each"`,
  ]);
});

test("an engine behind ssh needs a user, and keys that are known before", () => {
  const own = { hostKey: OWN_KEYS.hostKey, loginKey: OWN_KEYS.loginKey, loginPublicKey: OWN_KEYS.loginPublicKey };
  expect(
    say({
      transport: { user: "root", identityFile: "/my keys/id" },
      keys: { ...own, hostPublicKey: `ssh-rsa ${"A".repeat(68)} comment`, ca: "pem" },
    }),
  ).toEqual([
    `[st/apps] 'transport.user' must name one of the guest's 'users', got "root" (there is ops)`,
    `[st/apps] 'transport.identityFile' must name a file without spaces, got "/my keys/id"`,
    "[st/apps] 'keys.ca' must be left out for an engine behind ssh, got one (it listens to nobody else)",
    `[st/apps] 'keys.hostPublicKey' must be "ssh-ed25519" and the key for an engine behind ssh, got "ssh-rsa ${"A".repeat(68)} comment"`,
  ]);
  expect(say({ transport: { user: "ops" } })).toEqual([
    "[st/apps] 'keys' must be set for an engine behind ssh, got nothing (the provider takes no host key that is known after the apply only, as a generated one is)",
  ]);
  expect(say({ transport: { user: "ops" }, keys: { ...own, hostPublicKey: Fn.trimspace(OWN_KEYS.hostKey) } })).toEqual([
    "[st/apps] 'keys.hostPublicKey' must be a literal known at synth, got a token (berth checks and names things by it before Terraform runs)",
  ]);
});

test("a private key that stands in the code is refused", () => {
  const fix = "it would stand in the JSON; give a TerraformVariable with sensitive: true";
  expect(say({ keys: { ...OWN_KEYS, hostKey: "-----BEGIN", clientKey: "-----BEGIN" }, rotateOn: "2" })).toEqual([
    `[st/apps] 'rotateOn' must be left out with 'keys' of your own, got "2" (change the keys instead)`,
    `[st/apps] 'keys.hostKey' must be a reference to a sensitive value, got a literal (${fix})`,
    `[st/apps] 'keys.clientKey' must be a reference to a sensitive value, got a literal (${fix})`,
  ]);
  const { serverKey: _key, ...open } = OWN_KEYS;
  expect(say({ keys: open })).toEqual(["[st/apps] 'keys.serverKey' must be a text, got nothing"]);
  const { loginKey: _, ...incomplete } = OWN_KEYS;
  expect(say({ keys: incomplete })).toEqual(["[st/apps] 'keys.loginKey' must be a text, got nothing"]);
});

test("what the guest has not got is refused to a service", () => {
  expect(say({}, { ports: ["22:22", "0.0.0.0:2376:80", "10.1.0.99:80:81"], cpus: 2.5, runtime: "runsc" })).toEqual([
    "[st/web] 'ports' must leave port 22 of the guest to the guest's ssh, got 22/tcp (choose another host port)",
    "[st/web] 'ports' must leave port 2376 of the guest to the engine itself, got 2376/tcp (choose another host port)",
    `[st/web] 'ports' must be published on an address of the guest, 10.1.0.20, got "10.1.0.99" (0.0.0.0 stands for all it has)`,
    "[st/web] 'cpus' must be at most the guest's 2 vcpus, got 2.5 (the engine refuses more than there are; give the guest more)",
    `[st/web] 'runtime' must be one of the guest's: runc, got "runsc" (name it in 'engine.runtimes' of the guest)`,
  ]);
});

test("what the guest has is given", () => {
  const engine = { runtimes: { runsc: { path: "/usr/bin/runsc" } } };
  const ports = ["10.1.0.20:80:80", "127.0.0.1:81:81", "22:22/udp"];
  expect(() => say({ engine }, { ports, cpus: 2, runtime: "runsc" })).toThrow("expected problems, got none");
});

test("files of berth's own, and addresses that the guest does not have", () => {
  const path = "/etc/docker/daemon.json";
  expect(say({ files: [{ path, content: "{}" }] })).toEqual([
    `[st/apps] 'files[0].path' must leave this file to berth, got "${path}" ('engine' has the settings that it holds)`,
  ]);
  expect(say({}, { ports: ["192.168.1.5:8080:80"] })).toEqual([
    `[st/web] 'ports' must be published on an address of the guest, 10.1.0.20, got "192.168.1.5" (0.0.0.0 stands for all it has)`,
  ]);
  const { app, stack, apps } = insideWorld();
  const ports = ["10.1.0.20:8080:80", "127.0.0.1:8081:81", "0.0.0.0:8082:82"];
  new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5", ports });
  expect(() => app.synth()).not.toThrow();
});

test("a medium to install from is no ground for an engine, and that is all that is said", () => {
  const image = GuestImage.installIso(FileSource.fromUrl("https://images.example/a.iso", { sha256: "0".repeat(64) }));
  expect(say({ image })).toEqual([
    "[st/apps] 'image' must be a disk image with a system, got an installation medium (berth installs the engine at the first boot of a system that is there)",
  ]);
});
