import * as fs from "node:fs";
import * as path from "node:path";
import { type App, TerraformVariable } from "cdktf";
import { type GuestKeys, HostStack } from "../../../lib/index";
import type { Asking, Case, World } from "../case";
import { changed, equal, noPrivateKey, noPrivateKeyBelow, page, same } from "../checks";
import { ADDRESS, addEngineGuest, SUPPLIES } from "../engine-guest";
import { GuestSupplies } from "../registry";
import { run } from "../shell";

const NAMES = [
  "hostKey",
  "hostPublicKey",
  "loginKey",
  "loginPublicKey",
  "ca",
  "serverCertificate",
  "serverKey",
  "clientCertificate",
  "clientKey",
] as const satisfies readonly (keyof GuestKeys)[];
let supplies: GuestSupplies | undefined;

class OwnKeys extends HostStack {
  constructor(app: App, world: World) {
    super(app, "own-keys");
    const keys = Object.fromEntries(
      NAMES.map((name) => [
        name,
        new TerraformVariable(this, name, { type: "string", sensitive: name.endsWith("Key") && !/Public/.test(name) })
          .stringValue,
      ]),
    ) as unknown as GuestKeys;
    const registryMirrors = [`http://${SUPPLIES.host}:${SUPPLIES.port}`];
    addEngineGuest(this, world, "e2e-keys", { engine: { registryMirrors }, keys });
  }
}

const EC_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** Makes keys as a user would, and gives them to Terraform as the variables of the stack. */
function makeKeys(folder: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of ["host", "login"]) {
    must(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name);
  }
  const years = ["-days", "3650"];
  must(
    folder,
    "openssl",
    "req",
    "-x509",
    ...EC_KEY,
    ...years,
    "-subj",
    "/CN=team",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
  );
  sign(folder, "server", `subjectAltName=IP:${ADDRESS}\nextendedKeyUsage=serverAuth\n`);
  sign(folder, "client", "extendedKeyUsage=clientAuth\n");
  hand(folder);
}

function sign(folder: string, name: string, extensions: string): void {
  fs.writeFileSync(path.join(folder, `${name}.ext`), extensions);
  must(folder, "openssl", "req", ...EC_KEY, "-subj", `/CN=${name}`, "-keyout", `${name}.key`, "-out", `${name}.csr`);
  const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650"];
  must(
    folder,
    "openssl",
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    ...by,
    "-extfile",
    `${name}.ext`,
    "-out",
    `${name}.pem`,
  );
}

function hand(folder: string): void {
  const read = (file: string) => fs.readFileSync(path.join(folder, file), "utf8");
  const files: GuestKeys = {
    hostKey: read("host"),
    hostPublicKey: read("host.pub").trim(),
    loginKey: read("login"),
    loginPublicKey: read("login.pub").trim(),
    ca: read("ca.pem"),
    serverCertificate: read("server.pem"),
    serverKey: read("server.key"),
    clientCertificate: read("client.pem"),
    clientKey: read("client.key"),
  };
  for (const name of NAMES) {
    process.env[`TF_VAR_${name}`] = files[name];
  }
}

function must(cwd: string, command: string, ...args: string[]): void {
  const { code, out } = run(command, args, { cwd });
  if (code !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed (exit ${code})\n${out}`);
  }
}

async function alive(ask: Asking): Promise<void> {
  equal("the page", await page(`http://${ADDRESS}:8080/`), "berth\n");
  // The state as well: that is what keys of one's own are for.
  noPrivateKeyBelow(ask.folder);
  noPrivateKey("the output", ask.applied);
}

const keysOf = (world: World) => path.join(world.scratch, "own-keys.files");

/** Keys that the user brings: nothing is made by the tls provider, and the client's pair changes like any variable. */
export const ownKeys: Case = {
  name: "keys of your own",
  needs: ["kvm"],
  alsoNeeds: ["docker"],
  line: "4",
  full: true,
  environment: () => ({}),
  build: (app, _environment, world) => new OwnKeys(app, world),
  guests: [],
  around: {
    before: (world) => {
      fs.rmSync(keysOf(world), { recursive: true, force: true });
      makeKeys(keysOf(world));
      supplies = new GuestSupplies(world.fixtures, SUPPLIES.host, SUPPLIES.port);
    },
    after: (world) => {
      supplies?.close();
      fs.rmSync(keysOf(world), { recursive: true, force: true });
      for (const name of NAMES) {
        delete process.env[`TF_VAR_${name}`];
      }
    },
  },
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        await alive(ask);
        same(ask, "uuid", ask.virsh("domuuid", "e2e-apps"));
      },
    },
    {
      name: "client's pair changed",
      before: ({ world }) => {
        sign(keysOf(world), "client", "extendedKeyUsage=clientAuth\n");
        hand(keysOf(world));
      },
      check: async (ask) => {
        await alive(ask);
        same(ask, "uuid", ask.virsh("domuuid", "e2e-apps"));
      },
    },
    {
      name: "server's pair changed",
      before: ({ world }) => {
        sign(keysOf(world), "server", `subjectAltName=IP:${ADDRESS}\nextendedKeyUsage=serverAuth\n`);
        hand(keysOf(world));
      },
      check: async (ask) => {
        await alive(ask);
        changed(ask, "uuid", ask.virsh("domuuid", "e2e-apps"));
      },
    },
  ],
};
