import { parseMac } from "../units/mac";
import { UnitError } from "../units/unit-error";
import { isReference } from "./document";
import { quoted } from "./look";
import type { Sight } from "./rule";

/** What is wrong with a hardware address, as libvirt and its provider take it. */
export function macSights(attribute: string, mac: unknown): Sight[] {
  if (typeof mac !== "string" || isReference(mac)) {
    return [];
  }
  try {
    const stored = parseMac(mac);
    const fix = `did you mean ${quoted(stored)}?`;
    return stored === mac
      ? []
      : [{ attribute, bound: "be in lower case, as libvirt stores it", value: quoted(mac), fix }];
  } catch (error) {
    if (error instanceof UnitError) {
      return [{ attribute, bound: `be ${error.bound}`, value: error.value, fix: error.fix }];
    }
    throw error;
  }
}
