import { parseImageReference } from "../../lib/units/image-reference";
import { parseMac } from "../../lib/units/mac";
import { parseSshPublicKey } from "../../lib/units/ssh-public-key";

const HEX = "0123456789abcdef".repeat(4);
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";

describe("parseImageReference", () => {
  test.each([
    ["nginx", { repository: "nginx", tag: undefined, digest: undefined }],
    ["nginx:1.27.5", { repository: "nginx", tag: "1.27.5", digest: undefined }],
    [`nginx:1.27.5@sha256:${HEX}`, { repository: "nginx", tag: "1.27.5", digest: `sha256:${HEX}` }],
    [
      `registry.example:5000/team/app@sha256:${HEX}`,
      { repository: "registry.example:5000/team/app", tag: undefined, digest: `sha256:${HEX}` },
    ],
    ["localhost:5000/a_b/c--d:v1", { repository: "localhost:5000/a_b/c--d", tag: "v1", digest: undefined }],
  ])("reads %s", (text, reference) => {
    expect(parseImageReference(text)).toEqual(reference);
  });

  const form = 'an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case';
  test.each([
    ["Nginx:1", `must be ${form}, got "Nginx:1" (did you mean "nginx:1"?)`],
    ["nginx latest", `must be ${form}, got "nginx latest"`],
    ["", `must be ${form}, got ""`],
    ["a:b:c", `must be ${form}, got "a:b:c"`],
    ["nginx:", `must be an image reference whose tag has 1 to 128 letters, digits, '_', '.' or '-', got "nginx:"`],
    [
      "nginx@sha256:abc",
      'must be an image reference whose digest is sha256: and 64 lower-case hexadecimal digits, got "nginx@sha256:abc"',
    ],
  ])("refuses %j", (text, message) => {
    expect(() => parseImageReference(text)).toThrow(new Error(message));
  });
});

describe("parseMac", () => {
  test("folds to lower case, as libvirt does", () => {
    expect(parseMac("52:54:00:AA:BB:CC")).toBe("52:54:00:aa:bb:cc");
  });

  test.each([
    ["52-54-00-aa-bb-cc", 'must be a hardware address such as 52:54:00:12:34:56, got "52-54-00-aa-bb-cc"'],
    [
      "53:54:00:aa:bb:cc",
      'must be a unicast hardware address (first byte even), got "53:54:00:aa:bb:cc" (start it with 52:54:00, as QEMU does)',
    ],
  ])("refuses %s", (text, message) => {
    expect(() => parseMac(text)).toThrow(new Error(message));
  });
});

describe("parseSshPublicKey", () => {
  test("takes a key with and without a comment", () => {
    expect(parseSshPublicKey(KEY)).toBe(KEY);
    expect(parseSshPublicKey(`  ${KEY} ops@example \n`)).toBe(`${KEY} ops@example`);
  });

  const form = "must be an OpenSSH public key, one line such as ssh-ed25519 AAAA… name, got";
  test.each([
    [
      "-----BEGIN OPENSSH PRIVATE KEY-----\nabc",
      `${form} a private key (give the .pub file, and treat the private key as leaked if this code was shared)`,
    ],
    [`${KEY}\n${KEY}`, `${form} several lines (one key per list element)`],
    ["hello", `${form} a line of 5 characters that does not start with a key type`],
    ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", `${form} a ssh-ed25519 line whose data is cut or damaged`],
    [KEY.replace("ssh-ed25519", "ssh-rsa"), `${form} a ssh-rsa line whose data is cut or damaged`],
  ])("refuses a damaged key without showing it: %#", (text, message) => {
    expect(() => parseSshPublicKey(text)).toThrow(new Error(message));
  });
});
