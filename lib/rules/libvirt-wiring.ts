import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { elsewhere, type Wire, wired, written } from "./wiring";

const DISKS = "devices.disks";
const VOLUME: Wire = { way: `${DISKS}.source.volume.volume`, takes: ["libvirt_volume.name"] };
const POOL: Wire = { way: `${DISKS}.source.volume.pool`, takes: ["libvirt_pool.name", "libvirt_volume.pool"] };
const FILE: Wire = {
  way: `${DISKS}.source.file.file`,
  takes: ["libvirt_volume.path", "libvirt_volume.id", "libvirt_volume.key", "libvirt_cloudinit_disk.path"],
};
const NETWORK: Wire = {
  way: "devices.interfaces.source.network.network",
  // What an id does there is a rule of its own.
  takes: ["libvirt_network.name", "libvirt_network.id", "libvirt_network.uuid"],
};
const BRIDGE: Wire = { way: "devices.interfaces.source.bridge.bridge", takes: ["libvirt_network.bridge.name"] };
const HOME: Wire = {
  way: "pool",
  takes: ["libvirt_pool.name", "libvirt_pool.id", "libvirt_pool.uuid", "libvirt_volume.pool"],
};
const BACKING: Wire = {
  way: "backing_store.path",
  // A name is looked for beside the volume.
  takes: ["libvirt_volume.name", "libvirt_volume.path", "libvirt_volume.id", "libvirt_volume.key"],
};
const CONTENT: Wire = {
  way: "create.content.url",
  takes: ["libvirt_cloudinit_disk.path", "libvirt_volume.path", "libvirt_ignition.path", "libvirt_combustion.path"],
};
const GUEST: Wire = { way: "domain", takes: ["libvirt_domain.uuid", "libvirt_domain.name"] };

const domain = rulesOf("libvirt/domain", "libvirt_domain");
const volume = rulesOf("libvirt/volume", "libvirt_volume");
const addresses = rulesOf("libvirt/interface-addresses", "data.libvirt_domain_interface_addresses");

/** What of one libvirt resource another takes: the wrong attribute plans, and then names nothing. */
export const libvirtWiringRules: readonly Rule[] = [
  domain("volume-of", "Storage volume not found: no storage vol with matching name", wired(VOLUME)),
  domain("pool-of", "Storage pool not found: no storage pool with matching name", wired(POOL)),
  domain("file-of", "Cannot access storage file X: No such file or directory", wired(FILE)),
  domain("network-of", "Network not found: no network with matching name", wired(NETWORK)),
  domain("bridge-of", "Cannot get interface MTU on X: No such device", wired(BRIDGE)),
  domain(
    "other-machine",
    "what the other machine has is not found on this one",
    elsewhere([VOLUME, POOL, FILE, NETWORK, BRIDGE]),
    {
      proof: "read",
      claimed: true,
    },
  ),
  volume("pool-of", "Pool Not Found: no storage pool with matching name", wired(HOME)),
  volume("backing-of", "Cannot access storage file X: No such file or directory", wired(BACKING)),
  volume("content-of", "Failed to Open URL Content: stat X: no such file or directory", wired(CONTENT)),
  volume("other-machine", "what the other machine has is not found on this one", elsewhere([HOME, BACKING]), {
    proof: "read",
    claimed: true,
  }),
  volume("pool-not-started", "storage pool X is not active", ({ body }, document) => {
    const pool = document.referred(body.pool);
    const start = pool?.body.create;
    return typeof start === "object" && start !== null && "start" in start && start.start === false
      ? [
          {
            attribute: "pool",
            bound: "be a pool that is started",
            value: String(pool?.address),
            fix: "leave out create.start = false",
          },
        ]
      : [];
  }),
  volume("pool-by-text", "Pool Not Found: the volume is made before its pool", written("pool", "libvirt_pool"), {
    proof: "read",
  }),
  domain(
    "network-by-text",
    "Network not found: the guest is started before its network",
    written(NETWORK.way, "libvirt_network"),
    {
      proof: "read",
    },
  ),
  domain(
    "bridge-by-text",
    "Cannot get interface MTU on X: No such device",
    written(BRIDGE.way, "libvirt_network", "bridge.name"),
    {
      proof: "read",
    },
  ),
  addresses("guest", "Domain Not Found: neither a uuid nor a name", wired(GUEST)),
  addresses("guest-by-text", "Domain Not Found at plan: the guest is not made yet", ({ body }, document) => {
    const guest = document.resources("libvirt_domain").find(({ body: { name } }) => name === body.domain);
    return guest && !String(body.domain).includes("${") && body.depends_on === undefined
      ? [
          {
            attribute: "domain",
            bound: "refer to the guest that this stack makes",
            value: quoted(body.domain),
            fix: `\${${guest.address}.uuid}`,
          },
        ]
      : [];
  }),
  addresses("source", 'Attribute source value must be one of: ["lease" "agent" "any"]', ({ body: { source } }) =>
    source === undefined || String(source).includes("${") || ["lease", "agent", "any"].includes(String(source))
      ? []
      : [{ attribute: "source", bound: 'be "lease", "agent" or "any"', value: quoted(source) }],
  ),
];
