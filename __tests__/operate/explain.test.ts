import * as fs from "node:fs";
import * as path from "node:path";
import { CAUSES } from "../../lib/operate/causes";
import { asScreen, explain, Progress, readable } from "../../lib/operate/explain";
import { Document } from "../../lib/rules/document";
import { recordedErrors } from "../../scripts/recorded-errors";
import { RECORDED_TEXTS } from "./recorded-texts";

/** Errors as providers and daemons were seen to say them, and what is behind each. */
const SEEN: readonly (readonly [string, string])[] = [
  [
    "failed to create Docker client: Error pinging Docker server, please make sure that tcp://10.92.0.10:2376 is reachable and has a  '_ping' endpoint. Error: error during connect",
    "engine-unreachable",
  ],
  [
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "engine-unreachable",
  ],
  ["Error loading Docker context: context 'nosuch' not found", "docker-context"],
  ['failed to create tls config: could not read CA certificate "/x/ca.pem"', "engine-keys"],
  ["failed to create Docker client: cert_path must not be specified", "engine-keys"],
  ["Client sent an HTTP request to an HTTPS server", "engine-keys"],
  [
    'Unable to create container: Error response from daemon: Conflict. The container name "/web" is already in use',
    "name-in-use",
  ],
  ["Unable to create network: Error response from daemon: network with name lan already exists", "name-in-use"],
  ["Failed to create storage volume: storage volume 'big.raw' exists already", "name-in-use"],
  ["operation failed: Storage source conflict with pool: 'a'", "libvirt/pool/path-taken"],
  ["Bind for 0.0.0.0:8080 failed: port is already allocated", "port-in-use"],
  ["internal error: target port '0' already allocated", "libvirt/domain/serial-port-twice"],
  [
    'unable to pull image X: error pulling image X: Error response from daemon: Get "https://x/v2/": no such host',
    "image-unreachable",
  ],
  ["container failed to be in healthy state", "never-healthy"],
  ["container failed to be in running state", "ends-at-once"],
  ["timeout while waiting for state to become 'removed' (last state: 'in_use', timeout: 30s)", "still-in-use"],
  ["could not delete storage pool storage: failed to remove pool 'P': Directory not empty", "pool-not-empty"],
  ["Requested operation is not valid: storage pool 'a' is not active", "pool-inactive"],
  ['Failed to get "write" lock', "disk-locked"],
  ["internal error: Network is already in use by interface virbr0", "subnet-in-use"],
  ["Network defined but failed to start: error creating bridge interface virbr5: File exists", "bridge-exists"],
  [
    "Provider produced inconsistent result after apply\nWhen applying changes to libvirt_domain.vm, provider produced an unexpected new value: .id: was cty.NumberIntVal(3), but now cty.NumberIntVal(4)",
    "guest-was-running",
  ],
  ["Update Not Supported: Storage volumes cannot be updated. All changes require replacement.", "cannot-be-edited"],
  ["could not find capabilities for domaintype=kvm", "no-kvm"],
  ["waiting for domain to reach state 5", "guest-not-shut-down"],
  [
    "Domain was created and started but failed to obtain an IP address (MAC: x): timeout waiting for IP address on interface",
    "no-address",
  ],
  ["Could not open URL for upload: failed to stat file: stat ./.berth/x: no such file or directory", "file-missing"],
  ["write /var/lib/docker/tmp/x: no space left on device", "no-space"],
  ["dial unix /var/run/docker.sock: connect: permission denied", "permission"],
  ["failed to connect to libvirt: dial tcp 192.0.2.1:16509: connect: connection refused", "libvirt-unreachable"],
  ["ssh: connect to host 10.92.0.10 port 22: No route to host", "host-unreachable"],
  [
    "Instance cannot be destroyed\nResource terraform_data.a has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.",
    "kept",
  ],
  [
    "Moved object still exists\nThis statement declares a move from terraform_data.a, but that resource is still declared at a.tf.json:1,36.",
    "moved-twice",
  ],
  [
    "Ambiguous move statements\nA statement at a.tf.json:1,60 declared that terraform_data.a moved to terraform_data.c, but this statement instead declares that terraform_data.b moved there.",
    "moved-twice",
  ],
  [
    "Unable to find remote state\nNo stored state was found for the given workspace in the given backend.",
    "other-stack-first",
  ],
  ["Error acquiring the state lock\nError message: resource temporarily unavailable", "state-locked"],
  ["Host key verification failed.", "host-key"],
  ["Requested operation is not valid: cannot delete inactive domain with 1 snapshots", "has-snapshots"],
];

test.each(SEEN)("%s", (detail, id) => {
  expect(explain({ summary: "an error", detail }, undefined).rule).toBe(id);
});

