import type { GuestFile, GuestUser } from "../cloud-init/user-data";
import { shortHash } from "../core/naming";
import { Problems } from "../core/problems";
import { readProps } from "../core/shape";
import { Duration } from "../units/duration";
import type { Size } from "../units/size";
import { checkUserData } from "./cloud-init.checks";
import type { FileSource } from "./file-source";
import { type GuestInterface, resolveInterfaces } from "./guest-interfaces.model";
import { checkImage, type RootImage, resolveImage } from "./image.checks";
import { type DirectBoot, GUEST_SHAPE, type KvmGuestProps } from "./kvm-guest.props";
import { checkName } from "./name.checks";
import { Os } from "./os";

/** Props with every default filled in, total even where the input was bad. */
export interface KvmGuestModel {
  readonly name: string;
  /** MiB. */
  readonly memory: number;
  readonly vcpus: number;
  readonly image: RootImage;
  readonly os: Os;
  readonly interfaces: readonly GuestInterface[];
  readonly directBoot: DirectBoot | undefined;
  readonly guestAgent: boolean;
  readonly serialConsole: boolean;
  /** Where the host keeps what the console prints. */
  readonly consoleLog: string | undefined;
  readonly vnc: { readonly port: number | undefined } | undefined;
  readonly autostart: boolean;
  readonly running: boolean;
  /** Seconds; undefined cuts the power. */
  readonly shutdownSeconds: number | undefined;
  readonly rebuildOn: string;
  /** What the seed is made from; undefined for a guest that gets none. */
  readonly seed: GuestSeedModel | undefined;
}

/** What a guest is told of itself: raw, or made from props. */
export interface GuestSeedModel {
  readonly instanceId: string;
  readonly hostname: string;
  readonly userData: string | TypedSeed;
}

/** What the props say of the guest's system. */
export interface TypedSeed {
  readonly users: readonly GuestUser[];
  readonly packages: readonly string[];
  readonly files: readonly GuestFile[];
  readonly firstBootScript: string | undefined;
  readonly timezone: string | undefined;
}

/** Where a guest stands: its path in the tree, its id, and the folder that relative paths start at. */
export interface GuestPlace {
  readonly path: string;
  readonly id: string;
  readonly folder: string;
}

/** Fills in the defaults and collects what only the props can show; what the JSON shows is left to the rules. */
export function resolveKvmGuest(
  { path, id, folder }: GuestPlace,
  given: KvmGuestProps,
): { model: KvmGuestModel; props: KvmGuestProps; problems: Problems } {
  const problems = new Problems();
  const props = readProps(path, given, GUEST_SHAPE, problems);
  const { image, rootDisk, directBoot, vnc = false, shutdownTimeout = Duration.minutes(2), rebuildOn = "" } = props;
  const name = props.name ?? id;
  if (problems.literal("name", name)) {
    checkName(name, problems);
  }
  problems.literal("rebuildOn", rebuildOn);
  checkMemory(props.memory, problems);
  if (typeof props.serialConsole === "object") {
    const { log } = props.serialConsole;
    problems.check(/^\/\S+$/.test(log), "serialConsole.log", "be an absolute path on the host", log);
  }
  if (given.image === undefined && directBoot === undefined) {
    problems.addText(
      "image",
      "be set for a guest that boots from its disk",
      "nothing",
      "give an image, an installer, or 'directBoot'",
    );
  }
  if (props.pool.host !== props.host) {
    problems.addText(
      "pool",
      `stand on the guest's own host ${props.host.node.path}`,
      `${props.pool.node.path} on ${props.pool.host.node.path}`,
    );
  }
  const resolved = resolveImage(image?.image, folder, problems);
  checkImage(resolved, rootDisk, folder, problems);
  checkFile("directBoot.kernel", directBoot?.kernel, folder, problems);
  checkFile("directBoot.initrd", directBoot?.initrd, folder, problems);
  const model: KvmGuestModel = {
    name,
    memory: problems.read("memory", () => props.memory.toMebibytes(), 64),
    vcpus: problems.literal("vcpus", props.vcpus) ? props.vcpus : 1,
    image: resolved,
    os: props.os ?? Os.generic(),
    interfaces: resolveInterfaces(path, props.host, props.networks ?? [], problems),
    directBoot,
    guestAgent: props.guestAgent ?? false,
    serialConsole: props.serialConsole !== false,
    consoleLog: typeof props.serialConsole === "object" ? props.serialConsole.log : undefined,
    vnc: vnc === false ? undefined : { port: vnc === true ? undefined : vnc.port },
    autostart: props.autostart ?? true,
    running: props.running ?? true,
    shutdownSeconds: shutdownSeconds(shutdownTimeout, problems),
    rebuildOn,
    seed: resolveSeed(name, props, resolved, problems),
  };
  return { model: Object.freeze(model), props, problems };
}

function shutdownSeconds(timeout: Duration | "power-off", problems: Problems): number | undefined {
  if (timeout === "power-off") {
    return undefined;
  }
  problems.check(timeout.isWholeSeconds, "shutdownTimeout", 'be whole seconds from 1, or "power-off"', timeout);
  return timeout.toSecondsCeil();
}

function resolveSeed(
  name: string,
  props: KvmGuestProps,
  image: RootImage,
  problems: Problems,
): GuestSeedModel | undefined {
  const { users = [], packages = [], files = [], firstBootScript, timezone, userData, rebuildOn = "" } = props;
  const typed = { users, packages, files, firstBootScript, timezone };
  const given = Object.entries(typed).flatMap(([prop, value]) =>
    value !== undefined && value.length > 0 ? [prop] : [],
  );
  const read = [...given, ...(["userData", "hostname"] as const).filter((prop) => props[prop] !== undefined)];
  if (image.kind === "installer") {
    for (const prop of read) {
      problems.addText(
        prop,
        "be left out for a guest that is installed from a medium",
        "one",
        "an installer does not read it",
      );
    }
    return undefined;
  }
  if (image.kind === "empty" && read.length === 0) {
    return undefined;
  }
  const hostname = resolveHostname(name, props.hostname, problems);
  checkUserData({ ...typed, userData }, given, problems);
  const instanceId = rebuildOn === "" ? name : `${name}-${shortHash(rebuildOn)}`;
  return { instanceId, hostname, userData: userData ?? typed };
}

function resolveHostname(name: string, given: string | undefined, problems: Problems): string {
  const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
  const bound = "be a DNS label: 1 to 63 letters, digits or '-', with a letter or digit at both ends";
  if (given !== undefined) {
    if (problems.literal("hostname", given)) {
      problems.check(label.test(given), "hostname", bound, given);
    }
  } else if (GUEST_NAME.test(name)) {
    problems.check(label.test(name), "hostname", bound, name, "it is the guest's name unless you set 'hostname'");
  }
  return given ?? name;
}

/** What libvirt takes for a name; a name that is none is reported by the rules. */
const GUEST_NAME = /^[a-zA-Z0-9][\w.+-]{0,62}$/;

function checkFile(prop: string, file: FileSource | undefined, folder: string, problems: Problems): void {
  checkImage({ kind: "file", prop, file }, undefined, folder, problems);
}

/** What a cloud image boots with. */
function checkMemory(memory: Size, problems: Problems): void {
  const mebibytes = memory.toBytes() / 1024 ** 2;
  const fix =
    Number.isInteger(mebibytes) && mebibytes >= 1 && mebibytes <= 32
      ? `did you mean Size.gibibytes(${mebibytes})?`
      : undefined;
  problems.check(mebibytes >= 64, "memory", "be at least 64 MiB", memory, fix);
}
