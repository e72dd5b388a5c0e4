import { HttpBackend, PgBackend, S3Backend, type TerraformBackend, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { quote, UnitError } from "../units/unit-error";

/** What {@link StateBackend.http} takes. */
export interface HttpStateProps {
  /**
   * Where states are kept, `https://…`; a stack's own is below it, by the stack's id. Plain `http://` only to this machine:
   * the state holds secrets. User and password are `TF_HTTP_USERNAME` and `TF_HTTP_PASSWORD` where Terraform runs. Changing
   * it moves nothing: `terraform init -migrate-state` does. Becomes `address`.
   */
  readonly address: string;
  /**
   * How one run keeps another away: `"methods"`: LOCK and UNLOCK of the address; `"path"`: POST and DELETE of `lock` below
   * it, as GitLab has it; `"none"`. Changing it needs `terraform init -reconfigure`. Becomes `lock_address`, `unlock_address` and their methods.
   * @default "methods"
   */
  readonly lock?: "methods" | "path" | "none" | undefined;
}

/** What {@link StateBackend.s3} takes. */
export interface S3StateProps {
  /**
   * Bucket, which must exist; turn on its versions. Changing it moves nothing: `terraform init -migrate-state` does. Becomes
   * `bucket`.
   */
  readonly bucket: string;
  /**
   * Region of the bucket. Changing it moves nothing: `terraform init -migrate-state` does. Becomes `region`.
   * @default "us-east-1"
   */
  readonly region?: string | undefined;
  /**
   * A server that is not Amazon's, `https://…`; then nothing is asked of Amazon, and the bucket stands in the path.
   * Changing it moves nothing: `terraform init -migrate-state` does. Becomes `endpoints.s3`, `use_path_style` and the `skip_…` arguments; needs Terraform 1.6.
   * @default - Amazon
   */
  readonly endpoint?: string | undefined;
  /**
   * Object of the state. Changing it moves nothing: `terraform init -migrate-state` does. Becomes `key`.
   * @default - the stack's id and `.tfstate`
   */
  readonly key?: string | undefined;
  /**
   * How one run keeps another away: `"file"`: an object beside the state, which needs Terraform 1.10; a table of DynamoDB;
   * `"none"`. Changing it needs `terraform init -reconfigure`. Becomes `use_lockfile` or `dynamodb_table`.
   * @default "file"
   */
  readonly lock?: "file" | { readonly table: string } | "none" | undefined;
  /**
   * Asks the server to encrypt the object. Changing it needs `terraform init -reconfigure`. Becomes `encrypt`.
   * @default - true for Amazon, false for another server
   */
  readonly encrypt?: boolean | undefined;
}

/** What {@link StateBackend.postgres} takes. */
export interface PostgresStateProps {
  /**
   * Where the database is, `postgres://machine/database`, with `?sslmode=verify-full` for another machine. User and password
   * are `PGUSER` and `PGPASSWORD` where Terraform runs. Changing it moves nothing: `terraform init -migrate-state` does.
   * Becomes `conn_str`.
   */
  readonly connection: string;
  /**
   * Schema of the state; Terraform makes it. Changing it moves nothing: `terraform init -migrate-state` does. Becomes
   * `schema_name`.
   * @default - the stack's id
   */
  readonly schema?: string | undefined;
}

/** Makes the backend of one stack, or of all where its place is named. */
type Attach = (stack: TerraformStack) => TerraformBackend;

/**
 * Where a stack's state is kept, other than in the project. One of these may be given to many stacks: each has a state of
 * its own in it. Passwords and access keys are read from the environment where Terraform runs, and never stand in the JSON.
 * Throws {@link UnitError} for bad input.
 *
 * @example new HostStack(app, "web", { state: StateBackend.postgres({ connection: "postgres://127.0.0.1/berth" }) })
 */
export class StateBackend {
  private readonly taken = new WeakMap<IConstruct, string>();

  private constructor(
    private readonly make: Attach,
    /** Whether a stack's id is part of where its state is. */
    private readonly own: boolean,
  ) {}

  /**
   * Makes the backend of a stack. The path of another stack of the app that has the same state already, or undefined.
   *
   * @internal
   */
  public attach(stack: TerraformStack): string | undefined {
    const other = this.taken.get(stack.node.root);
    this.taken.set(stack.node.root, stack.node.path);
    this.make(stack);
    return this.own ? undefined : other;
  }

  /** A server that takes states by GET and POST, such as GitLab's. */
  public static http({ address, lock = "methods" }: HttpStateProps): StateBackend {
    checkUrl(address, /^https?:$/);
    if (/[?#]/.test(address)) {
      throw new UnitError("an address without '?' and '#'", quote(address), "a stack's own state is below it");
    }
    if (!["methods", "path", "none"].includes(lock)) {
      throw new UnitError('"methods", "path" or "none" as lock', quote(lock));
    }
    return new StateBackend((stack) => {
      const own = `${address.replace(/\/+$/, "")}/${stack.node.id}`;
      const locking = {
        methods: { lockAddress: own, unlockAddress: own },
        path: { lockAddress: `${own}/lock`, lockMethod: "POST", unlockAddress: `${own}/lock`, unlockMethod: "DELETE" },
        none: {},
      }[lock];
      return new HttpBackend(stack, { address: own, ...locking });
    }, true);
  }

  /** A bucket of Amazon's, or of a server that speaks its language. */
  public static s3(props: S3StateProps): StateBackend {
    const { bucket, region = "us-east-1", endpoint, key, lock = "file", encrypt = endpoint === undefined } = props;
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
      throw new UnitError("a bucket of 3 to 63 small letters, digits, '.' or '-'", quote(bucket));
    }
    if (endpoint !== undefined) {
      checkUrl(endpoint, /^https?:$/);
    }
    if (key !== undefined && (key === "" || /^\/|\/$|\/\//.test(key))) {
      throw new UnitError("a key without '/' at its ends", quote(key));
    }
    return new StateBackend((stack) => {
      const elsewhere = {
        endpoints: { s3: endpoint ?? "" },
        usePathStyle: true,
        skipCredentialsValidation: true,
        skipRegionValidation: true,
        skipRequestingAccountId: true,
        skipMetadataApiCheck: true,
      };
      const backend = new S3Backend(stack, {
        bucket,
        region,
        key: key ?? `${stack.node.id}.tfstate`,
        encrypt,
        ...(endpoint === undefined ? {} : elsewhere),
        ...(typeof lock === "object" ? { dynamodbTable: lock.table } : {}),
      });
      if (lock === "file") {
        // cdktf 0.21 does not know the argument yet.
        backend.addOverride("use_lockfile", true);
      }
      return backend;
    }, key === undefined);
  }

  /** A Postgres database, which locks by itself. */
  public static postgres({ connection, schema }: PostgresStateProps): StateBackend {
    checkUrl(connection, /^postgres(ql)?:$/);
    if (schema !== undefined && !/^[A-Za-z_]\w{0,62}$/.test(schema)) {
      throw new UnitError("a schema of up to 63 letters, digits and '_'", quote(schema));
    }
    return new StateBackend(
      (stack) =>
        new PgBackend(stack, {
          connStr: connection,
          schemaName: schema ?? stack.node.id,
        }),
      schema === undefined,
    );
  }
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What a connection to Postgres may say besides: nothing that is secret, or leads elsewhere. */
const PARAMETERS: ReadonlySet<string> = new Set(["sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"]);

/** A literal URL without secrets, which leaves this machine only encrypted. */
function checkUrl(text: string, protocols: RegExp): void {
  const example = protocols.test("http:") ? "https://state.example.org/berth" : "postgres://state.example.org/berth";
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UnitError(`a literal URL such as ${example}`, quote(text));
  }
  if (!protocols.test(url.protocol) || /[${}]/.test(text)) {
    throw new UnitError(`a literal URL such as ${example}`, quote(text));
  }
  if (url.password !== "" || (url.username !== "" && protocols.test("http:"))) {
    throw new UnitError(
      "a URL without a user and a password",
      "one with them",
      protocols.test("http:") ? "set TF_HTTP_USERNAME and TF_HTTP_PASSWORD" : "set PGUSER and PGPASSWORD",
    );
  }
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) {
    throw new UnitError("an encrypted connection", quote(text), "https://: the state holds secrets in clear");
  }
  const odd = [...url.searchParams.keys()].filter((name) => !PARAMETERS.has(name));
  if (/^postgres/.test(url.protocol) && odd.length > 0) {
    throw new UnitError(
      `a URL with no parameters but ${[...PARAMETERS].join(", ")}`,
      `one with ${odd.join(", ")}`,
      "user and password are PGUSER and PGPASSWORD, machine and database stand before the '?'",
    );
  }
  if (/^postgres/.test(url.protocol) && !LOOPBACK.test(url.hostname)) {
    const mode = url.searchParams.get("sslmode");
    if (mode !== "verify-full" && mode !== "verify-ca") {
      throw new UnitError(
        "an encrypted connection to a server that is known",
        quote(text),
        "add ?sslmode=verify-full: the state holds secrets in clear",
      );
    }
  }
}
