import { Cidr } from "../units/ipv4";
import { UnitError } from "../units/unit-error";
import { blocks, isReference } from "./document";
import { reservedSights } from "./reserved-range";
import type { Rule, Sight } from "./rule";

const PREDEFINED: ReadonlySet<string> = new Set(["bridge", "host", "none", "default"]);
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const NAME_BOUND = "be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit";

/** What Docker and its provider refuse or change on their own in networks and volumes. */
export const dockerNetworkRules: readonly Rule[] = [
  {
    id: "docker/network/name",
    type: "docker_network",
    severity: "error",
    prevents: "operation is not permitted on predefined bridge network; network with name X already exists",
    proof: "run",
    check: ({ body: { name } }) => {
      if (typeof name !== "string" || isReference(name)) {
        return [];
      }
      const bound = PREDEFINED.has(name)
        ? "not be a network that Docker makes itself"
        : NAME.test(name)
          ? undefined
          : NAME_BOUND;
      return bound === undefined ? [] : [{ attribute: "name", bound, value: JSON.stringify(name) }];
    },
  },
  {
    id: "docker/network/subnet",
    type: "docker_network",
    severity: "error",
    prevents:
      "invalid network config: invalid subnet A: it should be B; failed to allocate gateway (A): Requested address is out of range",
    proof: "run",
    check: ({ body }) =>
      blocks(body.ipam_config).flatMap(({ subnet, gateway }, index) => subnetSights(subnet, gateway, index)),
  },
  {
    id: "docker/network/reserved-range",
    type: "docker_network",
    severity: "error",
    prevents: "no error: the host's own traffic goes astray",
    proof: "read",
    check: ({ body }) =>
      blocks(body.ipam_config).flatMap(({ subnet }, index) => {
        const [address = "", prefix = ""] = typeof subnet === "string" && !isReference(subnet) ? subnet.split("/") : [];
        return reservedSights(`ipam_config.${index}.subnet`, address, Number(prefix));
      }),
  },
  {
    id: "docker/network/subnet-missing",
    type: "docker_network",
    severity: "warning",
    prevents:
      "the engine picks a range of its own, which may be another network's tomorrow: Pool overlaps with other one on this address space",
    proof: "run",
    check: ({ body }) =>
      blocks(body.ipam_config).length > 0 || body.driver === "overlay"
        ? []
        : [
            {
              attribute: "ipam_config",
              bound: "name a subnet",
              value: "nothing",
              fix: "give it one that no other network of the machine has",
            },
          ],
  },
  {
    id: "docker/volume/name",
    type: "docker_volume",
    severity: "error",
    prevents:
      "volume name is too short, names should be at least two alphanumeric characters; includes invalid characters for a local volume name",
    proof: "run",
    check: ({ body: { name } }) =>
      typeof name !== "string" || isReference(name) || NAME.test(name)
        ? []
        : [{ attribute: "name", bound: NAME_BOUND, value: JSON.stringify(name) }],
  },
];

function subnetSights(subnet: unknown, gateway: unknown, index: number): Sight[] {
  if (typeof subnet !== "string" || isReference(subnet) || subnet.includes(":")) {
    return [];
  }
  let cidr: Cidr;
  try {
    cidr = Cidr.parse(subnet);
  } catch (error) {
    if (error instanceof UnitError) {
      return [
        { attribute: `ipam_config.${index}.subnet`, bound: `be ${error.bound}`, value: error.value, fix: error.fix },
      ];
    }
    throw error;
  }
  if (typeof gateway !== "string" || isReference(gateway)) {
    return [];
  }
  const offset = cidr.offsetOf(gateway);
  return offset !== undefined && cidr.isUsable(offset)
    ? []
    : [
        {
          attribute: `ipam_config.${index}.gateway`,
          bound: `be an address that a machine may have in ${subnet}`,
          value: JSON.stringify(gateway),
        },
      ];
}
