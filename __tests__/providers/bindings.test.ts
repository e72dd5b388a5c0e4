import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as published from "@cdktf/provider-docker";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { compactSchema, printSchema } from "../../lib/providers/compact-schema";
import * as docker from "../../lib/providers/docker";
import * as libvirt from "../../lib/providers/libvirt";
import type { CompactSchema } from "../../lib/providers/schema-types";
import * as tls from "../../lib/providers/tls";
import { generateBindings } from "../../scripts/bindings";
import { expandSchema } from "../../scripts/expand-schema";
import { sampleConfig } from "../support/sample-config";

const ROOT = path.join(__dirname, "..", "..");
const SCHEMAS = path.join(ROOT, "lib", "providers", "schema");
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(SCHEMAS, `${name}.json`), "utf8")) as CompactSchema;

interface ResourceClass {
  new (scope: Construct, id: string, config: never): { toTerraform(): { resource?: Json; data?: Json } };
  readonly tfResourceType?: string;
}
type Json = { [key: string]: unknown };

const MODULES: Readonly<Record<string, Json>> = { docker, libvirt, tls };

function lean(provider: string, address: string, config: Json): unknown {
  const data = address.startsWith("data.");
  const type = address.replace("data.", "");
  const classes = Object.entries(MODULES[provider] ?? {}) as [string, ResourceClass][];
  const [, Resource] =
    classes.find(([name, one]) => one.tfResourceType === type && name.startsWith("Data") === data) ?? [];
  if (!Resource) {
    throw new Error(`no class for ${address}`);
  }
  const stack = new TerraformStack(new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), "berth-")) }), "stack");
  return body(new Resource(stack, "sample", config as never).toTerraform());
}

function body(rendered: { resource?: Json; data?: Json }): unknown {
  const [group] = Object.values(rendered.resource ?? rendered.data ?? {}) as Record<string, Json>[];
  const [{ "//": _notes, ...rest } = {}] = Object.values(group ?? {});
  return JSON.parse(JSON.stringify(rest));
}

/** The generator gives other names to what it takes for reserved, and raises the letter after a digit. */
function asGenerated(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asGenerated);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      /^(build|node|system)$/.test(key) ? `${key}Attribute` : key.replace(/\d[a-z]/g, (two) => two.toUpperCase()),
      asGenerated(inner),
    ]),
  );
}

function samplesOf(schema: CompactSchema): { address: string; config: Json }[] {
  const all = (prefix: string, types: Readonly<Record<string, number>>) =>
    Object.entries(types).map(([type, shape]) => ({
      address: `${prefix}${type}`,
      config: sampleConfig(schema, shape),
    }));
  return [...all("", schema.resources), ...all("data.", schema.dataSources)];
}

describe.each([["libvirt-0.9.7"], ["docker-3.9.0"], ["docker-4.5.0"], ["tls-4.2.1"]])(
  "the compact schema %s",
  (name) => {
    const schema = read(name);

    test("loses nothing of what terraform printed", () => {
      expect(compactSchema(expandSchema(schema), schema.source)).toEqual(schema);
      expect(printSchema(schema)).toBe(fs.readFileSync(path.join(SCHEMAS, `${name}.json`), "utf8"));
    });

    test("gives bindings whose JSON is the ecosystem generator's, for every resource and data source", () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-bindings-"));
      const samples = samplesOf(schema);
      const input = path.join(folder, "input.json");
      const output = path.join(folder, "output.json");
      const forGenerator = samples.map(({ address, config }) => ({ address, config: asGenerated(config) }));
      fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
      fs.writeFileSync(
        input,
        JSON.stringify({
          schema: expandSchema(schema),
          source: schema.source,
          version: schema.version,
          samples: forGenerator,
          folder: path.join(folder, "out"),
        }),
      );
      execFileSync(process.execPath, [path.join(ROOT, "scripts", "generated-bindings.cjs"), input, output], {
        stdio: "pipe",
      });
      const { rendered } = JSON.parse(fs.readFileSync(output, "utf8")) as { rendered: Json };
      fs.rmSync(folder, { recursive: true });
      const provider = schema.source.split("/")[1] ?? "";
      const ours = Object.fromEntries(samples.map(({ address, config }) => [address, lean(provider, address, config)]));
      expect(Object.keys(rendered).length).toBe(samples.length);
      expect(ours).toEqual(rendered);
    }, 60_000);
  },
);

test("the committed bindings are what the script makes from the committed schemas", () => {
  for (const [name, versions] of Object.entries({ libvirt: ["0.9.7"], docker: ["3.9.0", "4.5.0"], tls: ["4.2.1"] })) {
    const files = generateBindings(
      name,
      versions.map((version) => read(`${name}-${version}`)),
    );
    const folder = path.join(ROOT, "lib", "providers", name);
    expect(fs.readdirSync(folder).sort()).toEqual(files.map((file) => file.name).sort());
    for (const file of files) {
      expect(fs.readFileSync(path.join(folder, file.name), "utf8")).toBe(file.text);
    }
  }
});

test("the libvirt bindings stay below 150 KiB of source", () => {
  const folder = path.join(ROOT, "lib", "providers", "libvirt");
  const bytes = fs.readdirSync(folder).reduce((sum, file) => sum + fs.statSync(path.join(folder, file)).size, 0);
  expect(bytes).toBeLessThan(150 * 1024);
});

test("a container renders as the published docker bindings render it", () => {
  const config = {
    name: "web",
    image: "nginx",
    restart: "always",
    env: ["A=b"],
    memory: 64,
    memorySwap: 128,
    ports: [{ internal: 80, external: 8080, ip: "127.0.0.1", protocol: "tcp" }],
    labels: [{ label: "a", value: "b" }],
    healthcheck: { test: ["CMD", "true"], interval: "2s", retries: 3 },
    volumes: [{ volumeName: "data", containerPath: "/data", readOnly: true }],
    networksAdvanced: [{ name: "n", aliases: ["web"], ipv4Address: "10.0.0.2" }],
    logOpts: { "max-size": "10m", maxFile: "3" },
  };
  const stack = new TerraformStack(new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), "berth-")) }), "stack");
  const theirs = new published.container.Container(stack, "theirs", config);
  expect(lean("docker", "docker_container", config)).toEqual(body(theirs.toTerraform()));
});
