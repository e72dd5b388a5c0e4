import { quoted } from "./look";
import type { Sight } from "./rule";

/** Sees what the Docker engine does not take for the name of a container or a volume. */
export function nameOfEngine(name: unknown): Omit<Sight, "attribute"> | undefined {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(String(name))
    ? undefined
    : { bound: "be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit", value: quoted(name) };
}
