/** The first line of a private key of any kind. */
export const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Ends of the names that programs give their passwords. A name that goes on, such as PASSWORD_FILE, means something else. */
const NAME =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|(^|_)(PASS|PWD|TOKEN|CREDENTIALS?)|(^|_)(API|PRIVATE|ACCESS|SECRET|ENCRYPTION)_?KEY)$/i;

/** A switch, a number or a path is no secret, whatever its name. */
const HARMLESS = /^(true|false|yes|no|on|off|\d+|\/.*)?$/i;

/** A password within an address: scheme://user:password@host. */
const ADDRESS = /:\/\/[^/\s:@]*:[^/\s@]+@/;

/** Whether a value that stands under a name gives a secret away. */
export function isSecret(name: string, value: string): boolean {
  return (NAME.test(name) && !HARMLESS.test(value)) || ADDRESS.test(value) || PRIVATE_KEY.test(value);
}
