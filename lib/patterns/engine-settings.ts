import { LOG_DRIVERS, LOG_OPTIONS } from "../core/log-drivers";
import { suggestion } from "../core/nearest";
import type { Problems } from "../core/problems";
import { Cidr } from "../units/ipv4";

/** Where an engine and what it runs reach the networks outside, when only by way of a proxy. */
export interface EngineProxies {
  /**
   * Proxy for `http` addresses, without a user and a password, since it stands in the seed. Becomes `HTTP_PROXY`.
   * @default - none
   */
  readonly httpProxy?: string | undefined;
  /**
   * Proxy for `https` addresses. Becomes `HTTPS_PROXY`.
   * @default - none
   */
  readonly httpsProxy?: string | undefined;
  /**
   * Names, domains and addresses that are reached without. Becomes `NO_PROXY`.
   * @default - none
   */
  readonly noProxy?: readonly string[] | undefined;
}

/** Settings of a guest's engine; each becomes a member of its `daemon.json`. Changing one restarts the guest. */
export interface EngineSettings {
  /**
   * How container output is kept. Becomes `log-driver`.
   * @default - the engine's own
   */
  readonly logDriver?: string | undefined;
  /**
   * Options of the log driver; the engine does not start with one it does not know. Becomes `log-opts`.
   * @default - none
   */
  readonly logOptions?: Readonly<Record<string, string>> | undefined;
  /**
   * Mirrors that are asked before the public registry: `http` or `https`, a host and a port, nothing after them. Becomes
   * `registry-mirrors`.
   * @default - none
   */
  readonly registryMirrors?: readonly string[] | undefined;
  /**
   * Ranges that networks without a subnet of their own take theirs from; `size` is the prefix length of each, from that of
   * `base` to 30. None may meet a network of the guest. Becomes `default-address-pools`.
   * @default - the engine's own
   */
  readonly addressPools?: readonly { readonly base: string; readonly size: number }[] | undefined;
  /**
   * Further runtimes by name, such as gVisor's `runsc`; `runc` is the engine's own. Becomes `runtimes`.
   * @default - none
   */
  readonly runtimes?:
    | Readonly<Record<string, { readonly path: string; readonly args?: readonly string[] | undefined }>>
    | undefined;
  /**
   * Proxies that the engine pulls images by. Becomes environment of the engine, in `/etc/default/docker`.
   * @default - none
   */
  readonly proxies?: EngineProxies | undefined;
}

/**
 * Finds what an engine would not start with. Each bound is what dockerd 20.10 did with such a file.
 *
 * @param subnets - of the networks that the guest is on, as far as they are known
 */
export function checkEngineSettings(settings: EngineSettings, subnets: readonly Cidr[], problems: Problems): void {
  checkLogs(settings, problems);
  for (const [index, mirror] of (settings.registryMirrors ?? []).entries()) {
    const fix = "the engine does not start with a path, a query, a user or another scheme";
    problems.check(isOrigin(mirror), `engine.registryMirrors[${index}]`, "be http(s)://host[:port]", mirror, fix);
  }
  for (const [index, pool] of (settings.addressPools ?? []).entries()) {
    checkPool(`engine.addressPools[${index}]`, pool, subnets, problems);
  }
  for (const name of Object.keys(settings.runtimes ?? {})) {
    problems.check(name !== "runc", "engine.runtimes", "leave runc to the engine", name, "choose another name");
  }
  const { httpProxy, httpsProxy, noProxy = [] } = settings.proxies ?? {};
  for (const [name, value] of Object.entries({ httpProxy, httpsProxy })) {
    if (value !== undefined) {
      const fix = "it stands in the seed, so a proxy that wants a password cannot be given here";
      const shown = value.replace(/\/\/.*@/, "//…@");
      problems.check(isOrigin(value), `engine.proxies.${name}`, "be http(s)://host[:port]", shown, fix);
    }
  }
  for (const [index, value] of noProxy.entries()) {
    const prop = `engine.proxies.noProxy[${index}]`;
    problems.check(/^[\w.*:/-]+$/.test(value), prop, "be one name, domain, address or subnet", value);
  }
}

/** The engine does not start with an option that its driver does not know; a driver of another name may be a plugin. */
function checkLogs({ logDriver = "json-file", logOptions = {} }: EngineSettings, problems: Problems): void {
  const fix = LOG_DRIVERS.includes(logDriver) ? undefined : suggestion(logDriver, LOG_DRIVERS);
  if (fix !== undefined) {
    problems.add("engine.logDriver", "be a driver that there is", logDriver, fix);
  }
  const { "max-size": size, "max-file": files } = logOptions;
  const fits = size === undefined || /^\d+(\.\d+)? ?([kmgtp]i?b?)?$|^-1$/i.test(size);
  problems.check(fits, "engine.logOptions.max-size", "be a size such as 10m", size);
  problems.check(files === undefined || Number(files) >= 1, "engine.logOptions.max-file", "be at least 1", files);
  const known = LOG_OPTIONS[logDriver];
  for (const name of known === undefined ? [] : Object.keys(logOptions).filter((one) => !known.includes(one))) {
    problems.add(
      "engine.logOptions",
      `name options of the driver ${logDriver}: ${known?.join(", ")}`,
      name,
      suggestion(name, known ?? []),
    );
  }
}

function checkPool(
  prop: string,
  { base, size }: { readonly base: string; readonly size: number },
  subnets: readonly Cidr[],
  problems: Problems,
): void {
  const range = problems.read(`${prop}.base`, () => Cidr.parse(base), undefined);
  if (!range) {
    return;
  }
  const fits = Number.isInteger(size) && size >= range.prefix && size <= 30;
  problems.check(fits, `${prop}.size`, `be a prefix length of ${range.prefix} to 30`, size);
  for (const subnet of subnets.filter((other) => other.overlaps(range))) {
    problems.add(`${prop}.base`, `not meet ${subnet}, a network of the guest`, base, "choose another range");
  }
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/?$/.test(text);
}

/** The engine's configuration file. */
export function renderDaemonJson(settings: EngineSettings): string {
  const { logDriver, logOptions, registryMirrors, addressPools, runtimes } = settings;
  return JSON.stringify({
    "log-driver": logDriver,
    "log-opts": logOptions,
    "registry-mirrors": registryMirrors,
    "default-address-pools": addressPools,
    runtimes:
      runtimes &&
      Object.fromEntries(Object.entries(runtimes).map(([name, { path, args }]) => [name, { path, runtimeArgs: args }])),
  });
}

/** The engine's environment, one assignment a line. */
export function renderProxies({ proxies = {} }: EngineSettings): string[] {
  const { httpProxy, httpsProxy, noProxy } = proxies;
  const entries = { HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy, NO_PROXY: noProxy?.join(",") };
  return Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]));
}
