import type { IConstruct } from "constructs";
import { daemonKey } from "./machine-key";
import { problemMessage } from "./problems";

/** What a declaration says of a host, by prop. */
export type HostFacts = Readonly<Record<string, string>>;

interface Declaration {
  readonly construct: IConstruct;
  readonly facts: HostFacts;
}

const declared = new WeakMap<IConstruct, Map<string, Declaration[]>>();

/** Notes a declaration of a daemon; one daemon may be declared several times, and is one all the same. */
export function declareHost(construct: IConstruct, address: string, facts: HostFacts): void {
  const all = declared.get(construct.node.root) ?? new Map<string, Declaration[]>();
  declared.set(construct.node.root, all);
  const key = daemonKey(address);
  all.set(key, [...(all.get(key) ?? []), { construct, facts }]);
}

/** In what a declaration differs from the first one of the same daemon: one of the two is wrong. */
export function disagreements(construct: IConstruct, address: string): readonly string[] {
  const [first, ...others] = declared.get(construct.node.root)?.get(daemonKey(address)) ?? [];
  const own = others.find((one) => one.construct === construct);
  if (first === undefined || own === undefined) {
    return [];
  }
  return Object.keys(own.facts)
    .filter((prop) => own.facts[prop] !== first.facts[prop])
    .map((prop) =>
      problemMessage({
        prop,
        bound: `be the same wherever ${address} is declared`,
        value: `${own.facts[prop]}, and ${first.facts[prop]} at ${first.construct.node.path}`,
        fix: "it is one host: share one construct, or say the same",
      }),
    );
}
