/** Where the time of one synthesis of pairs goes: `node phases.js COUNT FOLDER` prints milliseconds as a line of JSON. */
import { App } from "cdktf";
import { HostStack } from "../lib/index";
import * as check from "../lib/rules/check";
import * as cycles from "../lib/rules/cycles";
import * as schemaCheck from "../lib/rules/schema-check";
import * as terraformCheck from "../lib/rules/terraform-check";
import * as render from "../lib/stack/render-stack";
import { workload } from "./workloads/berth-pairs";

/** Milliseconds of each part, in the order in which they come. */
export type Phases = Readonly<Record<string, number>>;

type Work = (...given: unknown[]) => unknown;

const times = new Map<string, number>();

/** Notes how long a function takes whenever it is called. */
function time(holder: object, name: string): void {
  const work = Reflect.get(holder, name) as Work;
  Reflect.set(holder, name, function (this: unknown, ...given: unknown[]): unknown {
    const start = performance.now();
    try {
      return work.apply(this, given);
    } finally {
      times.set(name, (times.get(name) ?? 0) + performance.now() - start);
    }
  });
}

function measure(count: number, folder: string): Phases {
  time(App.prototype, "synth");
  time(HostStack.prototype, "prepareStack");
  time(HostStack.prototype, "runAllValidations");
  time(render, "renderStack");
  time(check, "checkDocument");
  time(schemaCheck, "checkSchemas");
  time(terraformCheck, "checkTerraform");
  time(cycles, "findCycles");
  const timed = workload(count, folder);
  const start = performance.now();
  timed();
  const total = performance.now() - start;
  const of = (name: string) => times.get(name) ?? 0;
  const rules = of("checkDocument") - of("checkSchemas") - of("checkTerraform") - of("findCycles");
  return {
    "constructs: props, models, claims": total - of("synth"),
    "looking for references to other stacks": of("prepareStack"),
    "validations of the constructs": of("runAllValidations") - of("renderStack") - of("checkDocument"),
    "rendering and body hashes": of("renderStack"),
    "provider schemas": of("checkSchemas"),
    "what Terraform asks": of("checkTerraform"),
    cycles: of("findCycles"),
    "provider rules": rules,
    "cdktf: walks, sorted text, files": of("synth") - of("prepareStack") - of("runAllValidations"),
  };
}

if (require.main === module) {
  const [count = "0", folder = "."] = process.argv.slice(2);
  console.log(JSON.stringify(measure(Number(count), folder)));
}
