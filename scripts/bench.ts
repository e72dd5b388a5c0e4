/**
 * What the checks cost: `npm run bench`. Ratios of times taken in one run, so that they hold on any machine.
 *
 * A stack of 10,000 resources, services and what they need, is synthesized as `app.synth()` does it; the share of the schema
 * check, of what Terraform itself asks, of the search for cycles and of the provider rules is what the same functions take on the finished JSON.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { DockerHost, DockerNetwork, DockerService, HostStack, LOCK_FILE_CONTEXT } from "../lib/index";
import { checkDocument, checkRules, RULES } from "../lib/rules/check";
import { findCycles } from "../lib/rules/cycles";
import { Document, type Json } from "../lib/rules/document";
import { checkSchemas } from "../lib/rules/schema-check";
import { checkTerraform } from "../lib/rules/terraform-check";

const NETWORKS = 100;
const SERVICES_OF_EACH = 98;

function build(folder: string): App {
  const app = new App({
    outdir: path.join(folder, "cdktf.out"),
    context: { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") },
  });
  const stack = new HostStack(app, "bench");
  const host = new DockerHost(stack, "docker");
  for (let one = 0; one < NETWORKS; one++) {
    const network = new DockerNetwork(stack, `net-${one}`, { host, subnet: `10.${one}.0.0/20` });
    for (let other = 0; other < SERVICES_OF_EACH; other++) {
      new DockerService(stack, `app-${one}-${other}`, {
        host,
        image: `registry.example/app-${one}:1.${other % 2}`,
        networks: [network],
        environment: { PORT: "8080", LOG_LEVEL: "info" },
      });
    }
  }
  return app;
}

function seconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function main(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-bench-"));
  const synths: number[] = [];
  const checks: Record<string, number[]> = { schemas: [], terraform: [], cycles: [], rules: [], together: [] };
  let count = 0;
  for (let round = 0; round < 5; round++) {
    synths.push(seconds(() => build(folder).synth()));
    const file = path.join(folder, "cdktf.out", "stacks", "bench", "cdk.tf.json");
    const text = fs.readFileSync(file, "utf8");
    // Another object each time: what one check has read of a body is known to the next.
    const fresh = () => JSON.parse(text) as Json;
    const measure = (name: string, check: (json: Json) => unknown) => {
      const json = fresh();
      checks[name]?.push(seconds(() => check(json)));
    };
    count = new Document(fresh()).all.length;
    measure("schemas", (json) => checkSchemas(new Document(json)));
    measure("terraform", (json) => checkTerraform(new Document(json)));
    measure("cycles", (json) => findCycles(new Document(json)));
    measure("rules", (json) => checkRules(new Document(json), RULES));
    measure("together", checkDocument);
  }
  fs.rmSync(folder, { recursive: true });
  const synth = median(synths);
  console.log(`${count} resources, ${RULES.length} rules, medians of ${synths.length}`);
  console.log(`synth, all checks included  ${synth.toFixed(2)} s`);
  for (const [name, times] of Object.entries(checks)) {
    console.log(`${name.padEnd(26)}  ${median(times).toFixed(2)} s  ${((median(times) / synth) * 100).toFixed(1)} %`);
  }
}

main();
