import { Token } from "cdktf";
import type { GuestUser } from "../cloud-init/user-data";
import type { Problems } from "../core/problems";
import type { KvmGuestProps } from "../kvm/kvm-guest.props";
import type { SshTransport } from "./containers-inside-vm.props";
import { ENGINE_DISK_SERIAL, PROBE_USER } from "./engine-setup";
import type { GuestKeys, SshKeys } from "./guest-keys";

/** Files that berth writes in a guest that carries containers. */
const OWN_FILES: readonly string[] = [
  "/etc/docker/daemon.json",
  "/etc/default/docker",
  "/etc/ssh/sshd_config.d/10-berth.conf",
];

/** What a guest may be by itself, but not where it has to carry containers. */
export function checkGuest(guest: KvmGuestProps, ownDisk: boolean, problems: Problems): void {
  const { userData, serialConsole, running, users = [], dataDisks = [], files = [] } = guest;
  if (guest.image?.image.kind === "installer") {
    const fix = "berth installs the engine at the first boot of a system that is there";
    problems.addText("image", "be a disk image with a system", "an installation medium", fix);
  }
  for (const [index, { path }] of entriesOf(files)) {
    const fix = "'engine' has the settings that it holds";
    problems.check(!OWN_FILES.includes(path), `files[${index}].path`, "leave this file to berth", path, fix);
  }
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
  for (const [index, { name, mountPoint }] of ownDisk ? entriesOf(dataDisks) : []) {
    const prop = `dataDisks[${index}]`;
    problems.check(
      name !== ENGINE_DISK_SERIAL,
      `${prop}.name`,
      "leave this disk to the engine",
      name,
      "choose another",
    );
    const free = typeof mountPoint !== "string" || !/^\/var\/lib\/docker(\/|$)/.test(mountPoint);
    const fix = "its data have a disk of their own, 'engineDisk'";
    problems.check(free, `${prop}.mountPoint`, "leave this folder to the engine", mountPoint, fix);
  }
}

/** Entries of a list that may be no list; the guest itself says so then. */
function entriesOf<T extends object>(list: readonly T[]): [number, T][] {
  return Array.isArray(list) ? [...list.entries()].filter(([, entry]) => typeof entry === "object" && entry) : [];
}

const PRIVATE = ["hostKey", "loginKey", "serverKey", "clientKey"] as const;
const CERTIFICATES = ["ca", "serverCertificate", "serverKey", "clientCertificate", "clientKey"] as const;

/** Keys must be those of the transport; a private one that is known at synth would stand in the JSON. */
export function checkKeys(
  keys: (SshKeys & Partial<GuestKeys>) | undefined,
  { rotateOn, ssh }: { readonly rotateOn: string | undefined; readonly ssh: boolean },
  problems: Problems,
): void {
  if (!keys) {
    if (ssh) {
      const fix = "the provider takes no host key that is known after the apply only, as a generated one is";
      problems.addText("keys", "be set for an engine behind ssh", "nothing", fix);
    }
    return;
  }
  if (rotateOn !== undefined) {
    problems.add("rotateOn", "be left out with 'keys' of your own", rotateOn, "change the keys instead");
  }
  for (const name of PRIVATE) {
    if (keys[name] !== undefined && !Token.isUnresolved(keys[name])) {
      const fix = "it would stand in the JSON; give a TerraformVariable with sensitive: true";
      problems.addText(`keys.${name}`, "be a reference to a sensitive value", "a literal", fix);
    }
  }
  for (const name of CERTIFICATES) {
    if (ssh && keys[name] !== undefined) {
      problems.addText(`keys.${name}`, "be left out for an engine behind ssh", "one", "it listens to nobody else");
    }
    if (!ssh && keys[name] === undefined) {
      problems.addText(`keys.${name}`, "be a text", "nothing");
    }
  }
  if (ssh && problems.literal("keys.hostPublicKey", keys.hostPublicKey)) {
    const good = /^ssh-ed25519 [A-Za-z0-9+/]{68}( .*)?$/.test(keys.hostPublicKey);
    const bound = 'be "ssh-ed25519" and the key for an engine behind ssh';
    problems.check(good, "keys.hostPublicKey", bound, keys.hostPublicKey);
  }
}

/** The user that the engine is reached as must exist. */
export function checkTransport(
  ssh: SshTransport | undefined,
  users: readonly GuestUser[] | undefined,
  problems: Problems,
): void {
  if (!ssh) {
    return;
  }
  checkUser("transport.user", ssh.user, { users: users ?? [], who: ANY_USER }, problems);
  const { identityFile } = ssh;
  if (identityFile !== undefined && problems.literal("transport.identityFile", identityFile)) {
    problems.check(/^[^\s]+$/.test(identityFile), "transport.identityFile", "name a file without spaces", identityFile);
  }
}

/** `who` says which of the guest's users may be named. */
export function checkUser(
  prop: string,
  user: string,
  { users, who }: { readonly users: readonly GuestUser[]; readonly who: string },
  problems: Problems,
): void {
  const names = entriesOf(users).map(([, { name }]) => name);
  const known = names.length === 0 ? "there is none" : `there is ${names.join(", ")}`;
  problems.check(names.includes(user), prop, `name ${who}`, user, known);
}

/** Which users a message may ask for. */
export const ANY_USER = "one of the guest's 'users'";
export const ENGINE_USER = "one of the guest's 'users' in the group docker";

/** The guest's users, of whom one may use the engine. */
export function withEngineUser(
  users: readonly GuestUser[] | undefined,
  engineUser: string | undefined,
): readonly GuestUser[] {
  // What is no list, or no user in it, is named by the guest itself.
  return (Array.isArray(users) ? (users as readonly GuestUser[]) : []).map((user) =>
    engineUser !== undefined && user?.name === engineUser ? { ...user, groups: withDocker(user.groups) } : user,
  );
}

/** Anything but a list is left to the guest, which names it. */
function withDocker(groups: GuestUser["groups"]): GuestUser["groups"] {
  return groups !== undefined && !Array.isArray(groups) ? groups : [...new Set([...(groups ?? []), "docker"])];
}
