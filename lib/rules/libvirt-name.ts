import { isReference } from "./document";
import { quoted } from "./look";
import type { Sight } from "./rule";

/** What is wrong with a name that libvirt keeps a file under. */
export function nameSights(name: unknown): Sight[] {
  return typeof name !== "string" || isReference(name) || /^[^/\n\r]{1,200}$/.test(name)
    ? []
    : [{ attribute: "name", bound: "be 1 to 200 characters, without '/' and line breaks", value: quoted(name) }];
}
