import { at, stepsOf } from "./at";
import { isObject, isReference, type Json, providerOf, type Rendered } from "./document";
import { indexed } from "./indexed";
import { quoted } from "./look";
import type { Rule } from "./rule";

/** An attribute that takes one thing of another resource of the provider's, and what that thing is. */
export interface Wire {
  /** The way to the attribute, through blocks, lists and objects: `devices.disks.source.file.file`. */
  readonly way: string;
  /** What it takes, as `docker_network.id`. */
  readonly takes: readonly string[];
}

interface Plug {
  readonly attribute: string;
  readonly text: string;
  /** `docker_network.lan`. */
  readonly address: string;
  /** `docker_network.name`. */
  readonly what: string;
}

const PLAIN = /^\$\{(data\.)?((?:docker|libvirt)_\w+)\.([\w-]+)(?:\[[^\]]*\])?\.([\w.]+)\}$/;

/** The references that stand at a wire, where nothing else stands there beside them. */
function plugs(body: Json, { way }: Wire): Plug[] {
  return textsAt(body, stepsOf(way)).flatMap(({ attribute, text: whole }) => {
    const [text, data = "", type = "", name = "", member = ""] = PLAIN.exec(whole) ?? [];
    return text === undefined || data !== ""
      ? []
      : [{ attribute, text, address: `${type}.${name}`, what: `${type}.${member}` }];
  });
}

/** A text at the end of a way. */
interface Leaf {
  readonly attribute: string;
  readonly text: string;
}

function textsAt(body: Json, way: readonly string[]): readonly Leaf[] {
  // Most resources have nothing there.
  if (body[way[0] ?? ""] === undefined) {
    return [];
  }
  const found: Leaf[] = [];
  follow(body, way, 0, "", found);
  return found;
}

function follow(value: unknown, way: readonly string[], step: number, prefix: string, found: Leaf[]): void {
  const name = way[step];
  if (value === undefined) {
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      follow(element, way, step, `${prefix}.${index}`, found);
    }
  } else if (name === undefined) {
    if (typeof value === "string") {
      found.push({ attribute: prefix.slice(1), text: value });
    }
  } else if (isObject(value)) {
    follow(value[name], way, step + 1, `${prefix}.${name}`, found);
  }
}

/** Refuses a reference to something that the attribute does not take: it plans, since Terraform sees texts only. */
export function wired(wire: Wire): Rule["check"] {
  const [first = ""] = wire.takes;
  return ({ body }) =>
    plugs(body, wire)
      .filter(({ what }) => !wire.takes.includes(what))
      .map(({ attribute, text }) => ({
        attribute,
        bound: `take ${wire.takes.join(" or ")}`,
        value: quoted(text),
        fix: `such as \${${first.replace(".", ".NAME.")}}`,
      }));
}

/**
 * Refuses the name, written out, of something that the same stack makes on the same machine: without a reference nothing says
 * which of the two comes first.
 */
export function written(way: string, type: string, key = "name"): Rule["check"] {
  const find = indexed((one) => [at(one.body, key)]);
  return ({ body }, document) =>
    textsAt(body, stepsOf(way)).flatMap(({ attribute, text: value }) => {
      if (value === "" || isReference(value)) {
        return [];
      }
      const after = JSON.stringify(body.depends_on ?? []);
      const made = find(document, type, value).find(
        (one) => one.body.provider === body.provider && !after.includes(one.address),
      );
      return made
        ? [
            {
              attribute,
              bound: `refer to ${made.address}, which this stack makes`,
              value: quoted(value),
              fix: `\${${made.address}.${key}}, or depends_on`,
            },
          ]
        : [];
    });
}

/** Refuses a reference to what another provider block, and so another machine, has. */
export function elsewhere(wires: readonly Wire[]): Rule["check"] {
  return (resource, document) =>
    (document.isOnOneMachine(providerOf(resource.type)) ? [] : wires)
      .flatMap((wire) => plugs(resource.body, wire))
      .flatMap(({ attribute, address }) => {
        const other: Rendered | undefined = document.at(address);
        return other &&
          providerOf(other.type) === providerOf(resource.type) &&
          document.machineOf(other) !== document.machineOf(resource)
          ? [
              {
                attribute,
                bound: "be something of the same machine",
                value: `${address} of ${String(other.body.provider ?? "the provider's default block")}`,
                fix: "make one by this resource's provider block",
              },
            ]
          : [];
      });
}
