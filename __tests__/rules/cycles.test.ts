import * as fc from "fast-check";
import { problemMessage } from "../../lib/core/problems";
import { checkDocument } from "../../lib/rules/check";
import type { Json } from "../../lib/rules/document";
import { expressionsOf } from "../../lib/rules/references";

function cycles(json: Json): string[] {
  return checkDocument(json)
    .filter(({ rule }) => rule === "schema/cycle")
    .map((finding) => `${finding.address}: ${problemMessage({ ...finding, prop: finding.attribute })}`);
}

const data = (bodies: Record<string, Json>, locals: Json = {}): Json => ({
  resource: { terraform_data: bodies },
  locals,
});
const FIX = "Terraform cannot order a cycle; remove one of these references";

test("resources that wait for each other are named, with the way around", () => {
  const json = data({
    a: { input: "${terraform_data.b.id}" },
    b: { depends_on: ["terraform_data.c"] },
    c: { lifecycle: { replace_triggered_by: ["terraform_data.a.id"] } },
    d: { input: "${terraform_data.a.id}" },
  });
  expect(cycles(json)).toEqual([
    "terraform_data.a: 'input' must not lead back to the resource itself, got " +
      `terraform_data.a -> terraform_data.b -> terraform_data.c -> terraform_data.a (${FIX})`,
  ]);
});

test("a cycle of many is named by its ends", () => {
  const count = 2000;
  const bodies = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`r${i}`, { input: `\${terraform_data.r${(i + 1) % count}.id}` }]),
  );
  const [message = ""] = cycles(data(bodies));
  expect(message).toMatch(
    /r8 -> \(1989 more\) -> terraform_data\.r1998 -> terraform_data\.r1999 -> terraform_data\.r0 \(/,
  );
  expect(message.length).toBeLessThan(500);
});

test("a resource that waits for itself, and one that does by a local", () => {
  expect(cycles(data({ a: { depends_on: ["terraform_data.a"] } }))).toEqual([
    `terraform_data.a: 'depends_on' must not lead back to the resource itself, got terraform_data.a -> terraform_data.a (${FIX})`,
  ]);
  expect(cycles(data({ a: { input: "${local.x}" } }, { x: "${terraform_data.a.id}" }))).toEqual([
    `terraform_data.a: 'input' must not lead back to the resource itself, got terraform_data.a -> local.x -> terraform_data.a (${FIX})`,
  ]);
});

test("locals that wait for each other, and references after a brace", () => {
  expect(cycles(data({}, { a: "${local.b}", b: "${local.a}" }))).toEqual([
    `local.a: 'value' must not lead back to the resource itself, got local.a -> local.b -> local.a (${FIX})`,
  ]);
  const merged = {
    a: { input: "${merge({x = 1}, terraform_data.b.output)}" },
    b: { depends_on: ["terraform_data.a"] },
  };
  expect(cycles(data(merged))).toHaveLength(1);
  expect(cycles(data({ a: { input: '${file("terraform_data.a.txt")}' } }))).toEqual([]);
});

test("a provider that is set by what it makes itself", () => {
  const json = {
    provider: {
      docker: [
        { host: "unix:///var/run/docker.sock" },
        { alias: "inner", host: "tcp://${docker_container.vm.hostname}:2376" },
      ],
    },
    resource: {
      docker_container: {
        vm: { provider: "docker.inner", name: "vm", image: "a" },
        other: { name: "other", image: "a" },
      },
    },
  };
  expect(cycles(json)).toEqual([
    "docker_container.vm: 'provider' must not lead back to the resource itself, got " +
      `docker_container.vm -> provider.docker.inner -> docker_container.vm (${FIX})`,
  ]);
});

test("what of a template is code", () => {
  expect(
    [
      "plain",
      "$${terraform_data.a.id}",
      "x ${a.b} y ${c} z",
      '${f("q ${g.h} } \\" r", {k = v})}',
      "%{ if a.b }text a.c%{ endif }",
      "${unclosed",
    ].map((text) => expressionsOf(text).replace(/\s+/g, " ").trim()),
  ).toEqual(["", "", "a.b c", "f( g.h , {k = v )", "if a.b endif", "unclosed"]);
});

test("what only looks forward has none, and one look back makes one", () => {
  const edges = fc.uniqueArray(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 });
  fc.assert(
    fc.property(edges, fc.nat(10), (pairs, from) => {
      const bodies = (all: readonly (readonly [number, number])[]) =>
        Object.fromEntries(
          Array.from({ length: 12 }, (_, node) => [
            `n${node}`,
            { depends_on: all.filter(([a]) => a === node).map(([, b]) => `terraform_data.n${b}`) },
          ]),
        );
      const forward = pairs.filter(([a, b]) => a < b);
      expect(cycles(data(bodies(forward)))).toEqual([]);
      const knot = [...forward, [from, 11] as const, [11, from] as const];
      expect(cycles(data(bodies(knot))).length).toBeGreaterThan(0);
    }),
  );
});

test("a chain of ten thousand is walked", () => {
  const bodies = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, n) => [`n${n}`, { depends_on: [`terraform_data.n${(n + 1) % 10_000}`] }]),
  );
  expect(cycles(data(bodies))).toHaveLength(1);
});
