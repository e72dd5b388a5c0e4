import { blocksAlong } from "./along";
import { at, elements } from "./at";
import { isReference, type Json } from "./document";

/** Types whose name only one thing on a daemon can have. */
const NAMED: ReadonlySet<string> = new Set([
  "docker_container",
  "docker_network",
  "docker_secret",
  "docker_config",
  "docker_service",
  "libvirt_domain",
  "libvirt_network",
  "libvirt_pool",
  "libvirt_volume",
]);

/** Values that only one thing on a daemon can have, by the list and the way to each. */
const LISTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  docker_container: [
    ["ports", "external"],
    ["networks_advanced", "ipv4_address"],
  ],
  libvirt_domain: [
    ["devices.interfaces", "mac.address"],
    ["devices.graphics", "vnc.port"],
    ["devices.graphics", "spice.port"],
  ],
};

/** What of a resource cannot be the same for several instances of it, as far as it is written out. */
export function alone(type: string, body: Json): { readonly attribute: string; readonly value: unknown }[] {
  const listed = (LISTS[type] ?? []).flatMap(([list, way]) =>
    elements(body, list).map(({ attribute, element }) => ({
      attribute: `${attribute}.${way}`,
      value: at(element, way),
    })),
  );
  const published =
    type === "docker_service"
      ? blocksAlong(body, "endpoint_spec.ports").map(({ published_port: value }) => ({
          attribute: "endpoint_spec.ports.published_port",
          value,
        }))
      : [];
  const named = NAMED.has(type) ? [{ attribute: "name", value: body.name }] : [];
  return [...named, ...published, ...listed].filter(
    ({ value }) => value !== undefined && value !== "" && !isReference(value),
  );
}
