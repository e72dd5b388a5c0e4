import { type Document, member } from "./document";
import { referencesIn } from "./references";
import type { Finding } from "./rule";

/** Resources that wait for each other, as Terraform would say at plan only. Each cycle is said once, on its first resource. */
export function findCycles(document: Document): Finding[] {
  const graph = new Graph(document);
  return graph.cycles().flatMap((cycle) => {
    const [first] = cycle.map((address) => document.at(address)).filter((one) => one !== undefined);
    const way = [...cycle, cycle[0] ?? ""];
    return first === undefined
      ? []
      : [
          {
            rule: "schema/cycle",
            severity: "error" as const,
            address: first.address,
            path: first.path,
            attribute: attributeTo(document, cycle),
            bound: "not lead back to the resource itself",
            value: way.join(" -> "),
            fix: "Terraform cannot order a cycle; remove one of these references",
          },
        ];
  });
}

/** The attribute by which the first resource of a cycle leads to its next member. */
function attributeTo(document: Document, cycle: readonly string[]): string {
  const start = cycle.findIndex((address) => document.at(address) !== undefined);
  const next = cycle[(start + 1) % cycle.length];
  const body = document.at(cycle[start] ?? "")?.body;
  for (const { attribute, address } of referencesIn(body)) {
    if (address === next) {
      return attribute;
    }
  }
  return "depends_on";
}

/** What refers to what: resources, data sources and locals. */
class Graph {
  private readonly edges = new Map<string, readonly string[]>();

  constructor(document: Document) {
    const locals = member(document.json, "locals") ?? {};
    const nodes: [string, unknown][] = [
      ...document.all.map(({ address, body }): [string, unknown] => [address, body]),
      ...Object.entries(locals).map(([name, value]): [string, unknown] => [`local.${name}`, { value }]),
    ];
    const known = new Set(nodes.map(([name]) => name));
    for (const [name, body] of nodes) {
      const targets = new Set([...referencesIn(body)].map(({ address }) => address));
      this.edges.set(
        name,
        [...targets].filter((target) => known.has(target)),
      );
    }
  }

  /** One cycle of every knot, each node being walked once. The stack is one of our own, since chains can be long. */
  cycles(): string[][] {
    const found: string[][] = [];
    const state = new Map<string, "open" | "done">();
    for (const start of this.edges.keys()) {
      const way: { readonly node: string; next: number }[] = state.has(start) ? [] : [{ node: start, next: 0 }];
      state.set(start, state.get(start) ?? "open");
      for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
        const target = this.edges.get(top.node)?.[top.next++];
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
}
