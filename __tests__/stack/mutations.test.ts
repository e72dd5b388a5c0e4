import { type Mutation, mutatedHostStack } from "../support/mutated";
import { outcome, Plain, type Step } from "../support/two-stacks";

/** With the steps that show it. */
const MUTATIONS: Readonly<Record<string, Mutation & { readonly seenBy: readonly string[] }>> = {
  "numbers that stand for tokens are not looked for in texts": {
    file: "holds-tokens.ts",
    from: "|-[\\d.]+e\\+2\\d\\d|",
    to: "|",
    seenBy: ["a number in a text"],
  },
  "numbers that stand for tokens are taken for numbers": {
    file: "holds-tokens.ts",
    from: "!(value > -1e288) ||",
    to: "",
    seenBy: ["a list of numbers that cdktf made"],
  },
  "keys are not looked at": {
    file: "holds-tokens.ts",
    from: "isSuspect(key) ||",
    to: "",
    seenBy: ["a token as a key"],
  },
  "objects of a class are taken for plain ones": {
    file: "holds-tokens.ts",
    from: "  if (Object.getPrototypeOf(value) !== Object.prototype) {\n    return true;\n  }\n",
    to: "",
    seenBy: ["an element that refuses to be read"],
  },
  "tokens are merged as if they were objects": {
    file: "merge.ts",
    from: "isMembers(value) && !isToken(value) &&",
    to: "isMembers(value) &&",
    seenBy: ["an override of the stack that is a token, over what is there"],
  },
  "a stack within the stack is written twice": {
    file: "render-stack.ts",
    from: "if (!TerraformStack.isStack(child)) {",
    to: "if (child) {",
    seenBy: ["a stack within the stack"],
  },
  "of two lists the later one stays": {
    file: "merge.ts",
    from: "Array.isArray(known) ? [...(known as unknown[]), ...(value as unknown[])] : value",
    to: "value",
    seenBy: ["another provider block"],
  },
  "undefined in an override of the stack takes nothing away": {
    file: "merge.ts",
    from: "delete target[key];",
    to: "",
    seenBy: ["an output", "an override of the stack over what is there"],
  },
  "overrides of the stack are not kept": {
    file: "host-stack.ts",
    from: "setAt(this.overrides, path, value);",
    to: "",
    seenBy: ["an override of the stack"],
  },
  "overrides of the stack are not resolved": {
    file: "render-stack.ts",
    from: "const overridden = resolvedCopy(stack, json);",
    to: "const overridden = json;",
    seenBy: ["an override of the stack that is a token"],
  },
  "objects that the user keeps are written into": {
    file: "render-stack.ts",
    from: ": resolvedCopy(stack, rendered);",
    to: ": holdsTokens(rendered) ? (resolve(stack, rendered, false) as Members) : (rendered as Members);",
    seenBy: ["an element whose objects the user keeps"],
  },
  "elements are not prepared": {
    file: "render-stack.ts",
    from: "resolve(stack, rendered, true);",
    to: "",
    seenBy: ["a reference to the other stack"],
  },
  "late values of another stack are not asked": {
    file: "holds-tokens.ts",
    from: "return inValue(value.valueIn(stack), stack, depth);",
    to: "return false;",
    seenBy: ["a reference of one's own class to the other stack"],
  },
  "the manifest is asked before the stack knows what it depends on": {
    file: "host-stack.ts",
    from: "    const elements = elementsOf(this);\n    if (",
    to: "    App.of(this).manifest.forStack(this);\n    const elements = elementsOf(this);\n    if (",
    seenBy: ["a reference to the other stack"],
  },
  "outputs are not noted": {
    file: "render-stack.ts",
    from: "outputs: outputsOf(elements)",
    to: "outputs: {}",
    seenBy: ["an output deep in the tree"],
  },
  "what was imported and overridden is not noted": {
    file: "render-stack.ts",
    from: "if (Object.values(own).some((value) => value !== undefined)) {",
    to: "if (false) {",
    seenBy: ["an override"],
  },
};

test.each(Object.entries(MUTATIONS))("it would be seen if %s", (_, { seenBy, ...mutation }) => {
  const steps = seenBy.map((name): Step => [name, true]);
  const plain = outcome(Plain, steps);
  expect(plain).toEqual(expect.objectContaining({ "stacks/one/cdk.tf.json": expect.any(String) }));
  expect(outcome(mutatedHostStack(), steps)).toEqual(plain);
  expect(outcome(mutatedHostStack(mutation), steps)).not.toEqual(plain);
});
