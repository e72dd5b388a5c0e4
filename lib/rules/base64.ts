import type { Sight } from "./rule";

/** Sees a text that is no base64. It may be a secret, so that the message does not quote it. */
export function notBase64(text: unknown): Omit<Sight, "attribute"> | undefined {
  return /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(String(text))
    ? undefined
    : { bound: "be base64", value: "other text" };
}
