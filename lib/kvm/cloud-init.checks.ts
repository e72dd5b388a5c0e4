import { posix } from "node:path";
import { Token } from "cdktf";
import type { GuestFile, GuestUser } from "../cloud-init/user-data";
import type { Problems } from "../core/problems";
import { PRIVATE_KEY } from "../core/secrets";
import { unreadable } from "../core/yaml";
import { parseSshPublicKey } from "../units/ssh-public-key";

/** The props of a guest that its first boot reads. */
export interface FirstBootProps {
  readonly users: readonly GuestUser[];
  readonly packages: readonly string[];
  readonly files: readonly GuestFile[];
  readonly timezone: string | undefined;
  readonly firstBootScript: string | undefined;
  readonly userData: string | undefined;
}

const HEADS = [
  "#cloud-config",
  "#!",
  "#include",
  "#cloud-boothook",
  "Content-Type:",
  "MIME-Version:",
  "## template: jinja",
];

/** Collects what a first boot would stumble over, or ignore. `given` names the typed props that were set. */
export function checkUserData(props: FirstBootProps, given: readonly string[], problems: Problems): void {
  const { users, packages, files, timezone, firstBootScript, userData } = props;
  if (userData !== undefined) {
    for (const prop of given) {
      problems.addText(prop, "be left out where 'userData' is set", "both", "write it into the user-data");
    }
    if (Token.isUnresolved(userData)) {
      problems.addText("userData", "be a literal known at synth", "a token", "the seed is made at synth");
    } else {
      problems.check(
        HEADS.some((head) => userData.startsWith(head)),
        "userData",
        `begin with one of ${HEADS.join(", ")}`,
        userData.split("\n")[0] ?? "",
        "cloud-init ignores anything else",
      );
      checkYaml(userData, problems);
      checkNoKey("userData", userData, problems);
    }
    return;
  }
  if (!users.some(({ sshKeys }) => sshKeys.length > 0)) {
    problems.addText(
      "users",
      "let somebody in",
      "no user with an ssh key",
      "add a user with a public key, or set 'userData'",
    );
  }
  for (const [index, user] of users.entries()) {
    checkUser(user, `users[${index}]`, problems);
    const twice = users.findIndex(({ name }) => name === user.name) !== index;
    problems.check(!twice, `users[${index}].name`, "be another name for each user", user.name);
  }
  for (const [index, name] of packages.entries()) {
    checkPackage(name, `packages[${index}]`, problems);
  }
  for (const [index, file] of files.entries()) {
    checkFile(file, `files[${index}]`, problems);
    const twice = files.findIndex(({ path }) => path === file.path) !== index;
    problems.check(!twice, `files[${index}].path`, "be another path for each file", file.path);
    const below = files.find(({ path }) => String(path).startsWith(`${file.path}/`));
    problems.check(
      below === undefined,
      `files[${index}].path`,
      "be the path of a file, not of a folder",
      file.path,
      below && `"${below.path}" is below it`,
    );
  }
  if (firstBootScript !== undefined && Token.isUnresolved(firstBootScript)) {
    problems.addText("firstBootScript", "be a literal known at synth", "a token", "the seed is made at synth");
  }
  checkNoKey("firstBootScript", firstBootScript ?? "", problems);
  if (timezone !== undefined && problems.literal("timezone", timezone)) {
    problems.check(
      /^(UTC|[A-Z][\w+-]*(\/[\w+-]+)+)$/.test(timezone) && isTimezone(timezone),
      "timezone",
      'be a name of the time zone database, such as "Europe/Berlin"',
      timezone,
    );
  }
}

function checkUser({ name, sshKeys, groups = [] }: GuestUser, prop: string, problems: Problems): void {
  if (problems.literal(`${prop}.name`, name)) {
    problems.check(
      ACCOUNT.test(name),
      `${prop}.name`,
      "be a lower-case letter or '_', then up to 31 letters, digits, '_' or '-'",
      name,
    );
    problems.check(
      !OF_THE_SYSTEM.has(name),
      `${prop}.name`,
      "not be an account of the system's own",
      name,
      "it has no folder of its own, where its keys could be",
    );
  }
  for (const [index, key] of sshKeys.entries()) {
    if (problems.literal(`${prop}.sshKeys[${index}]`, key)) {
      problems.read(`${prop}.sshKeys[${index}]`, () => parseSshPublicKey(key), undefined);
    }
  }
  for (const group of groups) {
    if (problems.literal(`${prop}.groups`, group)) {
      problems.check(ACCOUNT.test(group), `${prop}.groups`, "be names of groups", group);
    }
  }
}

/** Accounts that distributions have, and nobody logs in as; root is none of them. */
const OF_THE_SYSTEM: ReadonlySet<string> = new Set(
  "_apt adm backup bin daemon ftp games gnats halt irc list lp mail man messagebus news nobody operator proxy shutdown sshd sync sys uucp www-data".split(
    " ",
  ),
);

const ACCOUNT = /^[a-z_][a-z0-9_-]{0,31}$/;

/** The seed image stands beside the JSON, and in the pool, where every user of the host may read it. */
function checkNoKey(prop: string, text: string, problems: Problems): void {
  if (PRIVATE_KEY.test(text)) {
    const fix = "the seed image can be read by whoever reads the JSON; bring it to the guest after its first boot";
    problems.addText(prop, "not hold a private key", "one", fix);
  }
}

/** What a distribution's package manager takes for the name of a package. */
export function checkPackage(name: string, prop: string, problems: Problems): void {
  if (problems.literal(prop, name)) {
    const good = /^[a-z0-9][a-z0-9.+-]*(:[a-z0-9]+)?(=[\w.+:~-]+)?$/.test(name);
    problems.check(good, prop, "be a package name, name:architecture or name=version", name);
  }
}

export function checkFile(file: GuestFile, prop: string, problems: Problems): void {
  const { path, content, permissions = "0644", owner = "root:root" } = file;
  if (problems.literal(`${prop}.path`, path)) {
    const good = /^\/[^/]/.test(path) && !path.endsWith("/");
    problems.check(good, `${prop}.path`, "be an absolute path of a file", path);
    const plain = posix.normalize(path);
    problems.check(!good || plain === path, `${prop}.path`, "be written as it is", path, `write "${plain}"`);
  }
  if (Token.isUnresolved(content)) {
    problems.addText(`${prop}.content`, "be a literal known at synth", "a token", "the seed is made at synth");
  }
  checkNoKey(`${prop}.content`, content, problems);
  problems.check(
    /^0?[0-7]{3,4}$/.test(permissions),
    `${prop}.permissions`,
    'be octal digits such as "0644"',
    permissions,
  );
  problems.check(/^[\w-]+(:[\w-]+)?$/.test(owner), `${prop}.owner`, "be a user, or user:group", owner);
}

/** cloud-init gives up on a configuration that is no YAML. */
function checkYaml(userData: string, problems: Problems): void {
  const reason = userData.startsWith("#cloud-config") ? unreadable(userData) : undefined;
  if (reason !== undefined) {
    problems.addText("userData", "be YAML that can be read", reason, "the guest would start without any of it");
  }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
