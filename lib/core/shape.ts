import { Token } from "cdktf";
import { Construct } from "constructs";
import { asJson } from "../units/unit-error";
import type { Problems } from "./problems";

const BAD = Symbol("bad");

/**
 * What a value must be, and how it is read. TypeScript says the same at compile time; this says it to those who call
 * from JavaScript, and to values such as `process.env.NAME`, which are not always what their type says.
 */
export interface Kind<T> {
  /** What it must be, continuing "must be …". */
  readonly what: string;
  readonly read: (value: unknown, prop: string, problems: Problems) => T | typeof BAD;
}

/** One prop: what it must be, and what stands in for it where it is not, so that all else can still be checked. */
export interface Part<T> {
  readonly kind: Kind<T>;
  readonly optional: boolean;
  readonly standIn: T | undefined;
}

/** Every prop of an interface. A prop that is missing here does not compile. */
export type Shape<Props> = { readonly [K in keyof Required<Props>]: Part<Exclude<Props[K], undefined>> };

export function optional<T>(kind: Kind<T>): Part<T> {
  return { kind, optional: true, standIn: undefined };
}

/** A prop that must be given. Without a stand-in nothing of the construct can be made, and its constructor throws. */
export function required<T>(kind: Kind<T>, standIn?: T): Part<T> {
  return { kind, optional: false, standIn };
}

/** Reads props by their shape: what is not as it must be is reported and left out, or stood in for. */
export function readProps<Props extends object>(
  path: string,
  props: Props,
  shape: Shape<Props>,
  problems: Problems,
): Props {
  if (typeof props !== "object" || props === null) {
    const names = partsOf(shape).filter(([, part]) => !part.optional);
    const needed = names.map(([name]) => `'${name}'`).join(", ");
    throw new TypeError(
      `[${path}] the props must be an object${needed === "" ? "" : ` with ${needed}`}, got ${shown(props)}`,
    );
  }
  const before = problems.all.length;
  const read = readShape(props, "", shape, problems) as Props;
  for (const [name, part] of partsOf(shape)) {
    if (!part.optional && read[name as keyof Props] === undefined) {
      const messages = problems.messages.slice(before).map((message) => `[${path}] ${message}`);
      throw new TypeError(messages.join("\n"));
    }
  }
  return read;
}

function readShape(
  value: object,
  prefix: string,
  shape: Readonly<Record<string, Part<unknown>>>,
  problems: Problems,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, part] of partsOf(shape)) {
    const given = (value as Record<string, unknown>)[name];
    if (given === undefined && part.optional) {
      continue;
    }
    const prop = prefix === "" ? name : `${prefix}.${name}`;
    const read = given === undefined ? missing(prop, part.kind, problems) : part.kind.read(given, prop, problems);
    if (read === BAD) {
      out[name] = part.standIn;
    } else if (read !== undefined) {
      out[name] = read;
    }
  }
  for (const name of Object.keys(value)) {
    if (!(name in shape)) {
      problems.addText(
        prefix === "" ? name : `${prefix}.${name}`,
        `be one of ${Object.keys(shape).join(", ")}`,
        "a prop of another name",
      );
    }
  }
  return out;
}

type Parts = readonly (readonly [name: string, part: Part<unknown>])[];

const known = new WeakMap<object, Parts>();

/** The parts of a shape as a list: a few shapes are read for very many constructs. */
function partsOf(shape: Readonly<Record<string, Part<unknown>>>): Parts {
  let parts = known.get(shape);
  if (!parts) {
    parts = Object.entries(shape);
    known.set(shape, parts);
  }
  return parts;
}

function missing(prop: string, kind: Kind<unknown>, problems: Problems): typeof BAD {
  problems.addText(prop, `be ${kind.what}`, "nothing");
  return BAD;
}

function simple<T>(
  what: string,
  test: (value: unknown) => boolean,
  hint?: (value: unknown) => string | undefined,
): Kind<T> {
  return {
    what,
    read: (value, prop, problems) => {
      if (test(value)) {
        return value as T;
      }
      problems.addText(prop, `be ${what}`, shown(value), hint?.(value));
      return BAD;
    },
  };
}

