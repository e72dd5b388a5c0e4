import { quote, UnitError } from "./unit-error";

/**
 * A hardware address in the form libvirt stores: lower case, colons. Upper case is folded, since libvirt folds it too
 * and the provider would then report a difference. Throws {@link UnitError} for anything but a unicast address.
 */
export function parseMac(text: string): string {
  const mac = text.toLowerCase();
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) {
    throw new UnitError("a hardware address such as 52:54:00:12:34:56", quote(text));
  }
  if (Number.parseInt(mac.slice(0, 2), 16) % 2 === 1) {
    throw new UnitError(
      "a unicast hardware address (first byte even)",
      quote(text),
      "start it with 52:54:00, as QEMU does",
    );
  }
  return mac;
}
