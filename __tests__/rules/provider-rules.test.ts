import { problemMessage } from "../../lib/core/problems";
import { checkDocument, checkRules, RULES } from "../../lib/rules/check";
import { Document, isObject, type Json } from "../../lib/rules/document";
import { needsOf } from "../../lib/rules/needs";
import { type Body, type Case, merged } from "./cases/case";
import proof from "./proof.json";
import { CASES } from "./rule-cases";

const PROVEN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = proof;

/** The version constraint that a stack for one line of a provider asks for. */
function constraint(provider: string, [line]: readonly string[] = []): string {
  return provider === "docker" ? (line === "3.9.0" ? ">= 3.9.0, < 4.0.0" : ">= 4.5.0, < 5.0.0") : "0.9.7";
}

function documentOf(id: string, { type, base, beside = {}, lines }: Case, change: Body): Json {
  const [provider = ""] = id.split("/");
  const body = merged(base, change);
  const terraform = { required_providers: { [provider]: { version: constraint(provider, lines) } } };
  const [kind, data = ""] = type.split(".");
  if (kind === "data") {
    return { terraform, resource: beside, data: { [data]: { it: body } } };
  }
  return type.startsWith("provider.")
    ? { terraform, provider: { [provider]: [body] }, ...(Object.keys(beside).length > 0 && { resource: beside }) }
    : { terraform, resource: { ...beside, [type]: { ...beside[type], it: body } } };
}

/** What one rule says of the resource that a case is about. */
function said(id: string, one: Case, change: Body, rules = RULES): string[] {
  const address = one.type.startsWith("provider.") ? one.type : `${one.type}.it`;
  return checkRules(new Document(documentOf(id, one, change)), rules)
    .filter((finding) => finding.rule === id && finding.address === address)
    .map((finding) => problemMessage({ ...finding, prop: finding.attribute }));
}

test("every rule has a fixture that breaks it and one that does not", () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

describe.each(Object.entries(CASES))("%s", (id, one) => {
  test("is broken, and says so", () => {
    expect(said(id, one, one.bad)).toEqual([one.says]);
  });

  test("is kept, and nothing else minds", () => {
    const errors = checkDocument(documentOf(id, one, one.good)).filter(({ severity }) => severity === "error");
    expect(said(id, one, one.good)).toEqual([]);
    expect(errors.map(({ rule, attribute }) => `${rule} ${attribute}`)).toEqual([]);
  });
});

test("a rule that is not asked would have seen nothing", () => {
  const missed = Object.entries(CASES).flatMap(([id, one]) =>
    [one.bad, one.good].flatMap((change) => {
      const document = new Document(documentOf(id, one, change));
      const unasked = RULES.flatMap((rule) => {
        const needs = needsOf(rule);
        return document
          .resources(rule.type)
          .filter(({ body }) => needs !== "anything" && !Object.keys(body).some((attribute) => needs.has(attribute)))
          .flatMap((resource) => rule.check(resource, document).map(() => rule.id));
      });
      return unasked.map((rule) => `${rule} on the fixture of ${id}`);
    }),
  );
  expect(missed).toEqual([]);
});

test("no other rule says what one says: without it, its broken fixture passes", () => {
  const stillSaid = Object.entries(CASES).filter(
    ([id, one]) =>
      said(
        id,
        one,
        one.bad,
        RULES.filter((rule) => rule.id !== id),
      ).length > 0,
  );
  expect(stillSaid).toEqual([]);
});

test("what is called run was seen on each version that the rule is for, and nothing else is called so", () => {
  const lines = Object.keys(PROVEN);
  const odd = RULES.flatMap(({ id, proof: claimed, lines: own }) => {
    const mine = lines.filter((line) => line.startsWith(`${id.split("/")[0]} `));
    const about = mine.filter((line) => own?.includes(line.split(" ")[1] ?? "") ?? true);
    const seen = mine.filter((line) => PROVEN[line]?.[id] !== undefined);
    return (claimed === "run" ? about : []).join() === seen.join()
      ? []
      : [`${id}: ${claimed}, seen on ${seen.join() || "none"}`];
  });
  expect(odd).toEqual([]);
});

test("a rule for one line of a provider says nothing on the other", () => {
  const { base, bad } = CASES["docker/container/platform"] as Case;
  const on39 = {
    terraform: { required_providers: { docker: { version: constraint("docker", ["3.9.0"]) } } },
    resource: { docker_container: { it: merged(base, bad) } },
  };
  expect(checkDocument(on39).filter(({ rule }) => rule === "docker/container/platform")).toEqual([]);
});

test("what Terraform computes is left alone by every rule", () => {
  const reference = "${terraform_data.x.output}";
  const replaced = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(replaced)
      : isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]))
        : typeof value === "string"
          ? reference
          : value;
  const all = Object.values(CASES).flatMap((one) => {
    const strings = Object.values(one.bad).every((value) => typeof value === "string");
    return strings
      ? Object.keys(CASES).flatMap((id) =>
          CASES[id]?.type === one.type
            ? checkRules(new Document(documentOf(id, one, replaced(one.bad) as Body)), RULES).filter(
                ({ severity, attribute, address, value }) =>
                  // That two attributes stand together can be seen whatever they will be.
                  value !== "both" && severity === "error" && address === `${one.type}.it` && attribute in one.bad,
              )
            : [],
        )
      : [];
  });
  expect(all).toEqual([]);
});
