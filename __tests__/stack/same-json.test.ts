import * as fc from "fast-check";
import { HostStack } from "../../lib/index";
import { STEPS } from "../support/foreign-elements";
import { outcome, Plain, type Step } from "../support/two-stacks";

const names = Object.keys(STEPS);

test.each(names)("HostStack writes %s as TerraformStack does", (name) => {
  const steps: readonly Step[] = [
    [name, true],
    [name, true],
  ];
  const plain = outcome(Plain, steps);
  expect(plain).toEqual(expect.objectContaining({ "stacks/one/cdk.tf.json": expect.any(String) }));
  expect(outcome(HostStack, steps)).toEqual(plain);
});

test("HostStack writes random trees of everything as TerraformStack does", () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...names), fc.boolean()), { minLength: 2, maxLength: 14 });
  fc.assert(
    fc.property(steps, (some) => {
      expect(outcome(HostStack, some)).toEqual(outcome(Plain, some));
    }),
    { numRuns: 150 },
  );
});
