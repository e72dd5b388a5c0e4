import type { GuestFile, GuestUser } from "../cloud-init/user-data";
import type { Problems } from "../core/problems";
import { parseSshPublicKey } from "../units/ssh-public-key";

/** The props of a guest that its first boot reads. */
export interface FirstBootProps {
  readonly users: readonly GuestUser[];
  readonly packages: readonly string[];
  readonly files: readonly GuestFile[];
  readonly timezone: string | undefined;
  readonly userData: string | undefined;
  readonly hostname: string;
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
  const { users, packages, files, timezone, userData, hostname } = props;
  if (problems.literal("hostname", hostname)) {
    const good = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(hostname);
    problems.check(
      good,
      "hostname",
      "be a DNS label: 1 to 63 letters, digits or '-', with a letter or digit at both ends",
      hostname,
      "it is the guest's name unless set",
    );
  }
  if (userData !== undefined) {
    for (const prop of given) {
      problems.add(prop, "be left out where 'userData' is set", "both", "write it into the user-data");
    }
    if (problems.literal("userData", userData)) {
      problems.check(
        HEADS.some((head) => userData.startsWith(head)),
        "userData",
        `begin with one of ${HEADS.join(", ")}`,
        userData.split("\n")[0] ?? "",
        "cloud-init ignores anything else",
      );
    }
    return;
  }
  if (!users.some(({ sshKeys }) => sshKeys.length > 0)) {
    problems.add(
      "users",
      "let somebody in",
      `${users.length} users with an ssh key`.replace(/^\d+/, "0"),
      "add a user with a public key, or set 'userData'",
    );
  }
  users.forEach((user, index) => {
    checkUser(user, `users[${index}]`, problems);
    const twice = users.findIndex(({ name }) => name === user.name) !== index;
    problems.check(!twice, `users[${index}].name`, "be named once", user.name);
  });
  packages.forEach((name, index) => {
    if (problems.literal(`packages[${index}]`, name)) {
      problems.check(
        /^[a-z0-9][a-z0-9.+-]*(=[\w.+:~-]+)?$/.test(name),
        `packages[${index}]`,
        "be a package name, or name=version",
        name,
      );
    }
  });
  for (const [index, file] of files.entries()) {
    checkFile(file, files, index, problems);
  }
  if (timezone !== undefined && problems.literal("timezone", timezone)) {
    problems.check(
      /^[A-Z][\w+-]*(\/[\w+-]+)*$/.test(timezone),
      "timezone",
      'be a name of the time zone database, such as "Europe/Berlin"',
      timezone,
    );
  }
}

function checkUser({ name, sshKeys, groups = [] }: GuestUser, prop: string, problems: Problems): void {
  if (problems.literal(`${prop}.name`, name)) {
    problems.check(
      /^[a-z_][a-z0-9_-]{0,31}$/.test(name),
      `${prop}.name`,
      "be a lower-case letter or '_', then up to 31 letters, digits, '_' or '-'",
      name,
    );
  }
  sshKeys.forEach((key, index) => {
    if (problems.literal(`${prop}.sshKeys[${index}]`, key)) {
      problems.read(`${prop}.sshKeys[${index}]`, () => parseSshPublicKey(key), undefined);
    }
  });
  for (const group of groups) {
    problems.check(/^[a-z_][a-z0-9_-]{0,31}$/.test(group), `${prop}.groups`, "be names of groups", group);
  }
}

function checkFile(
  { path, content, permissions = "0644", owner = "root:root" }: GuestFile,
  all: readonly GuestFile[],
  index: number,
  problems: Problems,
): void {
  const prop = `files[${index}]`;
  if (problems.literal(`${prop}.path`, path)) {
    problems.check(/^\/[^/]/.test(path) && !path.endsWith("/"), `${prop}.path`, "be an absolute path of a file", path);
    problems.check(all.findIndex((other) => other.path === path) === index, `${prop}.path`, "be written once", path);
  }
  problems.literal(`${prop}.content`, content);
  problems.check(
    /^0?[0-7]{3,4}$/.test(permissions),
    `${prop}.permissions`,
    'be octal digits such as "0644"',
    permissions,
  );
  problems.check(/^[\w-]+(:[\w-]+)?$/.test(owner), `${prop}.owner`, "be a user, or user:group", owner);
}
