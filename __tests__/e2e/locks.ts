/**
 * Holds the lock of a state as every command that acts does, on each kind of backend: a local file, Postgres, and a server that
 * takes no change without the id of its lock.
 */
import * as fs from "node:fs";
import * as http from "node:http";
import * as os from "node:os";
import * as path from "node:path";
import { Terraform } from "../../lib/operate/machines/terraform";
import { equal, matches } from "./checks";
import { PASSWORD, Postgres, USER } from "./postgres";
import { must, runAsync } from "./shell";

const PORT = 18_796;
const ADDRESS = `http://127.0.0.1:${PORT}/state`;

/** A server of states as strict as they come: while a lock is held, only who names it may write. */
class StrictServer {
  private state: string | undefined;
  private lock: string | undefined;
  private readonly server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (data: Buffer) => {
      body += data.toString();
    });
    request.on("end", () => {
      const [status, text = ""] = this.answer(
        request.method ?? "",
        new URL(request.url ?? "", ADDRESS).searchParams.get("ID") ?? "",
        body,
      );
      response.writeHead(status).end(text);
    });
  });

  public start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(PORT, "127.0.0.1", resolve));
  }

  public stop(): void {
    this.server.close();
  }

  private answer(method: string, id: string, body: string): readonly [number, string?] {
    if (method === "LOCK") {
      if (this.lock !== undefined) {
        return [423, this.lock];
      }
      this.lock = body;
      return [200];
    }
    if (method === "UNLOCK") {
      this.lock = undefined;
      return [200];
    }
    if (method === "GET") {
      return this.state === undefined ? [404] : [200, this.state];
    }
    const held = this.lock === undefined ? "" : (JSON.parse(this.lock) as { ID: string }).ID;
    if (held !== id) {
      return [409, "another one has the lock"];
    }
    this.state = body;
    return [200];
  }
}

async function trial(scratch: string, name: string, backend: object): Promise<void> {
  const cwd = path.join(scratch, "locks", name);
  fs.rmSync(cwd, { recursive: true, force: true });
  fs.mkdirSync(cwd, { recursive: true });
  const resource = { terraform_data: { a: { input: "1" } } };
  fs.writeFileSync(path.join(cwd, "main.tf.json"), JSON.stringify({ terraform: { backend }, resource }));
  const terraform = (...args: string[]) => runAsync("terraform", [...args, "-no-color"], { cwd });
  must(await terraform("init", "-input=false"), `${name}: init`);
  must(await terraform("apply", "-auto-approve"), `${name}: apply`);
  await new Terraform(cwd).locked(async () => {
    const other = await terraform("apply", "-auto-approve");
    equal(
      `${name}: another apply meanwhile`,
      [other.code, /Error acquiring the state lock/.test(other.out)],
      [1, true],
    );
    const second = await new Terraform(cwd).locked(async () => "").catch((error: Error) => error.message);
    matches(
      `${name}: another command meanwhile`,
      second,
      /^the state cannot be locked: \S+@\S+ has it since .*force-unlock/,
    );
  });
  const writer = new Terraform(cwd);
  const written = await writer.locked(() => writer.change(["state", "rm"], ["terraform_data.a"]));
  equal(`${name}: a change under the lock: ${written.err}`, written.code, 0);
  matches(`${name}: an apply afterwards`, must(await terraform("apply", "-auto-approve"), name), /1 added/);
}

/** Throws at the first thing that is not as promised. Returns what is missing for a part of it. */
export async function runLocks(scratch: string): Promise<string | undefined> {
  const server = new StrictServer();
  await server.start();
  try {
    await trial(scratch, "local", { local: { path: "../a.tfstate" } });
    const methods = { lock_address: ADDRESS, unlock_address: ADDRESS, lock_method: "LOCK", unlock_method: "UNLOCK" };
    await trial(scratch, "http", { http: { address: ADDRESS, ...methods } });
  } finally {
    server.stop();
  }
  return withPostgres(scratch);
}

async function withPostgres(scratch: string): Promise<string | undefined> {
  const postgres = Postgres.find(fs.mkdtempSync(path.join(os.tmpdir(), "berth-locks-")), PORT + 1);
  if (postgres === undefined) {
    return "Postgres (Debian package postgresql)";
  }
  await postgres.start();
  process.env.PGUSER = USER;
  process.env.PGPASSWORD = PASSWORD;
  try {
    await trial(scratch, "pg", { pg: { conn_str: postgres.url } });
  } finally {
    delete process.env.PGUSER;
    delete process.env.PGPASSWORD;
    postgres.stop();
  }
  return undefined;
}
