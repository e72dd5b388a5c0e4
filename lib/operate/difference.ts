import { isObject } from "../rules/document";
import type { ResourceChange, Values } from "./plan";
import { propAt } from "./prop-names";
import { isReadOnly } from "./read-only";

/** Longest text that is printed. */
const LONGEST = 48;

/**
 * What a change edits, in words: the prop, and both values where they are short and no secret. Variables are named, never shown.
 */
export function edits({ type: own, change }: ResourceChange, ofConstruct: boolean): readonly string[] {
  // Whoever wrote the attributes knows them by their own names.
  const type = ofConstruct ? own : "";
  const { before, after, after_unknown: unknown } = change;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const found = names
    .filter((name) => !isReadOnly(own, name))
    .flatMap((name) =>
      isSensitive(change, name)
        ? changedAt(before?.[name], after?.[name]) && unknown?.[name] !== true
          ? [propAt(type, name)]
          : []
        : differences(type, name, before?.[name], after?.[name], unknown?.[name], unitOf(own, before)),
    );
  const all = [...new Set(found)].sort();
  // Swap follows memory where nobody sets it.
  return all.some((text) => text.startsWith("memory ")) ? all.filter((text) => !text.startsWith("memorySwap ")) : all;
}

function isSensitive({ before_sensitive: before, after_sensitive: after }: ResourceChange["change"], name: string) {
  const marks = (value: unknown) => isObject(value) && JSON.stringify(value[name] ?? false).includes("true");
  return marks(before) || marks(after);
}

function changedAt(before: unknown, after: unknown): boolean {
  return JSON.stringify(before ?? null) !== JSON.stringify(after ?? null) && !(isNothing(before) && isNothing(after));
}

function differences(
  type: string,
  path: string,
  before: unknown,
  after: unknown,
  unknown: unknown,
  unit: string,
): readonly string[] {
  if (unknown === true || !changedAt(before, after)) {
    return [];
  }
  const prop = propAt(type, path);
  if (path === "env") {
    return variables(before, after).map((name) => `${prop} ${name}`);
  }
  if (path === "labels") {
    return labels(before, after).map((name) => `${prop} ${name}`);
  }
  if (prop !== path && path.includes(".")) {
    return [prop];
  }
  if (isObject(before) && isObject(after)) {
    return Object.keys({ ...before, ...after }).flatMap((name) =>
      differences(
        type,
        `${path}.${name}`,
        before[name],
        after[name],
        isObject(unknown) ? unknown[name] : undefined,
        unit,
      ),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.every(isObject)) {
    return before.flatMap((one, index) =>
      differences(type, path, one, after[index], Array.isArray(unknown) ? unknown[index] : undefined, unit),
    );
  }
  return isPlain(before) && isPlain(after)
    ? [`${prop} ${shown(before, path, unit)} → ${shown(after, path, unit)}`]
    : [prop];
}

/** Names of the variables that are others, or only there before or after. */
function variables(before: unknown, after: unknown): readonly string[] {
  return changedNames(textsIn(before), textsIn(after), (text) => text.split("=")[0] ?? "");
}

/** The hash of berth's own is there to make Terraform see what else changed. */
function labels(before: unknown, after: unknown): readonly string[] {
  const pairs = (value: unknown) =>
    (Array.isArray(value) ? value : [])
      .filter(isObject)
      .map(({ label, value: text }) => `${String(label)}=${String(text)}`);
  return changedNames(pairs(before), pairs(after), (text) => text.split("=")[0] ?? "").filter(
    (name) => name !== "berth.hash",
  );
}

function changedNames(a: readonly string[], b: readonly string[], name: (text: string) => string): readonly string[] {
  const either = [...a.filter((one) => !b.includes(one)), ...b.filter((one) => !a.includes(one))];
  return [...new Set(either.map(name))].sort();
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Providers of the older kind write empty values for what nobody gives. */
export function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === false ||
    value === 0 ||
    /^(\[\]|\{\})$/.test(JSON.stringify(value))
  );
}

function isPlain(value: unknown): boolean {
  return value === null || value === undefined || ["string", "number", "boolean"].includes(typeof value);
}

function shown(value: unknown, path: string, unit: string): string {
  if (value === null || value === undefined || value === "") {
    return "nothing";
  }
  if (typeof value === "number" && /^memory(_swap)?$/.test(path)) {
    return inUnits(value, unit);
  }
  if (typeof value === "number" && path === "capacity") {
    return inUnits(value / 1024 ** 2, "MiB");
  }
  const text = String(value);
  return text.length > LONGEST || text.includes("\n") ? "another text" : text;
}

function inUnits(value: number, unit: string): string {
  return unit === "MiB" && value >= 1024 && value % 1024 === 0 ? `${value / 1024} GiB` : `${value} ${unit}`;
}

/** The unit of memory: libvirt counts KiB where nobody says another one, the Docker provider MiB. */
function unitOf(type: string, before: Values | null): string {
  return String(before?.memory_unit ?? (type === "libvirt_domain" ? "KiB" : "MiB"));
}
