import { App, TerraformOutput } from "cdktf";
import { DockerHost, DockerVolume, HostStack, StateBackend } from "../../lib/index";
import { synth } from "../../lib/testing";

/** What a stack called `web` says of its backend. */
function backendOf(state: StateBackend): unknown {
  const { template } = synth(new HostStack(new App(), "web", { state }));
  return (template.json as { terraform: { backend: unknown } }).terraform.backend;
}

test.each<[string, StateBackend, object]>([
  [
    "a server that locks by methods",
    StateBackend.http({ address: "https://state.example.org/berth/" }),
    {
      http: {
        address: "https://state.example.org/berth/web",
        lock_address: "https://state.example.org/berth/web",
        unlock_address: "https://state.example.org/berth/web",
      },
    },
  ],
  [
    "GitLab",
    StateBackend.http({ address: "https://gitlab.example.org/api/v4/projects/7/terraform/state", lock: "path" }),
    {
      http: {
        address: "https://gitlab.example.org/api/v4/projects/7/terraform/state/web",
        lock_address: "https://gitlab.example.org/api/v4/projects/7/terraform/state/web/lock",
        lock_method: "POST",
        unlock_address: "https://gitlab.example.org/api/v4/projects/7/terraform/state/web/lock",
        unlock_method: "DELETE",
      },
    },
  ],
  [
    "a server that does not lock, on this machine",
    StateBackend.http({ address: "http://127.0.0.1:8080", lock: "none" }),
    { http: { address: "http://127.0.0.1:8080/web" } },
  ],
  [
    "Amazon",
    StateBackend.s3({ bucket: "states", region: "eu-central-1" }),
    { s3: { bucket: "states", region: "eu-central-1", key: "web.tfstate", encrypt: true, use_lockfile: true } },
  ],
  [
    "another server of buckets, with a table for locks",
    StateBackend.s3({ bucket: "states", endpoint: "https://s3.example.org", key: "a/b", lock: { table: "locks" } }),
    {
      s3: {
        bucket: "states",
        region: "us-east-1",
        key: "a/b",
        encrypt: false,
        dynamodb_table: "locks",
        endpoints: { s3: "https://s3.example.org" },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
      },
    },
  ],
  [
    "Postgres",
    StateBackend.postgres({ connection: "postgres://db.example.org/berth?sslmode=verify-full" }),
    { pg: { conn_str: "postgres://db.example.org/berth?sslmode=verify-full", schema_name: "web" } },
  ],
  [
    "Postgres of this machine, in a schema",
    StateBackend.postgres({ connection: "postgres://127.0.0.1/berth", schema: "ours" }),
    { pg: { conn_str: "postgres://127.0.0.1/berth", schema_name: "ours" } },
  ],
])("%s", (_, state, expected) => {
  expect(backendOf(state)).toEqual(expected);
});

test.each<[string, () => StateBackend, string]>([
  [
    "a password in the address",
    () => StateBackend.http({ address: "https://me:secret@state.example.org" }),
    "must be a URL without a user and a password, got one with them (set TF_HTTP_USERNAME and TF_HTTP_PASSWORD)",
  ],
  [
    "a state that goes over the wire in clear",
    () => StateBackend.http({ address: "http://state.example.org" }),
    'must be an encrypted connection, got "http://state.example.org" (https://: the state holds secrets in clear)',
  ],
  [
    "no URL",
    () => StateBackend.http({ address: "state" }),
    'must be a literal URL such as https://state.example.org/berth, got "state"',
  ],
  [
    "a password in the connection",
    () => StateBackend.postgres({ connection: "postgres://me:secret@127.0.0.1/berth" }),
    "must be a URL without a user and a password, got one with them (set PGUSER and PGPASSWORD)",
  ],
  [
    "a database that is not known",
    () => StateBackend.postgres({ connection: "postgres://db.example.org/berth?sslmode=require" }),
    'must be an encrypted connection to a server that is known, got "postgres://db.example.org/berth?sslmode=require" (add ?sslmode=verify-full: the state holds secrets in clear)',
  ],
  [
    "a password among the parameters",
    () => StateBackend.postgres({ connection: "postgres://127.0.0.1/berth?password=secret&host=db.example.org" }),
    "must be a URL with no parameters but sslmode, sslrootcert, sslcert, sslkey, connect_timeout, got one with password, host (user and password are PGUSER and PGPASSWORD, machine and database stand before the '?')",
  ],
  [
    "an address that a stack's name cannot follow",
    () => StateBackend.http({ address: "https://state.example.org/?a=b" }),
    "must be an address without '?' and '#', got \"https://state.example.org/?a=b\" (a stack's own state is below it)",
  ],
  [
    "a schema that is none",
    () => StateBackend.postgres({ connection: "postgres://127.0.0.1/berth", schema: "a-b" }),
    "must be a schema of up to 63 letters, digits and '_', got \"a-b\"",
  ],
  [
    "a bucket that is none",
    () => StateBackend.s3({ bucket: "States" }),
    "must be a bucket of 3 to 63 small letters, digits, '.' or '-', got \"States\"",
  ],
  [
    "a key that is none",
    () => StateBackend.s3({ bucket: "states", key: "/a" }),
    "must be a key without '/' at its ends, got \"/a\"",
  ],
  [
    "a lock that is none",
    // @ts-expect-error: what no type allows
    () => StateBackend.http({ address: "https://state.example.org", lock: "maybe" }),
    'must be "methods", "path" or "none" as lock, got "maybe"',
  ],
])("is refused: %s", (_, make, message) => {
  expect(make).toThrow(new Error(message));
});

test("a stack that is given something else says so", () => {
  // @ts-expect-error: what no type allows
  const stack = new HostStack(new App(), "web", { state: "postgres://127.0.0.1/berth" });
  expect(() => synth(stack)).toThrow(
    '[web] \'state\' must be a StateBackend, such as StateBackend.postgres({ connection: "postgres://127.0.0.1/berth" }), got "postgres://127.0.0.1/berth"',
  );
});

test("each of two stacks has a state of its own, and reads the other's where that is", () => {
  const app = new App();
  const state = StateBackend.postgres({ connection: "postgres://127.0.0.1/berth" });
  const one = new HostStack(app, "one", { state });
  const two = new HostStack(app, "two", { state });
  const volume = new DockerVolume(one, "data", { host: new DockerHost(one, "docker") });
  new TerraformOutput(two, "name", { value: volume.resource.mountpoint });
  const { data } = synth(two).template.json as { data: { terraform_remote_state: Record<string, object> } };
  expect(Object.values(data.terraform_remote_state)).toMatchObject([
    { backend: "pg", config: { conn_str: "postgres://127.0.0.1/berth", schema_name: "one" } },
  ]);
});

test("two stacks cannot have one state", () => {
  const app = new App();
  const state = StateBackend.postgres({ connection: "postgres://127.0.0.1/berth", schema: "ours" });
  const stacks = ["a-b", "a_b"].map((id) => new HostStack(app, id, { state }));
  expect(() => synth(stacks[1] as HostStack)).toThrow(
    "[a_b] 'state' must be the state of one stack alone, where its place is named, got",
  );
  const own = new App();
  const each = StateBackend.postgres({ connection: "postgres://127.0.0.1/berth" });
  const [one] = ["a-b", "a_b"].map((id) => new HostStack(own, id, { state: each }));
  expect((synth(one as HostStack).template.json as { terraform: object }).terraform).toMatchObject({
    backend: { pg: { schema_name: "a-b" } },
  });
});
