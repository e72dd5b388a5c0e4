import { type Case, casesOf, container, domain } from "./case";
import { join, NETS } from "./container-parts";
import { devices } from "./domain-parts";

const LAN = { libvirt_network: { lan: { name: "berth-rule-own", bridge: { name: "br0" } } } };
const nic = devices("interfaces", { source: { network: { network: "${libvirt_network.lan.name}" } } });
const hash = { terraform_data: { hash: { input: "a" } } };
const volume = { docker_volume: { data: { name: "berth-rule-own" } } };
const mounts = { mounts: [{ type: "volume", source: "${docker_volume.data.id}", target: "/data" }] };

export const editCases: Readonly<Record<string, Case>> = {
  "docker/container/network-by-name": container(
    join({}, "${docker_network.in.name}"),
    `'networks_advanced.0.name' must name the network by its id, so that it is replaced with the container, got "\${docker_network.in.name}" (\${docker_network.in.id})`,
    join({}),
    {
      beside: NETS,
      read: true,
    },
  ),
  "docker/container/mount-of-volume": container(
    mounts,
    `'mounts.0.source' must be mounted by a volumes block, or replaced with its volume, got "\${docker_volume.data.id}" (lifecycle.replace_triggered_by = ["docker_volume.data"])`,
    { ...mounts, lifecycle: { replace_triggered_by: ["docker_volume.data"] } },
    { beside: volume, read: true },
  ),
  "libvirt/network/edit-ignored": casesOf("libvirt_network", { name: "lan", bridge: { name: "br0" } })(
    {},
    "'lifecycle.replace_triggered_by' must be set, since the provider applies no change of a network but of autostart, got nothing (a terraform_data that holds a hash of the body)",
    { lifecycle: { replace_triggered_by: ["terraform_data.hash"] } },
    { beside: hash, read: true },
  ),
  "libvirt/domain/edit-fails": domain(
    { running: true },
    "'lifecycle.replace_triggered_by' must be set for a guest that runs, got nothing (a terraform_data that holds a hash of the body)",
    { lifecycle: { replace_triggered_by: ["terraform_data.hash"] } },
    { beside: hash, read: true },
  ),
  "libvirt/domain/network-not-followed": domain(
    { running: true, ...nic },
    `'devices.interfaces.0.source.network.network' must be followed by the guest, which must be started anew with it, got "\${libvirt_network.lan.name}" (lifecycle.replace_triggered_by = ["libvirt_network.lan.id"])`,
    { ...nic, lifecycle: { replace_triggered_by: ["libvirt_network.lan.id"] } },
    { beside: LAN, read: true },
  ),
};
