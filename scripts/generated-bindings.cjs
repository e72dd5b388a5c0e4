/**
 * Runs in a process of its own: makes bindings with the ecosystem's generator from a schema, renders one resource of
 * each type with the configuration given, and writes the JSON, and the milliseconds that one libvirt domain takes.
 *
 *   node generated-bindings.cjs INPUT OUTPUT
 */
const fs = require("node:fs");
const path = require("node:path");
process.env.CHECKPOINT_DISABLE = "1";
const { TerraformProviderGenerator } = require("@cdktf/provider-generator/lib/get/generator/provider-generator");
const { CodeMaker } = require("codemaker");
const { ConstructsMakerProviderTarget, TerraformProviderConstraint } = require("@cdktf/commons");
const swc = require("@swc/core");
const { App, TerraformStack } = require("cdktf");

async function main(input, output) {
  const { schema, source, version, samples, folder } = JSON.parse(fs.readFileSync(input, "utf8"));
  const maker = new CodeMaker();
  const generator = new TerraformProviderGenerator(maker, schema);
  generator.generate(new ConstructsMakerProviderTarget(new TerraformProviderConstraint(`${source}@${version}`), "typescript"));
  await maker.save(folder);
  compile(folder);
  const provider = source.split("/")[1];
  const stack = new TerraformStack(new App({ outdir: path.join(folder, "out") }), "stack");
  const rendered = {};
  let domainMilliseconds = 0;
  for (const { address, config } of samples) {
    const data = address.startsWith("data.");
    const type = address.replace("data.", "");
    const name = (data ? `data-${type}` : type.slice(provider.length + 1)).replaceAll("_", "-");
    const module = require(path.join(folder, "providers", provider, name, "index.js"));
    const Resource = Object.values(module).find((one) => one.tfResourceType === type);
    const make = () => new Resource(stack, `sample-${stack.node.children.length}`, config);
    rendered[address] = bodyOf(make().toTerraform());
    if (type === "libvirt_domain") {
      domainMilliseconds = median(make);
    }
  }
  fs.writeFileSync(output, JSON.stringify({ rendered, domainMilliseconds }));
}

function bodyOf(rendered) {
  const [group] = Object.values(rendered.resource ?? rendered.data);
  const [{ "//": _notes, ...body }] = Object.values(group);
  return body;
}

function median(make) {
  const runs = Array.from({ length: 7 }, () => {
    const start = process.hrtime.bigint();
    make();
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return runs.sort((a, b) => a - b)[3];
}

function compile(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      compile(full);
    } else if (full.endsWith(".ts")) {
      const options = { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } };
      fs.writeFileSync(full.replace(/\.ts$/, ".js"), swc.transformSync(fs.readFileSync(full, "utf8"), options).code);
    }
  }
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
