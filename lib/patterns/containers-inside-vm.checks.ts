import { Token } from "cdktf";
import type { Problems } from "../core/problems";
import type { KvmGuestProps } from "../kvm/kvm-guest.props";
import { ENGINE_DISK_SERIAL, PROBE_USER } from "./engine-setup";
import type { GuestKeys } from "./guest-keys";

/** What a guest may be by itself, but not where it has to carry containers. */
export function checkGuest(guest: KvmGuestProps, ownDisk: boolean, problems: Problems): void {
  const { userData, serialConsole, running, users = [], dataDisks = [] } = guest;
  for (const [prop, value, why] of [
    ["userData", userData, "berth installs the engine by it; use 'firstBootScript', 'files' and 'packages'"],
    ["serialConsole", serialConsole, "berth reads the guest's console from its file"],
  ] as const) {
    if (value !== undefined) {
      problems.addText(prop, "be left to berth", "one", why);
    }
  }
  problems.check(running !== false, "running", "be true", running, "an engine that is off carries nothing");
  for (const [index, { name }] of entriesOf(users)) {
    problems.check(name !== PROBE_USER, `users[${index}].name`, "leave this account to berth", name, "choose another");
  }
  for (const [index, { name }] of ownDisk ? entriesOf(dataDisks) : []) {
    const prop = `dataDisks[${index}].name`;
    problems.check(name !== ENGINE_DISK_SERIAL, prop, "leave this disk to the engine", name, "choose another");
  }
}

/** Entries of a list that may be no list; the guest itself says so then. */
function entriesOf<T extends object>(list: readonly T[]): [number, T][] {
  return Array.isArray(list) ? [...list.entries()].filter(([, entry]) => typeof entry === "object" && entry) : [];
}

const PRIVATE = ["hostKey", "loginKey", "serverKey", "clientKey"] as const;

/** A private key that is known at synth would stand in the JSON. */
export function checkKeys(keys: GuestKeys | undefined, rotateOn: string | undefined, problems: Problems): void {
  if (keys && rotateOn !== undefined) {
    problems.add("rotateOn", "be left out with 'keys' of your own", rotateOn, "change the keys instead");
  }
  for (const name of keys ? PRIVATE : []) {
    if (!Token.isUnresolved(keys?.[name])) {
      const fix = "it would stand in the JSON; give a TerraformVariable with sensitive: true";
      problems.addText(`keys.${name}`, "be a reference to a sensitive value", "a literal", fix);
    }
  }
}
