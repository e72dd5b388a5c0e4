import { givesAway } from "../core/secrets";
import { unreadable } from "../core/yaml";
import { isReference, type Rendered } from "./document";
import { on, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { sharers } from "./taken";

const rule = rulesOf("libvirt/cloudinit-disk", "libvirt_cloudinit_disk");

/** How a text must begin for cloud-init to know what it is. */
const HEAD =
  /^(#cloud-config|#!|#include|#cloud-boothook|#part-handler|#upstart-job|## template:|Content-Type:|MIME-Version:|From )/i;

/** All that a disk is made of, where it is known. */
function contentOf({
  body: { user_data: user, meta_data: meta, network_config: network },
}: Rendered): string | undefined {
  return [user, meta, network].some(isReference) ? undefined : JSON.stringify([user, meta, network]);
}

const withContent = sharers((disk) => [contentOf(disk)]);

/** What of first-boot configuration nobody reads. */
export const libvirtCloudinitRules: readonly Rule[] = [
  rule(
    "user-data-head",
    "no error: cloud-init ignores it",
    on("user_data", (text) =>
      HEAD.test(String(text)) || text === ""
        ? undefined
        : {
            bound: "begin with what cloud-init reads",
            value: quoted(String(text).split("\n")[0]),
            fix: "#cloud-config on its first line",
          },
    ),
    { proof: "read" },
  ),
  rule(
    "user-data-yaml",
    "no error: cloud-init drops it all",
    on("user_data", (text) => {
      const reason = String(text).startsWith("#cloud-config") ? unreadable(String(text)) : undefined;
      return reason === undefined ? undefined : { bound: "be YAML that can be read", value: reason };
    }),
    { proof: "read" },
  ),

  rule(
    "content-taken",
    "Failed to Open URL Content: stat X: no such file or directory: two of one content share a file, which the first removes",
    (disk, document) =>
      (contentOf(disk) === undefined ? [] : withContent(disk, document, contentOf(disk))).map(({ address }) => ({
        attribute: "meta_data",
        bound: "make the content another one for each disk",
        value: `the content of ${address}`,
        fix: "give each an instance-id of its own",
      })),
    { proof: "read" },
  ),
  rule(
    "secret-in-user-data",
    "no error: the password stands in the JSON, the plan, the state and the guest's disk",
    on("user_data", (text) =>
      givesAway(String(text))
        ? { bound: "hold neither a password nor a private key", value: "one", fix: "let users in by their ssh keys" }
        : undefined,
    ),
    { severity: "warning", proof: "read" },
  ),

  rule(
    "user-data-map",
    "no error: cloud-init drops it all",
    on("user_data", (text) =>
      /^#cloud-config[^\n]*\n(\s*#[^\n]*\n|\s*\n)*-\s/.test(String(text))
        ? { bound: "hold keys such as users: below #cloud-config", value: "a list" }
        : undefined,
    ),
    { proof: "read" },
  ),
  rule(
    "meta-data",
    "no error: the guest has no instance-id, and user-data is not run again",
    on("meta_data", (text) =>
      /^\s*("?instance-id"?|\{)/m.test(String(text)) && unreadable(String(text)) === undefined
        ? undefined
        : { bound: "be YAML with an instance-id", value: quoted(String(text).slice(0, 40)) },
    ),
    { proof: "read" },
  ),
];
