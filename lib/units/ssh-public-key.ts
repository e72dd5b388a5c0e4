import { UnitError } from "./unit-error";

const TYPES: ReadonlySet<string> = new Set([
  "ssh-ed25519",
  "ssh-rsa",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
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
  if (!TYPES.has(type)) {
    throw new UnitError(FORM, `a line of ${line.length} characters that does not start with a key type`);
  }
  const bytes = Buffer.from(data, "base64");
  const length = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  const inner = bytes.subarray(4, 4 + length).toString("latin1");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data) || inner !== type || bytes.length <= 4 + length) {
    throw new UnitError(FORM, `a ${type} line whose data is cut or damaged`);
  }
  return line;
}
