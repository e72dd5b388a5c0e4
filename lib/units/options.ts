import { quote, UnitError } from "./unit-error";

/** What an option must be, how that is seen, and a way out. */
interface Option {
  readonly what: string;
  readonly is: (value: unknown) => boolean;
  readonly fix?: string;
}

/** The options that a value takes. */
export type Options<T> = { readonly [K in keyof Required<T>]: Option };

/**
 * Refuses options of another name or type. TypeScript says the same at compile time; an option that JavaScript misspells
 * would be dropped without a word. Throws {@link UnitError}.
 */
export function checkOptions<T>(given: T, known: Options<T>): void {
  const options: ReadonlyMap<string, Option> = new Map(Object.entries<Option>(known));
  for (const [name, value] of Object.entries((given ?? {}) as object)) {
    const option = options.get(name);
    if (!option) {
      throw new UnitError(`one of the options ${[...options.keys()].join(", ")}`, quote(name));
    }
    if (value !== undefined && !option.is(value)) {
      const plain = typeof value === "string" || Object.getPrototypeOf(value) === Object.prototype;
      const shown = plain ? quote(value) : String(value);
      throw new UnitError(`${option.what} as the option ${name}`, shown, option.fix);
    }
  }
}

/** An option that is true or false. */
export const FLAG = { what: "true or false", is: (value: unknown) => typeof value === "boolean" } as const;
