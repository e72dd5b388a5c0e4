import { type Document, isReference, providerOf, type Rendered } from "../../rules/document";
import { referencesIn } from "../../rules/references";

/** A daemon that a stack's resources stand on, with what its provider block says of the way there. */
export interface Endpoint {
  readonly provider: "docker" | "libvirt";
  /** As resources name it in `provider`, such as `docker.apps`. */
  readonly name: string;
  /** Docker's host, or libvirt's URI. */
  readonly address: string;
  readonly keys: Keys | undefined;
}

/** Client keys of an engine: a folder that holds them, or the keys themselves. */
export type Keys =
  | { readonly folder: string }
  | { readonly ca: string; readonly certificate: string; readonly key: string };

/** Replaces every `${…}` of a text; undefined where one of them is not known. */
export type Resolve = (text: string) => string | undefined;

/** Every daemon of a stack: those that have a provider block, and the usual ones where resources need none. */
export function endpointsOf(stack: Document, resolve: Resolve): readonly Endpoint[] {
  const blocks = stack.providers.filter(({ type }) => type === "provider.docker" || type === "provider.libvirt");
  const used = new Set(stack.all.filter(({ kind }) => kind === "resource").map((one) => endpointName(one)));
  const usual = (["docker", "libvirt"] as const)
    .filter((provider) => used.has(provider) && !blocks.some(({ address }) => address === `provider.${provider}`))
    .map((provider) => ({ provider, name: provider, address: USUAL[provider], keys: undefined }));
  return [
    ...onceEach(
      blocks.map((block) => endpointOf(block, resolve)),
      used,
    ),
    ...usual,
  ];
}

/** Without those that lead where another one leads, too, and that no resource uses: a host has a block for each id that it had. */
function onceEach(all: readonly Endpoint[], used: ReadonlySet<string>): readonly Endpoint[] {
  const inUseFirst = [...all].sort((a, b) => Number(used.has(b.name)) - Number(used.has(a.name)));
  const first = (one: Endpoint) =>
    inUseFirst.find(({ provider, address }) => provider === one.provider && address === one.address);
  return all.filter((one) => used.has(one.name) || first(one) === one);
}

/** The endpoint that a resource stands on, by name. */
export function endpointName({ type, body }: Rendered): string {
  return typeof body.provider === "string" ? body.provider : providerOf(type);
}

const USUAL = { docker: "unix:///var/run/docker.sock", libvirt: "qemu:///system" } as const;

function endpointOf({ address: at, type, body }: Rendered, resolve: Resolve): Endpoint {
  const provider = type === "provider.docker" ? "docker" : "libvirt";
  const given = provider === "docker" ? body.host : body.uri;
  const address = typeof given === "string" && given !== "" ? (resolve(given) ?? given) : USUAL[provider];
  return { provider, name: at.replace(/^provider\./, ""), address, keys: keysOf(body, resolve) };
}

function keysOf(body: Rendered["body"], resolve: Resolve): Keys | undefined {
  const text = (name: string) => (typeof body[name] === "string" ? resolve(body[name]) : undefined);
  const [ca, certificate, key] = [text("ca_material"), text("cert_material"), text("key_material")];
  if (ca && certificate && key) {
    return { ca, certificate, key };
  }
  const folder = text("cert_path");
  return folder ? { folder } : undefined;
}

/** The name of a thing as its daemon knows it; undefined where Terraform computes it. */
export function literalName({ body }: Rendered): string | undefined {
  return typeof body.name === "string" && !isReference(body.name) ? body.name : undefined;
}

/** The addresses that a resource names, wherever they stand in it. */
export function addressesIn({ body }: Rendered): readonly string[] {
  return [...new Set(referencesIn(body).map(({ address }) => address))];
}

/** What a stack makes on one endpoint. */
export function resourcesOn(stack: Document, endpoint: string): readonly Rendered[] {
  return stack.all.filter((one) => one.kind === "resource" && endpointName(one) === endpoint);
}
