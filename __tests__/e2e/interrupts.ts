/** Interrupts applies whose output goes through `berth explain`, as Ctrl-C does: every process of the pipeline gets the signal. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { BERTH } from "./berth";
import { random } from "./random";
import { cleanEnvironment, must, runAsync, sleep } from "./shell";
import { HTTP_BACKEND, StrictServer } from "./strict-server";

const COUNT = 10;
const SEED = Number(process.env.BERTH_E2E_SEED ?? 1);
const RESOURCES = 30;
/** How long an apply of them takes, in milliseconds. */
const LENGTH = 3000;

/** Resources that leave a file each once they are made, so that the state can be held against what is there. */
function stack(): object {
  const names = Array.from({ length: RESOURCES }, (_, index) => `r${index}`);
  const one = (name: string) => ({
    input: name,
    provisioner: [{ "local-exec": { command: `sleep 0.5; touch made/${name}` } }],
  });
  return {
    terraform: { backend: HTTP_BACKEND },
    resource: { terraform_data: Object.fromEntries(names.map((name) => [name, one(name)])) },
  };
}

/** Returns how many of them ended with a lock that is still held, or with something made that the state does not know. */
export async function runInterrupts(scratch: string): Promise<number> {
  const server = new StrictServer();
  const next = random(SEED);
  await server.start();
  let wrong = 0;
  try {
    for (let index = 1; index <= COUNT; index++) {
      server.reset();
      const after = Math.floor(500 + next() * LENGTH);
      const found = await interrupted(path.join(scratch, "interrupts"), after, server);
      console.log(`interrupt ${index} after ${after} ms: ${found.length === 0 ? "as it should be" : found.join("; ")}`);
      wrong += found.length === 0 ? 0 : 1;
    }
  } finally {
    server.stop();
  }
  return wrong;
}

async function interrupted(cwd: string, after: number, server: StrictServer): Promise<readonly string[]> {
  fs.rmSync(cwd, { recursive: true, force: true });
  fs.mkdirSync(path.join(cwd, "made"), { recursive: true });
  fs.writeFileSync(path.join(cwd, "main.tf.json"), JSON.stringify(stack()));
  must(await runAsync("terraform", ["init", "-input=false", "-no-color"], { cwd }), "init");
  const line = 'terraform apply -auto-approve -json | "$1" "$2" explain';
  const child = spawn("sh", ["-c", line, "sh", process.execPath, BERTH], {
    cwd,
    env: cleanEnvironment(),
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (data: Buffer) => {
    out += data.toString();
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  await sleep(after);
  if (child.pid !== undefined && child.exitCode === null) {
    process.kill(-child.pid, "SIGINT");
  }
  await ended;
  const { resources = [] } = JSON.parse(server.stored ?? "{}") as { resources?: readonly { readonly name: string }[] };
  const known = new Set(resources.map(({ name }) => name));
  const made = fs.readdirSync(path.join(cwd, "made"));
  const lost = made.filter((name) => !known.has(name));
  return [
    ...(server.isLocked ? ["the lock is still held"] : []),
    ...(lost.length > 0 ? [`made, and not in the state: ${lost.join(", ")}`] : []),
    // A signal that comes before Terraform has begun ends it without a word.
    ...(made.length === 0 || /Interrupt received|apply_complete|Creation complete|Apply complete/i.test(out)
      ? []
      : ["nothing was printed of it"]),
  ];
}
