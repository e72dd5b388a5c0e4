import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import type { IConstruct } from "constructs";
import { LockFile } from "../core/lock-file";
import { stackFolder } from "../core/synthesis-hooks";
import { RULES } from "../rules/check";
import { Document, isObject, type Json, member } from "../rules/document";
import { HostStack } from "./host-stack";
import { KNOWN_KINDS } from "./resource-kind";

/**
 * What a synthesized app will make, on which host, what was checked, and how to apply it. For people: the text may
 * change with every release.
 */
export function describeApp(app: App): string {
  const stacks = app.node.findAll().filter(HostStack.isHostStack);
  const forgotten = stacks[0] ? LockFile.of(stacks[0]).forgottenStacks(stacks.map(({ node }) => node.path)) : [];
  const notes = forgotten.map(
    (name) =>
      `berth.lock.json remembers ${name}, which keeps data and is not in this app: see docs/operating.md to tear it down`,
  );
  return [...stacks.map((stack) => describeStack(app, stack)), ...notes].join("\n");
}

function describeStack(app: App, stack: HostStack): string {
  const folder = stackFolder(stack, app.outdir);
  const document = new Document(JSON.parse(fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as Json);
  const docker4 = document.constraintOf("docker")?.startsWith(">= 4") === true;
  const clean = docker4 ? "env -u DOCKER_CONTEXT " : "";
  const before = stack.dependencies.map(({ node }) => node.path).sort();
  const kept = secretsKept(document);
  const notes = [
    ...(kept.length === 0 ? [] : [`the state holds in clear, so encrypt it: ${kept.join(", ")}`]),
    ...(docker4
      ? ["(DOCKER_CONTEXT is unset because parts of the 4.x provider would follow it to another engine)"]
      : []),
    ...needs(document),
  ];
  return [
    `${stack.node.path}`,
    ...hosts(document).flatMap(({ host, resources }) => [`  on ${host}`, ...resources.map((text) => `    ${text}`)]),
    `  checked: provider schemas (${schemas(document)}), ${RULES.length} rules, names, addresses, ports and subnets per machine`,
    ...warnings(stack).map((text) => `  warning: ${text}`),
    "  next:",
    ...before.map((name) => `    first: apply ${name}, which this stack takes values of`),
    `    terraform -chdir=${folder} init && ${clean}terraform -chdir=${folder} apply`,
    `    or: ${clean}cdktf deploy ${stack.node.path}`,
    ...notes.map((text) => `    ${text}`),
    "",
  ].join("\n");
}

/** Resources by host, each kind with its names. */
function hosts(document: Document): { readonly host: string; readonly resources: readonly string[] }[] {
  const providers = (document.json.provider ?? {}) as Readonly<
    Record<string, readonly { alias?: string; uri?: string; host?: string }[]>
  >;
  const hosting = Object.entries(providers).filter(([provider]) => ["docker", "libvirt"].includes(provider));
  const all = hosting.flatMap(([provider, configurations]) =>
    configurations.map(({ alias, uri, host }) => {
      const own = document.all.filter(({ body }) => body.provider === `${provider}.${alias}`);
      const resources = KNOWN_KINDS.flatMap(([type, name]) => {
        const named = own.filter((resource) => resource.type === type).map(({ body }) => String(body.name));
        return named.length === 0 ? [] : [`${name}${named.length === 1 ? "" : "s"}: ${named.join(", ")}`];
      });
      return { host: uri ?? host ?? provider, resources };
    }),
  );
  // A host that had other ids has a block for each.
  return all.filter(
    (one) => one.resources.length > 0 || !all.some((other) => other !== one && other.host === one.host),
  );
}

function schemas(document: Document): string {
  return ["docker", "libvirt", "tls"]
    .flatMap((provider) => {
      const constraint = document.constraintOf(provider);
      return constraint === undefined ? [] : [`${provider} ${constraint}`];
    })
    .join("; ");
}

/** What is secret and reaches the state: values from sensitive variables and files, and keys that are made there. */
function secretsKept(document: Document): string[] {
  const variables = Object.entries(member(document.json, "variable") ?? {})
    .filter(([, body]) => isObject(body) && body.sensitive === true)
    .map(([name]) => name);
  const users = document.all.filter(({ type, body }) => {
    const text = type === "terraform_data" ? "" : JSON.stringify(body);
    return /\bsensitive\(/.test(text) || variables.some((name) => new RegExp(`\\bvar\\.${name}(?![\\w-])`).test(text));
  });
  const keys = document.resources("tls_private_key").length;
  return [...users.map(({ address }) => address), ...(keys === 0 ? [] : [`${keys} private keys`])];
}

function needs(document: Document): string[] {
  const kvm = document.resources("libvirt_domain").length > 0;
  const emulated = document.resources("libvirt_domain").every(({ body }) => body.type === "qemu");
  const fetches = document.resources("terraform_data").some(({ body }) => body.provisioner !== undefined);
  return [
    "needs: terraform 1.4 or later (or OpenTofu); cdktf deploy needs cdktf-cli besides",
    ...(kvm ? [`needs: libvirt and QEMU on the host${emulated ? "" : ", and /dev/kvm"}`] : []),
    ...(fetches ? ["needs: curl or wget here, to fetch images at apply"] : []),
  ];
}

function warnings(stack: IConstruct): string[] {
  return stack.node
    .findAll()
    .flatMap((node) =>
      node.node.metadata
        .filter(({ type }) => type === "@cdktf/warn")
        .map(({ data }) => `[${node.node.path}] ${String(data)}`),
    );
}
