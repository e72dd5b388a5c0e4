export type Body = { readonly [attribute: string]: unknown };

/** One rule: the resource's type, what breaks the rule, what the user is told, and what does not break it. */
export interface Case {
  readonly type: string;
  readonly base: Body;
  readonly bad: Body;
  readonly says: string;
  readonly good: Body;
  /** Other resources that the rule looks at. */
  readonly beside?: Record<string, Record<string, Body>>;
  /** The provider versions that the rule is about. @default - all */
  readonly lines?: readonly string[];
  /** What shows the harm where neither provider nor daemon says a word; `%` is the thing's name. */
  readonly look?: readonly string[];
  /** Nothing that can be seen here shows the harm: the rule was read in the sources. */
  readonly read?: true;
  /** What the good one needs is not on every machine, so that it is not applied: why. */
  readonly elsewhere?: string;
  /** Both can be shown to an engine that manages a swarm only. */
  readonly swarm?: true;
}

export const SWARM = { swarm: true } as const;

const CONTAINER = { name: "web", image: "nginx:1", destroy_grace_seconds: 1 };
const GUEST = {
  name: "vm",
  type: "kvm",
  memory: 64,
  memory_unit: "MiB",
  vcpu: 1,
  os: { type: "hvm", type_arch: "x86_64", type_machine: "q35" },
};

type Rest = Pick<Case, "beside" | "lines" | "look" | "read" | "elsewhere" | "swarm">;
export type Make = (bad: Body, says: string, good: Body, rest?: Rest) => Case;

/** Makes the cases of one type, whose fixtures have all but what they are about from `base`. */
export const casesOf =
  (type: string, base: Body): Make =>
  (bad, says, good, rest = {}) => ({ type, base, bad, says, good, ...rest });

export const container = casesOf("docker_container", CONTAINER);
export const domain = casesOf("libvirt_domain", GUEST);

/** `change` over `base`, objects member by member; null takes a member away. */
export function merged(base: Body, change: Body): Body {
  const both = Object.entries(change).map(([key, value]) => {
    const known = base[key];
    return [key, isBody(known) && isBody(value) ? merged(known, value) : value] as const;
  });
  return Object.fromEntries(
    Object.entries({ ...base, ...Object.fromEntries(both) }).filter(([, value]) => value !== null),
  );
}

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
