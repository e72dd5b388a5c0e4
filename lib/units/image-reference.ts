import { quote, UnitError } from "./unit-error";

/** A container image reference, taken apart. */
export interface ImageReference {
  /** Registry and path, as written. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | undefined;
}

const REPOSITORY =
  /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** Reads `[registry/]path[:tag][@sha256:…]`. Throws {@link UnitError} naming the part that is wrong. */
export function parseImageReference(text: string): ImageReference {
  const [head = "", digest, ...more] = text.split("@");
  const colon = head.lastIndexOf(":");
  const tagged = colon > head.lastIndexOf("/");
  const repository = tagged ? head.slice(0, colon) : head;
  const tag = tagged ? head.slice(colon + 1) : undefined;
  if (more.length > 0 || (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))) {
    throw new UnitError("an image reference whose digest is sha256: and 64 lower-case hexadecimal digits", quote(text));
  }
  if (tag !== undefined && !/^[\w][\w.-]{0,127}$/.test(tag)) {
    throw new UnitError("an image reference whose tag has 1 to 128 letters, digits, '_', '.' or '-'", quote(text));
  }
  if (!REPOSITORY.test(repository)) {
    const lower = repository.toLowerCase();
    const fix =
      lower !== repository && REPOSITORY.test(lower) ? `did you mean "${text.replace(repository, lower)}"?` : undefined;
    throw new UnitError(
      'an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case',
      quote(text),
      fix,
    );
  }
  return { repository, tag, digest };
}
