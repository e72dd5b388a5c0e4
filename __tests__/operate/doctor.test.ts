import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { checkKeys, checkMadeCertificates } from "../../lib/operate/doctor/certificates";
import { Checks } from "../../lib/operate/doctor/check";
import { checkEnvironment } from "../../lib/operate/doctor/environment";
import { installCommands } from "../../lib/operate/doctor/install";
import { sayRoom } from "../../lib/operate/doctor/space";
import type { Endpoint } from "../../lib/operate/machines/endpoint";
import { Document } from "../../lib/rules/document";

const said = (look: (checks: Checks) => void): string[] => {
  const checks = new Checks("host");
  look(checks);
  return checks.all.map(({ status, says, fix }) => `${status}: ${says}${fix === null ? "" : ` -> ${fix}`}`);
};

test.each([
  [
    "docker",
    'ID=debian\nVERSION_ID="12"\n',
    "apt-get update && apt-get install -y docker.io && systemctl enable --now docker",
  ],
  [
    "libvirt",
    'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n',
    "apt-get update && apt-get install -y libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils dnsmasq-base && systemctl enable --now libvirtd",
  ],
  ["docker", "ID=fedora\n", "dnf install -y moby-engine && systemctl enable --now docker"],
  [
    "libvirt",
    'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
    "dnf install -y libvirt libvirt-client qemu-kvm qemu-img && systemctl enable --now libvirtd",
  ],
  ["docker", 'ID="opensuse-leap"\n', "zypper install -y docker && systemctl enable --now docker"],
  [
    "docker",
    "ID=linuxmint\nID_LIKE=ubuntu\n",
    "apt-get update && apt-get install -y docker.io && systemctl enable --now docker",
  ],
  ["docker", "ID=alpine\n", "apk add docker && rc-update add docker && rc-service docker start"],
  ["docker", "ID=plan9\n", "install and start a Docker engine"],
  ["libvirt", "", "install and start libvirt with QEMU"],
] as const)("how %s is installed: %j", (software, release, commands) => {
  expect(installCommands(software, release)).toBe(commands);
});

const PEM = `-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIUb8QKRLfVWz6FHslA/N6RNplwdocwCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFYmVydGgwHhcNMjYxMTI1MjIwOTIyWhcNMjcxMTI1MjIwOTIy
WjAQMQ4wDAYDVQQDDAViZXJ0aDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCCL
z2w9O0zfc5nayziPg7pUi+5ubwYl299PNCHHlsYXtOvmm1GvjnF0CVKHsfI9JWdT
X4I2TX/oWa/kWBdIX2CjUzBRMB0GA1UdDgQWBBQOjjx9BWr/UOG16ZENvRxgeiej
BTAfBgNVHSMEGDAWgBQOjjx9BWr/UOG16ZENvRxgeiejBTAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIQC9nZeFjZaIFO9XB9UUqckeOC5qq3ZYM2AN
OJSQwSyBLgIgGODULK54/zWF0tF4itJ/Y48CmcPId4NXBfuKMFQ6Bmk=
-----END CERTIFICATE-----`;
const END = new Date("2027-11-25T22:09:22Z");
const before = (days: number) => new Date(END.getTime() - days * 24 * 60 * 60 * 1000);
const rotate = "make a new one before: see the section on keys in lib/patterns/README.md";

test.each([
  [100, "ok: the client's certificate is good until 2027-11-25"],
  [29.5, `warning: the client's certificate ends on 2027-11-25, in 29 days -> ${rotate}`],
  [-1, `error: the client's certificate has ended on 2027-11-25 -> ${rotate}`],
])("a client's certificate %d days before its end", (days, line) => {
  const keys = { ca: PEM, certificate: PEM, key: "" };
  expect(said((checks) => checkKeys(keys, checks, before(days)))[1]).toBe(line);
});

test("a folder of keys that lacks one", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-doctor-"));
  fs.writeFileSync(path.join(folder, "ca.pem"), PEM);
  expect(said((checks) => checkKeys({ folder }, checks, before(100)))).toEqual([
    `ok: ${folder}/ca.pem is good until 2027-11-25`,
    `error: ${folder}/cert.pem is not there -> put the client's ca.pem, cert.pem and key.pem where tls.certPath says`,
  ]);
});

test("a file that is no certificate", () => {
  const [, line = ""] = said((checks) => checkKeys({ ca: PEM, certificate: "none", key: "" }, checks, before(100)));
  expect(line).toMatch(
    /^error: the client's certificate is no certificate: .* -> put a certificate in PEM form there$/,
  );
});

test("certificates that the stack made", () => {
  const instances = [{ schema_version: 0, attributes: { validity_end_time: "2030-01-31T00:00:00Z" } }];
  const resources = [{ mode: "managed", type: "tls_self_signed_cert", name: "ca", provider: "x", instances }];
  const state = { version: 4, terraform_version: "1.11.4", serial: 1, lineage: "l", resources };
  expect(said((checks) => checkMadeCertificates(state, checks, new Date("2030-01-21T00:00:00Z")))).toEqual([
    `warning: tls_self_signed_cert.ca ends on 2030-01-31, in 10 days -> ${rotate}`,
  ]);
});

describe("the environment", () => {
  const stack = new Document({ terraform: { required_providers: { docker: { version: ">= 4.5.0, < 5.0.0" } } } });
  const engine: Endpoint = { provider: "docker", name: "docker.d", address: "tcp://10.0.0.5:2376", keys: undefined };
  const look = (environment: NodeJS.ProcessEnv) =>
    said((checks) => checkEnvironment(stack, [engine], environment, checks));

  test("that leads nowhere else", () => {
    expect(look({})).toEqual([]);
    expect(look({ HTTPS_PROXY: "http://me:secret@proxy:3128", NO_PROXY: "localhost,10.0.0.5" })).toEqual([
      "ok: proxy http://…@proxy:3128",
    ]);
    expect(look({ HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "10.0.0.0/8" })).toEqual(["ok: proxy http://proxy:3128"]);
  });

  test("that leads to another engine, or through a proxy", () => {
    expect(look({ DOCKER_CONTEXT: "other", HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "localhost" })).toEqual([
      "error: DOCKER_CONTEXT is set, and parts of the 4.x provider follow it to another engine -> unset DOCKER_CONTEXT where Terraform runs",
      "error: HTTPS_PROXY is set, and the provider would reach tcp://10.0.0.5:2376 through it -> NO_PROXY=localhost,10.0.0.5",
      "ok: proxy http://proxy:3128",
    ]);
  });
});

test.each([
  [50, 0, "ok: /p: 50.0 GiB of 100.0 GiB free"],
  [5, 0, "warning: /p: 5.0 GiB of 100.0 GiB free -> make room: docker system prune, or virsh vol-list POOL"],
  [
    50,
    60,
    "warning: /p: 50.0 GiB of 100.0 GiB free, and its disks may grow by 60.0 GiB -> make room, or make some of the disks smaller before they are made",
  ],
])("%d GiB free of 100, %d to come", (free, wanted, line) => {
  const gib = 1024 ** 3;
  expect(said((checks) => sayRoom("/p", 100 * gib, free * gib, wanted * gib, checks))).toEqual([line]);
});
