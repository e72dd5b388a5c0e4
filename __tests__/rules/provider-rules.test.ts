import { problemMessage } from "../../lib/core/problems";
import { checkDocument, RULES } from "../../lib/rules/check";
import { type Body, CASES, type Case } from "./rule-cases";

function findings({ type, base, beside = {} }: Case, change: Body, id: string) {
  const provider = type.split("_")[0] ?? "";
  const version = provider === "docker" ? ">= 4.5.0, < 5.0.0" : "0.9.7";
  const body = Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== null));
  const json = {
    terraform: { required_providers: { [provider]: { version } } },
    resource: { ...beside, [type]: { it: body } },
  };
  return checkDocument(json).filter(({ rule, address }) => rule === id && address === `${type}.it`);
}

test("every rule has a fixture that breaks it and one that does not", () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

describe.each(Object.entries(CASES))("%s", (id, one) => {
  test("is broken, and says so", () => {
    expect(
      findings(one, one.bad, id).map((finding) => problemMessage({ ...finding, prop: finding.attribute })),
    ).toEqual([one.says]);
  });

  test("is kept", () => {
    expect(findings(one, one.good, id)).toEqual([]);
  });
});

test("what Terraform computes is left alone by every rule", () => {
  const reference = "${var.x}";
  const all = Object.values(CASES).flatMap((one) => {
    const replaced = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(replaced)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replaced(v)]))
          : typeof value === "string"
            ? reference
            : value;
    const strings = Object.values(one.bad).every((value) => typeof value === "string");
    return strings
      ? Object.keys(CASES).flatMap((id) =>
          CASES[id]?.type === one.type
            ? findings(one, replaced(one.bad) as Body, id).filter(
                ({ severity, attribute }) => severity === "error" && attribute in one.bad,
              )
            : [],
        )
      : [];
  });
  expect(all).toEqual([]);
});
