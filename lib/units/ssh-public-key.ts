import { UnitError } from "./unit-error";

/** How many fields a key of each type has, the type's own name included. */
const FIELDS: ReadonlyMap<string, number> = new Map([
  ["ssh-ed25519", 2],
  ["ssh-rsa", 3],
  ["ecdsa-sha2-nistp256", 3],
  ["ecdsa-sha2-nistp384", 3],
  ["ecdsa-sha2-nistp521", 3],
  ["sk-ssh-ed25519@openssh.com", 3],
  ["sk-ecdsa-sha2-nistp256@openssh.com", 4],
]);
const FORM = "an OpenSSH public key, one line such as ssh-ed25519 AAAA… name";

/**
 * Checks an OpenSSH public key line and returns it without surrounding space. The type named inside the key must be the
 * type named before it. Throws {@link UnitError}, which never quotes the text: it may be a private key.
 */
export function parseSshPublicKey(text: string): string {
  const line = text.trim();
  if (/PRIVATE KEY/.test(line)) {
    throw new UnitError(
      FORM,
      "a private key",
      "give the .pub file, and treat the private key as leaked if this code was shared",
    );
  }
  const [type = "", data = ""] = line.split(/\s+/);
  if (/[\r\n]/.test(line)) {
    throw new UnitError(FORM, "several lines", "one key per list element");
  }
  if (!FIELDS.has(type)) {
    throw new UnitError(FORM, `a line of ${line.length} characters that does not start with a key type`);
  }
  const fields = fieldsOf(Buffer.from(data, "base64"));
  const whole = fields?.length === FIELDS.get(type) && fields?.[0] === type && fields.every((field) => field !== "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data) || !whole) {
    throw new UnitError(FORM, `a ${type} line whose data is cut or damaged`);
  }
  return line;
}

/** The fields of a key, each behind its length; undefined where they do not end with the data. */
function fieldsOf(bytes: Buffer): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    fields.push(bytes.subarray(at + 4, at + 4 + length).toString("latin1"));
    at += 4 + length;
  }
  return at === bytes.length ? fields : undefined;
}
