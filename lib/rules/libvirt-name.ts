import { isReference } from "./document";
import { quoted } from "./look";
import type { Sight } from "./rule";

/** What is wrong with a name that libvirt keeps a file under. */
export function nameSights(name: unknown): Sight[] {
  return typeof name !== "string" || isReference(name) || /^[a-zA-Z0-9][\w.+-]{0,62}$/.test(name)
    ? []
    : [
        {
          attribute: "name",
          bound: "be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit",
          value: quoted(name),
        },
      ];
}
