import { unreadable } from "../core/yaml";
import { on, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const rule = rulesOf("libvirt/cloudinit-disk", "libvirt_cloudinit_disk");

/** How a text must begin for cloud-init to know what it is. */
const HEAD =
  /^(#cloud-config|#!|#include|#cloud-boothook|#part-handler|#upstart-job|## template:|Content-Type:|MIME-Version:|From )/i;

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
];
