import { suggestion } from "../core/nearest";
import { alone } from "./alone";
import { type Document, isObject, isReference, type Rendered } from "./document";
import { quoted } from "./look";
import { referencesIn } from "./references";
import type { Sight } from "./rule";

const NAME = /^[A-Za-z_][\w-]*$/;
/** Providers whose types begin with their usual local name. */
const OWN_PREFIX: ReadonlySet<string> = new Set(["docker", "libvirt", "tls"]);
const LIFECYCLE: readonly string[] = [
  "create_before_destroy",
  "prevent_destroy",
  "ignore_changes",
  "replace_triggered_by",
  "precondition",
  "postcondition",
  "action_trigger",
];

export type See = (rule: string, sight: Sight) => void;

/** What Terraform refuses in what every resource has: its name, provider, count, for_each, lifecycle and depends_on. */
export function checkMeta({ address, type, body }: Rendered, document: Document, see: See): void {
  const name = address.slice(address.lastIndexOf(`${type}.`) + type.length + 1);
  if (!NAME.test(name)) {
    see("resource-name", {
      attribute: "name of the resource",
      bound: "be letters, digits, '_' or '-', not beginning with a digit",
      value: quoted(name),
    });
  }
  const { provider, count, for_each: each, lifecycle, depends_on: after } = body;
  if (typeof provider === "string" && provider.includes(".") && !document.at(`provider.${provider}`)) {
    const known = document.providers.map((one) => one.address.slice("provider.".length));
    const fix = suggestion(provider, known) ?? "add its block";
    see("unknown-provider", {
      attribute: "provider",
      bound: "be a provider block of this stack",
      value: quoted(provider),
      fix,
    });
  }
  const kind = typeof provider === "string" ? provider.split(".")[0] : undefined;
  if (
    kind !== undefined &&
    OWN_PREFIX.has(type.split("_")[0] ?? "") &&
    kind !== type.split("_")[0] &&
    OWN_PREFIX.has(kind)
  ) {
    see("provider-of-type", {
      attribute: "provider",
      bound: `be one of ${type.split("_")[0]}, which has the type ${type}`,
      value: quoted(provider),
    });
  }
  if (count !== undefined && each !== undefined) {
    see("count-and-for-each", { attribute: "count", bound: "be left out where for_each is set", value: "both" });
  }
  if (Array.isArray(each)) {
    see("for-each-list", { attribute: "for_each", bound: "be a map or a set", value: "a list", fix: "${toset([…])}" });
  }
  if (Number(count) > 1 || isObject(each) || (typeof each === "string" && !each.includes("?"))) {
    const what = each === undefined ? `${String(count)} times` : "for each of for_each";
    for (const { attribute, value } of alone(type, body)) {
      see("one-of-many", {
        attribute,
        bound: "be another one for each instance",
        value: `${quoted(value)} ${what}`,
        fix: each === undefined ? "make it of ${count.index}" : "make it of ${each.key}",
      });
    }
  }
  for (const word of Object.keys(isObject(lifecycle) ? lifecycle : {}).filter((one) => !LIFECYCLE.includes(one))) {
    const fix = suggestion(word, LIFECYCLE);
    see("unknown-attribute", {
      attribute: `lifecycle.${word}`,
      bound: "be a word that lifecycle knows",
      value: quoted(word),
      fix,
    });
  }
  for (const one of Array.isArray(after) ? (after as unknown[]) : []) {
    if (typeof one === "string" && !/^(data\.)?[\w-]+\.[\w-]+(\[[^\]]*\])?$/.test(one)) {
      see("depends-on", { attribute: "depends_on", bound: "name resources, as type and name", value: quoted(one) });
    }
  }
  if (count !== undefined && !isReference(count) && !(Number.isInteger(Number(count)) && Number(count) >= 0)) {
    see("type", { attribute: "count", bound: "be a whole number from 0", value: quoted(count) });
  }
  for (const [attribute, value] of [
    ["count", count],
    ["for_each", each],
  ] as const) {
    const unknown = [...referencesIn(value)].find(
      ({ address: of, member = "" }) =>
        document.at(of)?.kind === "resource" && UNKNOWN.has(member) && document.at(of)?.body[member] === undefined,
    );
    if (unknown) {
      see("unknown-at-plan", {
        attribute,
        bound: "be known before anything is made",
        value: `${unknown.address}.${String(unknown.member)}`,
        fix: "make it of names that stand in the code",
      });
    }
  }
  if (isObject(lifecycle)) {
    const { prevent_destroy: kept, create_before_destroy: first, replace_triggered_by: by } = lifecycle;
    for (const [word, value] of Object.entries({ prevent_destroy: kept, create_before_destroy: first })) {
      if (value !== undefined && typeof value !== "boolean" && value !== "true" && value !== "false") {
        see("type", { attribute: `lifecycle.${word}`, bound: "be true or false, written out", value: quoted(value) });
      }
    }
    for (const one of Array.isArray(by) ? (by as unknown[]) : []) {
      if (typeof one === "string" && !/^(?!(local|var|data|each|path)\.)[a-z]\w*\.[\w-]+([.[].*)?$/.test(one)) {
        see("replace-triggered-by", {
          attribute: "lifecycle.replace_triggered_by",
          bound: "name resources of this stack, without ${}",
          value: quoted(one),
          fix: "a terraform_data with the value as its input can be named",
        });
      }
    }
    // What a service is handed gets a name of its content, so that the new one can stand beside the old one.
    const renamed = type === "docker_secret" || type === "docker_config";
    if (first === true && each === undefined && count === undefined && !renamed) {
      for (const { attribute, value } of alone(type, body)) {
        see("create-before-destroy", {
          attribute,
          bound: "not be one that only one thing can have, where it is made before the old one is gone",
          value: quoted(value),
          fix: "leave out create_before_destroy",
        });
      }
    }
  }
}

/** What a provider says of a thing only when it is there. */
const UNKNOWN: ReadonlySet<string> = new Set([
  "id",
  "uuid",
  "image_id",
  "repo_digest",
  "network_data",
  "container_logs",
  "key",
  "path",
  "mountpoint",
]);
