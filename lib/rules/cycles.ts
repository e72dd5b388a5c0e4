import { type Document, member, providerOf, type Rendered } from "./document";
import { referencesIn } from "./references";
import type { Finding } from "./rule";

/** Resources that wait for each other, as Terraform would say at plan only. Each cycle is said once, on its first member. */
export function findCycles(document: Document): Finding[] {
  return cyclesOf(dependencies(document)).map((cycle) => {
    const address = cycle.find((member) => document.at(member) !== undefined) ?? cycle[0] ?? "";
    return {
      rule: "schema/cycle",
      severity: "error" as const,
      address,
      path: document.at(address)?.path,
      attribute: attributeTo(document, cycle, address),
      bound: "not lead back to the resource itself",
      value: shortened([...cycle, cycle[0] ?? ""]).join(" -> "),
      fix: "Terraform cannot order a cycle; remove one of these references",
    };
  });
}

/** How many members of a cycle a message names. */
const NAMED = 12;

function shortened(members: readonly string[]): readonly string[] {
  return members.length <= NAMED + 1
    ? members
    : [...members.slice(0, NAMED - 3), `(${members.length - NAMED} more)`, ...members.slice(-3)];
}

/** The attribute by which a member of a cycle leads to the next one. */
function attributeTo(document: Document, cycle: readonly string[], member: string): string {
  const next = cycle[(cycle.indexOf(member) + 1) % cycle.length];
  for (const { attribute, address } of referencesIn(document.at(member)?.body)) {
    if (address === next) {
      return attribute;
    }
  }
  return document.at(next ?? "")?.kind === "provider" ? "provider" : "value";
}

/** What waits for what: resources, data sources, provider blocks and locals, by address. */
export function dependencies(document: Document): ReadonlyMap<string, readonly string[]> {
  const locals = member(document.json, "locals") ?? {};
  const nodes: [string, unknown][] = [
    ...[...document.all, ...document.providers].map(({ address, body }): [string, unknown] => [address, body]),
    ...Object.entries(locals).map(([name, value]): [string, unknown] => [`local.${name}`, { value }]),
  ];
  const known = new Set(nodes.map(([name]) => name));
  return new Map(
    nodes.map(([name, body]) => {
      const targets = new Set(referencesIn(body).map(({ address }) => address));
      const one = document.at(name);
      if (one && one.kind !== "provider") {
        targets.add(providerBlockOf(one));
      }
      return [name, [...targets].filter((target) => known.has(target))];
    }),
  );
}

/** The address of the block that makes a resource: the one it names, or else its provider's own. */
function providerBlockOf({ type, body: { provider } }: Rendered): string {
  return `provider.${typeof provider === "string" ? provider : providerOf(type)}`;
}

/** One cycle of every knot, each node being walked once. The stack is one of our own, since chains can be long. */
function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of edges.keys()) {
    const way: { readonly node: string; next: number }[] = state.has(start) ? [] : [{ node: start, next: 0 }];
    state.set(start, state.get(start) ?? "open");
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const target = edges.get(top.node)?.[top.next++];
      if (target === undefined) {
        state.set(top.node, "done");
        way.pop();
      } else if (state.get(target) === "open") {
        const from = way.findIndex(({ node }) => node === target);
        found.push(way.slice(from).map(({ node }) => node));
      } else if (!state.has(target)) {
        state.set(target, "open");
        way.push({ node: target, next: 0 });
      }
    }
  }
  return found;
}
