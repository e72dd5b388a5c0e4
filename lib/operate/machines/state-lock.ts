import { type ChildProcess, spawn } from "node:child_process";
import { clientEnvironment } from "./command";

/** What Terraform and OpenTofu log once they have the lock, and go on to read the state. */
const HELD = /reading remote state for workspace/;

/** How long it may take until the lock is there, in milliseconds. */
const PATIENCE = 60_000;

/** Terraform, and where it runs. */
interface Place {
  readonly name: string;
  readonly folder: string;
  /** Where a local state is: `console` looks for it under its usual name, whatever the backend says. */
  readonly stateArguments: readonly string[];
}

/**
 * The lock of a stack's state, held by a `terraform console` that waits for input: the one command that holds it, on any backend,
 * and changes nothing.
 */
export class StateLock {
  private constructor(private readonly child: ChildProcess) {}

  /** Takes the lock. Throws with Terraform's words, which say who has it, where it is taken. */
  public static async take(terraform: Place): Promise<StateLock> {
    const child = spawn(terraform.name, ["console", ...terraform.stateArguments], {
      cwd: terraform.folder,
      stdio: ["pipe", "ignore", "pipe"],
      env: { ...clientEnvironment(), TF_LOG_CORE: "TRACE", TF_LOG_PATH: undefined, TF_LOG: undefined },
    });
    const said: string[] = [];
    const held = await new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), PATIENCE);
      const done = (answer: boolean) => {
        clearTimeout(late);
        resolve(answer);
      };
      child.stderr?.on("data", (data: Buffer) => {
        const text = data.toString();
        said.push(text);
        if (HELD.test(text)) {
          done(true);
        }
      });
      child.on("error", () => done(false));
      child.on("close", () => done(false));
    });
    const lock = new StateLock(child);
    if (!held) {
      await lock.release();
      throw new Error(`the state cannot be locked: ${reasonIn(said.join(""))}`);
    }
    return lock;
  }

  public async release(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.pid === undefined) {
      return;
    }
    const closed = new Promise((resolve) => child.on("close", resolve));
    child.stdin?.end();
    await closed;
  }
}

/** `console` colours its errors, whatever the environment says. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** What Terraform says to people, between what it logs: who has the lock, where it says so. */
function reasonIn(text: string): string {
  const lines = text
    .replaceAll(COLOURS, "")
    .split("\n")
    .filter((line) => !/^\d{4}-\d\d-\d\dT/.test(line))
    .map((line) => line.replace(/^[│╷╵]\s?/, "").trim())
    .filter((line) => line !== "" && !/CLI configuration/.test(line));
  const said = (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.replace(/^\w+:\s*/, "");
  const id = said("ID");
  if (id !== undefined) {
    const operation = said("Operation")?.replace("OperationType", "").toLowerCase();
    return `${said("Who")} has it since ${said("Created")} (${operation}); where nobody works with it any more: terraform force-unlock ${id}`;
  }
  const error = lines.findIndex((line) => /^Error/.test(line));
  return error < 0 ? "terraform console does not answer" : lines.slice(error).join("; ").slice(0, 400);
}
