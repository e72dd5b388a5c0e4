import { quote } from "./unit-error";

/** Something that is wrong with a connection. */
export interface ConnectionProblem {
  /** Where it stands: `uri`, or `uri` and a parameter. */
  readonly prop: string;
  /** What must be, continuing "must". */
  readonly bound: string;
  readonly value: string;
  readonly fix?: string | undefined;
}

/** What a parameter of a connection may be. */
interface Parameter {
  readonly pattern: RegExp;
  readonly bound: string;
}

/** The provider puts a socket's path into a line of the host's shell. */
const SOCKET: Parameter = {
  pattern: /^\/[\w./@:+-]+$/,
  bound: "be an absolute path of letters, digits and ./@:+_-",
};
const FILE: Parameter = { pattern: /^[^-\p{Cc}]\P{Cc}*$/u, bound: "be a path" };
const PROXY: Parameter = { pattern: /^(auto|native|netcat)$/, bound: 'be "auto", "native" or "netcat"' };
const KEY_ONLY: Parameter = {
  pattern: /^privkey$/,
  bound: 'be "privkey": an agent is used without it, and "agent" would lend it to the host',
};

/** The transports of the provider, with the parameters that each of them reads; what it does not read is not said. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, Parameter>>>> = {
  "": { socket: SOCKET },
  ssh: { keyfile: FILE, knownhosts: FILE, socket: SOCKET },
  sshcmd: { keyfile: FILE, knownhosts: FILE, proxy: PROXY, socket: SOCKET, sshauth: KEY_ONLY },
  tls: { pkipath: FILE },
};
const TRANSPORTS = Object.keys(PARAMETERS).filter((name) => name !== "");

/** Parameters that switch off the check of who answers, whatever their value is. */
const UNCHECKED: readonly string[] = ["no_verify", "known_hosts_verify"];

const USER = /^\w[\w.-]*$/;
const MACHINE = /^([a-z0-9][\w.-]*|\[[0-9a-f:.]+\])$/i;

/** What keeps a text from being a connection that the provider reaches, and reaches safely. */
export function connectionProblems(uri: string): readonly ConnectionProblem[] {
  const problem = (bound: string, fix?: string, value = quote(withoutPassword(uri))): ConnectionProblem => ({
    prop: "uri",
    bound,
    value,
    fix,
  });
  const match = /^qemu(?:\+([a-z]+))?:\/\/([^/?#\s]*)\/(system|session)(?:\?([^#\s]*))?$/.exec(uri);
  if (!match) {
    return [problem('be a QEMU connection such as "qemu:///system" or "qemu+sshcmd://ops@rack1/system"')];
  }
  const [, transport = "", authority = "", , query = ""] = match;
  if (transport === "tcp") {
    return [problem("not be an unencrypted connection", "use qemu+sshcmd:// or qemu+tls://")];
  }
  const known = PARAMETERS[transport];
  if (known === undefined) {
    return [problem(`use one of the transports ${TRANSPORTS.join(", ")}`)];
  }
  if (transport === "" && authority !== "") {
    return [problem("name its transport where it names a machine", 'such as "qemu+sshcmd://ops@rack1/system"')];
  }
  return [
    ...(transport === "" ? [] : authorityProblems(transport, authority, problem)),
    ...[...new URLSearchParams(query)].flatMap(([name, value]) => parameterProblem(transport, name, value, problem)),
  ];
}

type Saying = (bound: string, fix?: string, value?: string) => ConnectionProblem;

function authorityProblems(transport: string, authority: string, problem: Saying): readonly ConnectionProblem[] {
  const [, user, machine = "", port] = /^(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? [];
  return [
    ...(user?.includes(":")
      ? [problem("hold no password", "it would stand in the code and in the state; use a key")]
      : []),
    ...(user === undefined || USER.test(user.replace(/:.*/, ""))
      ? []
      : [problem("name a user that begins with a letter or digit, such as ops@rack1")]),
    ...(machine === ""
      ? [problem("name the machine", `such as "qemu+${transport}://ops@rack1/system"`)]
      : MACHINE.test(machine)
        ? []
        : [problem("name a machine that begins with a letter or digit, or [an IPv6 address]")]),
    ...(port === undefined || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)
      ? []
      : [problem("have a port from 1 to 65535")]),
  ];
}

function parameterProblem(
  transport: string,
  name: string,
  value: string,
  problem: Saying,
): readonly ConnectionProblem[] {
  if (UNCHECKED.includes(name)) {
    return [
      problem(
        "not switch off the check of the host's key",
        transport === "tls"
          ? "name the folder with the certificate of its authority with pkipath="
          : "add the host's key to known_hosts, and name that file with knownhosts=",
      ),
    ];
  }
  const parameters = PARAMETERS[transport] ?? {};
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined) {
    const names = Object.keys(parameters).join(", ");
    return [problem(`have no parameters but ${names}`, undefined, quote(name))];
  }
  return parameter.pattern.test(value) ? [] : [{ prop: `uri ${name}`, bound: parameter.bound, value: quote(value) }];
}

/** A connection as it may be shown. */
function withoutPassword(uri: string): string {
  return uri.replace(/(:\/\/[^:/?#@]*):[^/?#]*@/, "$1:***@");
}
