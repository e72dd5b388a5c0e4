import { at, elements } from "./at";
import { blocks, type Json } from "./document";
import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const container = rulesOf("docker/container", "docker_container");
const network = rulesOf("libvirt/network", "libvirt_network");
const domain = rulesOf("libvirt/domain", "libvirt_domain");
const LATER = { severity: "warning", proof: "read", claimed: true } as const;

/** What a resource is replaced with, as `lifecycle.replace_triggered_by` says. */
function triggers(body: Json): string {
  const all = at(body, "lifecycle.replace_triggered_by");
  return Array.isArray(all) ? all.join(" ") : "";
}

/**
 * What applies as it is, but will not when it is edited: the providers plan such an edit and then ignore it, or fail with it at
 * every apply. berth's own constructs are made so that it does not happen.
 */
export const editRules: readonly Rule[] = [
  container(
    "network-by-name",
    "timeout while waiting for state to become 'removed', at every apply after the network was changed",
    ({ body }) =>
      blocks(body.networks_advanced).flatMap(({ name }, index) =>
        /^\$\{docker_network\.[\w-]+\.name\}$/.test(String(name))
          ? [
              {
                attribute: `networks_advanced.${index}.name`,
                bound: "name the network by its id, so that it is replaced with the container",
                value: quoted(name),
                fix: String(name).replace(/\.name\}$/, ".id}"),
              },
            ]
          : [],
      ),
    LATER,
  ),
  container(
    "mount-of-volume",
    "timeout while waiting for state to become 'removed' (last state: 'in_use'), at every apply after the volume was changed",
    ({ body }) =>
      blocks(body.mounts).flatMap(({ type, source }, index) => {
        const volume = /^\$\{(docker_volume\.[\w-]+)\./.exec(String(source))?.[1];
        return type === "volume" && volume !== undefined && !triggers(body).includes(volume)
          ? [
              {
                attribute: `mounts.${index}.source`,
                bound: "be mounted by a volumes block, or replaced with its volume",
                value: quoted(source),
                fix: `lifecycle.replace_triggered_by = ["${volume}"]`,
              },
            ]
          : [];
      }),
    LATER,
  ),
  network(
    "edit-ignored",
    "no error: the plan is empty afterwards, and the network as it was",
    ({ body }) =>
      triggers(body) === ""
        ? [
            {
              attribute: "lifecycle.replace_triggered_by",
              bound: "be set, since the provider applies no change of a network but of autostart",
              value: "nothing",
              fix: "a terraform_data that holds a hash of the body",
            },
          ]
        : [],
    LATER,
  ),
  domain(
    "edit-fails",
    "Provider produced inconsistent result after apply: .id: was 3, but now 4, at every change of a guest that runs",
    ({ body }) =>
      body.running === true && triggers(body) === ""
        ? [
            {
              attribute: "lifecycle.replace_triggered_by",
              bound: "be set for a guest that runs",
              value: "nothing",
              fix: "a terraform_data that holds a hash of the body",
            },
          ]
        : [],
    LATER,
  ),
  domain(
    "network-not-followed",
    "no error: the guest's interface is cut off after its network was replaced",
    ({ body }) =>
      body.running === true
        ? elements(body, "devices.interfaces").flatMap(({ attribute, element }) => {
            const named = at(element, "source.network.network");
            const lan = /^\$\{(libvirt_network\.[\w-]+)\./.exec(String(named))?.[1];
            return lan === undefined || triggers(body).includes(lan)
              ? []
              : [
                  {
                    attribute: `${attribute}.source.network.network`,
                    bound: "be followed by the guest, which must be started anew with it",
                    value: quoted(named),
                    fix: `lifecycle.replace_triggered_by = ["${lan}.id"]`,
                  },
                ];
          })
        : [],
    LATER,
  ),
];
