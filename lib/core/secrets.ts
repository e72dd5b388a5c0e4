/** The first line of a private key of any kind. */
export const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Ends of the names that programs give their passwords, with or without a number behind. A name that goes on, such as PASSWORD_FILE, means something else. */
const NAME =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|(^|_)(PASS|PWD|TOKEN|CREDENTIALS?)|(^|_)(API|PRIVATE|ACCESS|SECRET|ENCRYPTION)_?KEY)_?\d*$/i;

/** A switch, a number or a path is no secret, whatever its name. */
const HARMLESS = /^(true|false|yes|no|on|off|\d+|\/.*)?$/i;

/** A password within an address: scheme://user:password@host. */
const ADDRESS = /:\/\/[^/\s:@]{0,256}:[^/\s@]{1,256}@/;

/** Tokens that are known by their form: of GitHub, GitLab, AWS, Google, Slack, Stripe, npm, Vault, DigitalOcean, SendGrid; and JSON web tokens. */
const TOKEN =
  /(?<![\w-])(gh[pousr]_\w{36}|github_pat_\w{22}|glpat-[\w-]{20}|(AKIA|ASIA)[A-Z0-9]{16}(?!\w)|AIza[\w-]{35}|xox[abeprs]-[\w-]{10}|[rs]k_live_\w{16}|npm_\w{36}|hvs\.[\w-]{20}|dop_v1_[0-9a-f]{64}|SG\.[\w-]{16,64}\.[\w-]{16}|eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10})/;

/** Whether a text gives a secret away by its form alone, wherever it stands. */
export function holdsSecret(text: string): boolean {
  return ADDRESS.test(text) || PRIVATE_KEY.test(text) || TOKEN.test(text);
}

/** Whether a value that stands under a name gives a secret away. */
export function isSecret(name: string, value: string): boolean {
  return (NAME.test(name) && !HARMLESS.test(value)) || holdsSecret(value);
}

/** What of cloud-init's user-data lets somebody in by a password, which stands there. */
const PASSWORD_LOGIN =
  /^[^\S\n]*(-[^\S\n]*)?(plain_text_passwd|password|chpasswd|ssh_pwauth[^\S\n]*:[^\S\n]*(true|yes|1))[^\S\n]*(:|$)/m;

/** Whether what a guest reads at its boot gives a secret away: user-data, a script, a file. */
export function givesAway(text: string): boolean {
  return holdsSecret(text) || PASSWORD_LOGIN.test(text);
}
