import { type IResolvable, Token, Tokenization } from "cdktf";
import { Node } from "constructs";
import { RULES } from "../../lib/rules/check";
import { Cidr } from "../../lib/units/ipv4";
import { testApp, written } from "./app";
import { World } from "./bad-world";

/** What a synthesis does, in things that can be counted. */
export interface Costs {
  /** Elements that cdktf was given to resolve. */
  readonly resolves: number;
  /** Tokens that were made. */
  readonly tokens: number;
  /** Times that somebody asked a node for its children. */
  readonly visits: number;
  /** Rules that were held against a resource. */
  readonly evaluations: number;
  /** Subnets that were compared with each other. */
  readonly comparisons: number;
  readonly resources: number;
}

/** What it costs to synthesize a stack. */
export function costsOf(build: (stack: World) => void): Costs {
  const checks = RULES.map((rule) => jest.spyOn(rule, "check"));
  const spies = [
    jest.spyOn(Tokenization, "resolve"),
    jest.spyOn(Node.prototype, "children", "get"),
    jest.spyOn(Cidr.prototype, "overlaps"),
  ] as const;
  const [resolves, visits, comparisons] = spies;
  try {
    const before = tokensSoFar();
    const app = testApp();
    build(new World(app, "stack"));
    app.synth();
    const all = written(app, "stack").resource as Readonly<Record<string, object>>;
    return {
      resolves: resolves.mock.calls.length,
      tokens: tokensSoFar() - before - 1,
      visits: visits.mock.calls.length,
      evaluations: checks.reduce((sum, { mock }) => sum + mock.calls.length, 0),
      comparisons: comparisons.mock.calls.length,
      resources: Object.values(all).reduce((sum, group) => sum + Object.keys(group).length, 0),
    };
  } finally {
    for (const spy of [...checks, ...spies]) {
      spy.mockRestore();
    }
  }
}

/** What one more of something costs among many: the same whether there are ten of it or forty. */
export function costOfOneMore(build: (stack: World, count: number) => void): Costs {
  const [few, more, many] = [10, 20, 40].map((count) => costsOf((stack) => build(stack, count))) as [
    Costs,
    Costs,
    Costs,
  ];
  const each = (a: Costs, b: Costs, by: number): Costs => {
    const one = (name: keyof Costs) => (b[name] - a[name]) / by;
    return {
      resolves: one("resolves"),
      tokens: one("tokens"),
      visits: one("visits"),
      evaluations: one("evaluations"),
      comparisons: one("comparisons"),
      resources: one("resources"),
    };
  };
  expect(each(more, many, 20)).toEqual(each(few, more, 10));
  return each(more, many, 20);
}

/** cdktf numbers its tokens. */
function tokensSoFar(): number {
  const probe: IResolvable = { creationStack: [], resolve: () => "", toString: () => "" };
  return Number(/\.(\d+)\]/.exec(Token.asString(probe))?.[1]);
}