test("every cause is of an error that was seen", () => {
  const seen = new Set([...SEEN, ...RECORDED_TEXTS].map(([, id]) => id));
  expect(CAUSES.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
});

const stack = new Document({
  terraform: { required_providers: { docker: { version: "4.5.0" } } },
  resource: {
    docker_container: {
      web: {
        "//": { metadata: { path: "st/web/Resource" } },
        name: "web",
        image: "nginx:1.27",
        destroy_grace_seconds: 10,
        restart: "allways",
      },
      good: {
        "//": { metadata: { path: "st/good/Resource" } },
        name: "good",
        image: "nginx:1.27",
        destroy_grace_seconds: 10,
      },
    },
  },
});

test("an error of a resource that breaks a rule is told by the rule, with the construct and the prop", () => {
  expect(explain({ summary: "Unable to start container: bad", address: "docker_container.web" }, stack)).toMatchObject({
    construct: "st/web",
    address: "docker_container.web",
    prop: "restart",
    rule: "docker/container/restart",
  });
});

test("any other is told by its cause, and what nobody knows is said as it stands", () => {
  expect(
    explain(
      { summary: "Bind for 0.0.0.0:80 failed: port is already allocated", address: "docker_container.good" },
      stack,
    ),
  ).toEqual({
    construct: "st/good",
    address: "docker_container.good",
    prop: "ports",
    cause: "something on the machine listens on the port, or has the address",
    rule: "port-in-use",
    fix: "find it with `ss -lntp` and stop it, or choose another port",
    message: "Bind for 0.0.0.0:80 failed: port is already allocated",
  });
  const odd = { summary: "Odd", detail: "never seen" };
  expect(asScreen(odd, explain(odd, stack))).toBe("ERROR  Odd\n  cause: not known to berth\n  | Odd: never seen");
});

test("the stream stays readable", () => {
  expect(readable('{"@level":"info","@message":"docker_container.web: Creating...","type":"apply_start"}').text).toBe(
    "docker_container.web: Creating...",
  );
  expect(readable("no JSON").text).toBe("no JSON");
  expect(
    readable('{"@message":"Error: a","type":"diagnostic","diagnostic":{"severity":"error","summary":"a"}}').diagnostic,
  ).toEqual({ severity: "error", summary: "a" });
});

test("the stream says how far it is, and of how much where it is known", () => {
  const line = (type: string, message: string) => JSON.stringify({ "@message": message, type });
  const known = new Progress();
  known.read(line("planned_change", "a: Plan to create"));
  known.read(line("planned_change", "b: Plan to create"));
  expect(known.read(line("apply_start", "a: Creating...")).text).toBe("a: Creating...");
  expect(known.read(line("apply_complete", "a: Creation complete")).text).toBe("[1/2] a: Creation complete");
  expect(new Progress().read(line("apply_complete", "a: Creation complete")).text).toBe("[1] a: Creation complete");
});

test("one screen: who, why, what to do, and the provider's own words", () => {
  const diagnostic = {
    summary: "Bind for 0.0.0.0:80 failed: port is already allocated",
    address: "docker_container.good",
  };
  expect(asScreen(diagnostic, explain(diagnostic, stack))).toBe(
    [
      "ERROR  st/good (docker_container.good)",
      "  prop:  ports",
      "  cause: something on the machine listens on the port, or has the address [port-in-use]",
      "  fix:   find it with `ss -lntp` and stop it, or choose another port",
      "  | Bind for 0.0.0.0:80 failed: port is already allocated",
    ].join("\n"),
  );
});

test("what the rules' fixtures were answered with is what was recorded", () => {
  const file = path.join(__dirname, "..", "..", "lib", "operate", "recorded-errors.json");
  expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual(JSON.parse(recordedErrors()));
});

test("an error that a rule's fixture was answered with is told by that rule, whatever its names and numbers are", () => {
  const detail =
    'Unable to create container: Error response from daemon: invalid CapAdd: unknown capability: "CAP_FLY"';
  expect(explain({ summary: "an error", detail }, undefined)).toMatchObject({
    rule: "docker/container/capability-unknown",
    prop: null,
  });
});

test("an error that names nothing is of what failed, where only one thing did", () => {
  const event = (type: string, more: object) => JSON.stringify({ "@message": "x", type, ...more });
  const failed = (addr: string) => event("apply_errored", { hook: { resource: { addr } } });
  const error = (address?: string) =>
    event("diagnostic", { diagnostic: { severity: "error", summary: "Timeout", ...(address && { address }) } });
  const addresses = (...lines: readonly string[]) => {
    const progress = new Progress();
    return lines.flatMap((line) => progress.read(line).diagnostic ?? []).map(({ address }) => address);
  };
  expect(addresses(failed("libvirt_domain.db"), error())).toEqual(["libvirt_domain.db"]);
  expect(addresses(failed("libvirt_domain.db"), failed("docker_container.web"), error())).toEqual([undefined]);
  expect(
    addresses(failed("libvirt_domain.db"), failed("docker_container.web"), error("docker_container.web"), error()),
  ).toEqual(["docker_container.web", "libvirt_domain.db"]);
  expect(addresses(error())).toEqual([undefined]);
});
