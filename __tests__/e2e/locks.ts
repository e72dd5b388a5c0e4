/**
 * Holds the lock of a state as every command that acts does, on each kind of backend: a local file, Postgres, and a server that
 * takes no change without the id of its lock.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Terraform } from "../../lib/operate/machines/terraform";
import { equal, matches } from "./checks";
import { PASSWORD, Postgres, USER } from "./postgres";
import { must, runAsync } from "./shell";
import { HTTP_BACKEND, PORT, StrictServer } from "./strict-server";

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
    await trial(scratch, "http", HTTP_BACKEND);
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