/** Text; a token of cdktf is text too, and is refused elsewhere where a literal must stand. */
export const text: Kind<string> = {
  what: "a text",
  read: (value, prop, problems) => {
    if (typeof value !== "string") {
      problems.addText(prop, "be a text", shown(value));
      return BAD;
    }
    if (UNSAYABLE.test(value)) {
      problems.addText(prop, "be valid Unicode text without NUL", shown(value), "daemons and files cannot store it");
      return BAD;
    }
    return value;
  },
};

/** NUL, which ends a text for everybody else, and halves of characters. */
const UNSAYABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export const number: Kind<number> = simple("a number", (value) => Number.isFinite(value));

export const flag: Kind<boolean> = simple("true or false", (value) => typeof value === "boolean");

export function oneOf<T extends string>(...values: readonly T[]): Kind<T> {
  return simple(values.map((value) => JSON.stringify(value)).join(" or "), (value) => values.includes(value as T));
}

/** An instance of a value class; `example` shows how one is made. */
export function instance<T extends object>(
  type: { readonly prototype: T; readonly name: string },
  example: string,
): Kind<T> {
  const isOne = (value: unknown) =>
    typeof value === "object" && value !== null && Object.prototype.isPrototypeOf.call(type.prototype, value);
  return simple(`a ${type.name}, such as ${example}`, isOne);
}

/** A construct that has what the ones of this kind have. */
export function construct<T>(what: string, member: string): Kind<T> {
  return simple(what, (value) => Construct.isConstruct(value) && member in value);
}

export function list<T>(kind: Kind<T>): Kind<readonly T[]> {
  return {
    what: `a list, each ${kind.what}`,
    read: (value, prop, problems) => {
      if (!Array.isArray(value)) {
        problems.addText(prop, `be a list, each ${kind.what}`, shown(value), "put it in [ ]");
        return BAD;
      }
      return value
        .map((element, index) => kind.read(element, `${prop}[${index}]`, problems))
        .filter((element) => element !== BAD) as T[];
    },
  };
}

/** A record with names of the user's own. */
export function dictionary<T>(kind: Kind<T>): Kind<Readonly<Record<string, T>>> {
  return {
    what: `a record, each value ${kind.what}`,
    read: (value, prop, problems) => {
      if (!isPlainObject(value)) {
        problems.addText(prop, `be a record, each value ${kind.what}`, shown(value));
        return BAD;
      }
      const entries = Object.entries(value).map(([key, inner]): [unknown, unknown] => [
        text.read(key, prop, problems),
        kind.read(inner, `${prop}.${key}`, problems),
      ]);
      return Object.fromEntries(entries.filter((entry) => !entry.includes(BAD))) as Record<string, T>;
    },
  };
}

/** An object with props of its own. */
export function shaped<T extends object>(what: string, shape: Shape<T>): Kind<T> {
  return {
    what,
    read: (value, prop, problems) => {
      if (!isPlainObject(value)) {
        problems.addText(prop, `be ${what}`, shown(value));
        return BAD;
      }
      const parts = shape as Readonly<Record<string, Part<unknown>>>;
      const read = readShape(value, prop, parts, problems);
      const complete = Object.entries(parts).every(([name, part]) => part.optional || read[name] !== undefined);
      return complete ? (read as T) : BAD;
    },
  };
}

/** The first kind whose test the value passes decides how it is read; none of them: it must be `what`. */
export function either<T>(
  what: string,
  ...choices: readonly { readonly when: (value: unknown) => boolean; readonly kind: Kind<T> }[]
): Kind<T> {
  return {
    what,
    read: (value, prop, problems) => {
      const choice = choices.find(({ when }) => when(value));
      if (!choice) {
        problems.addText(prop, `be ${what}`, shown(value));
        return BAD;
      }
      return choice.kind.read(value, prop, problems);
    },
  };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Token.isUnresolved(value)
  );
}

/** A value as a message shows it: short, and never a construct's insides. */
export function shown(value: unknown): string {
  if (Construct.isConstruct(value)) {
    return `${value.constructor.name} ${value.node.path}`;
  }
  if (Token.isUnresolved(value)) {
    return "a token";
  }
  if (typeof value === "object" && value !== null && !isPlainObject(value) && !Array.isArray(value)) {
    return `a ${value.constructor?.name ?? "value of another kind"}`;
  }
  const json = asJson(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}
