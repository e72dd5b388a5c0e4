import { changesOf } from "../../lib/operate/changes";
import type { Plan, ResourceChange, Values } from "../../lib/operate/plan";

type Planned = Partial<ResourceChange["change"]>;

/** One change of a plan. */
export const change = (address: string, planned: Planned): ResourceChange => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  change: { actions: ["update"], before: {}, after: {}, ...planned },
});
export const update = (address: string, before: Values, after: Values) => change(address, { before, after });
export const recreated = (address: string, forced: string, before: Values = {}, after: Values = {}) =>
  change(address, { actions: ["delete", "create"], before, after, replace_paths: [[forced]] });

export interface Configured {
  readonly address: string;
  readonly uses?: readonly string[];
}

export const plan = (
  changes: readonly ResourceChange[],
  configured: readonly Configured[] = [],
  docker = "4.5.0",
): Plan => ({
  resource_changes: changes,
  configuration: {
    provider_config: {
      docker: { full_name: "registry.terraform.io/kreuzwerker/docker", version_constraint: docker },
      libvirt: { full_name: "registry.terraform.io/dmacvicar/libvirt", version_constraint: "0.9.7" },
    },
    root_module: {
      resources: configured.map(({ address, uses = [] }) => ({ address, expressions: { x: { references: uses } } })),
    },
  },
});

/** Each change as a line. */
export const said = (all: Plan) =>
  changesOf(all).map(({ address, class: found, reason }) => `${address}: ${found}: ${reason}`);
