/**
 * Runs the commands of the pipeline examples as they are written, in the order of their jobs, in a project that has the packed
 * library: what only a runner has is named and left out.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { transformFileSync } from "@swc/core";
import { load } from "js-yaml";
import { equal, matches } from "./checks";
import { makeContainerFixture, WEB_IMAGE } from "./fixtures";
import type { Capabilities } from "./machine";
import { PASSWORD, Postgres, USER } from "./postgres";
import { must, type Outcome, run } from "./shell";

const ROOT = path.join(__dirname, "..", "..", "..");
const EXAMPLES = path.join(ROOT, "examples", "pipelines");
const PORT = 15439;
const STACK = path.join("cdktf.out", "stacks", "shop");

interface Step {
  readonly name: string;
  readonly script: string;
}

interface Pipeline {
  readonly name: string;
  readonly plan: readonly Step[];
  readonly apply: readonly Step[];
  readonly afterFailure: Step;
  /** What ends both jobs, however they went. */
  readonly always: readonly Step[];
  readonly variables: Readonly<Record<string, string>>;
}

/** What needs a runner's own services. */
const RUNNER_ONLY = /\bgh pr comment\b|\$CI_API_V4_URL/;

function github(): Pipeline {
  const { jobs, env } = load(fs.readFileSync(path.join(EXAMPLES, "github.yml"), "utf8")) as {
    env: Record<string, string>;
    jobs: Record<"plan" | "apply", { steps: readonly { name?: string; run?: string; if?: string }[] }>;
  };
  const steps = (job: "plan" | "apply", when: RegExp) =>
    jobs[job].steps
      .filter((step) => step.run !== undefined && when.test(step.if ?? "usual"))
      .map(({ name = "", run: script = "" }) => ({ name, script }));
  const [afterFailure = { name: "", script: "" }] = steps("apply", /^failure/);
  const usual = /^(usual|github)/;
  const literal = Object.entries(env).filter(([, value]) => !value.includes("${{"));
  return {
    name: "GitHub Actions",
    plan: steps("plan", usual),
    apply: steps("apply", usual),
    afterFailure,
    always: [...steps("plan", /^always/), ...steps("apply", /^always/)],
    variables: Object.fromEntries(literal),
  };
}

function gitlab(): Pipeline {
  interface Job {
    readonly script: readonly string[];
    readonly after_script?: readonly string[];
  }
  const all = load(fs.readFileSync(path.join(EXAMPLES, "gitlab.yml"), "utf8")) as {
    default: { before_script: readonly string[] };
    variables: Record<string, string>;
    plan: Job;
    apply: Job;
  };
  const steps = (scripts: readonly string[]) =>
    scripts.map((script) => ({ name: script.split("\n")[0] ?? "", script }));
  const [after = "", ...cleaning] = all.apply.after_script ?? [];
  return {
    name: "GitLab CI",
    plan: steps([...all.default.before_script, ...all.plan.script]),
    apply: steps([...all.default.before_script, ...all.apply.script]),
    afterFailure: { name: "after_script", script: after },
    always: steps([...(all.plan.after_script ?? []), ...cleaning]),
    variables: all.variables,
  };
}

/** Returns what is missing, or undefined where everything ran. */
export async function runPipelines(capabilities: Capabilities, scratch: string): Promise<string | undefined> {
  const folder = path.join(scratch, "pipelines");
  const postgres = Postgres.find(path.join("/tmp", `berth-e2e-postgres-${process.pid}`), PORT);
  if (!postgres || !capabilities.docker) {
    return postgres ? "a Docker engine" : "Postgres (Debian package postgresql)";
  }
  fs.rmSync(folder, { recursive: true, force: true });
  if (run("docker", ["-H", capabilities.dockerHost, "image", "inspect", WEB_IMAGE]).code !== 0) {
    makeContainerFixture(path.dirname(scratch), capabilities.dockerHost);
  }
  await postgres.start();
  try {
    const origin = makeProject(path.join(folder, "origin"));
    for (const pipeline of [github(), gitlab()]) {
      new Run(pipeline, origin, path.join(folder, pipeline.name.replace(" ", "-")), capabilities, postgres).all();
    }
    deployWithCli(origin, path.join(folder, "cli"), capabilities, postgres);
  } finally {
    postgres.stop();
  }
  return undefined;
}

/** A project as a user has it: the library packed, its peers, one stack, all committed. */
function makeProject(folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  must(run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: ROOT }), "npm pack");
  const [archive = ""] = fs.readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const pinned = pins();
  const manifest = {
    name: "shop",
    private: true,
    scripts: { synth: "node main.js" },
    dependencies: { berth: `file:${archive}`, cdktf: pinned.cdktf, constructs: pinned.constructs },
  };
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  fs.writeFileSync(
    path.join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: "npm run -s synth" }),
  );
  fs.writeFileSync(path.join(folder, ".gitignore"), "node_modules\ncdktf.out\n");
  const { code } = transformFileSync(path.join(EXAMPLES, "main.ts"), {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  fs.writeFileSync(path.join(folder, "main.js"), code);
  must(run("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder }), "npm install");
  must(run("npm", ["run", "synth"], { cwd: folder }), "npm run synth");
  const git = "git init -q && git add -A && git -c user.name=e2e -c user.email=e2e@localhost commit -qm first";
  must(run("sh", ["-c", git], { cwd: folder }), "git");
  return folder;
}

/** The versions that this repository is tested with. */
function pins(): Readonly<Record<string, string>> {
  const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  return manifest.devDependencies;
}

/** One pipeline, job by job; each job starts from a fresh clone, as on another runner. */
class Run {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly origin: string,
    private readonly folder: string,
    private readonly capabilities: Capabilities,
    private readonly postgres: Postgres,
  ) {}

  public all(): void {
    const { name } = this.pipeline;
    fs.mkdirSync(this.folder, { recursive: true });
    this.job("plan", {});
    equal(`${name}: what a plan alone makes`, this.word(), "");
    this.job("apply", {});
    equal(`${name}: what was applied`, this.word(), "hello");
    equal(`${name}: where the state is`, this.postgres.ask("select count(*) from shop.states"), "1");
    const gate = this.job("plan", { GREETING: "other" }, /--at-most/);
    matches(`${name}: what the gate said`, gate, /REPLACED\s+shop\/shop-web/);
    equal(`${name}: what the gate let through`, this.word(), "hello");
    this.job("plan", { GREETING: "other", AT_MOST: "replaced" });
    this.job("apply", { GREETING: "other" });
    equal(`${name}: what was applied then`, this.word(), "other");
    this.job("plan", { IMAGE: "nosuch.test/web:1", AT_MOST: "replaced" });
    const failed = this.job("apply", { IMAGE: "nosuch.test/web:1" }, /explain/);
    matches(`${name}: what the failure is`, failed, /cause: .*\[image-unreachable\]/);
    const said = this.shell("apply", this.pipeline.afterFailure, { CI_JOB_STATUS: "failed" });
    matches(`${name}: what it needs`, said.out, /nothing is left to recover: apply/);
    this.job("plan", { GREETING: "again", AT_MOST: "replaced" });
    this.job("apply", { GREETING: "again" });
    equal(`${name}: what was applied after it`, this.word(), "again");
    must(
      this.shell("apply", { name: "destroy", script: 'terraform -chdir="$STACK" destroy -auto-approve' }, {}),
      "destroy",
    );
    equal(`${name}: what is left`, this.word(), "");
  }

  /** Runs a job; what it printed last. Fails where a step fails that is not to, or does not that is. */
  private job(job: "plan" | "apply", more: Record<string, string>, failsAt?: RegExp): string {
    const clone = path.join(this.folder, job);
    fs.rmSync(clone, { recursive: true, force: true });
    must(run("git", ["clone", "-q", this.origin, clone]), "git clone");
    if (job === "apply") {
      fs.copyFileSync(path.join(this.folder, "plan.enc"), path.join(clone, "plan.enc"));
    }
    for (const step of this.pipeline[job]) {
      if (RUNNER_ONLY.test(step.script)) {
        console.log(`${this.pipeline.name}: needs a runner: ${step.name}`);
        continue;
      }
      const outcome = this.shell(job, step, more);
      if (failsAt?.test(step.script)) {
        equal(`${this.pipeline.name}: ${step.name} fails`, outcome.code === 0, false);
        this.clean(job);
        return outcome.out;
      }
      must(outcome, `${this.pipeline.name}: ${step.name}`);
    }
    equal(`${this.pipeline.name}: ${failsAt} was not reached`, failsAt, undefined);
    this.clean(job);
    if (job === "plan") {
      fs.copyFileSync(path.join(clone, "plan.enc"), path.join(this.folder, "plan.enc"));
    }
    return "";
  }

  /** However a job ended, no plan lies about in clear. */
  private clean(job: "plan" | "apply"): void {
    for (const step of this.pipeline.always) {
      must(this.shell(job, step, {}), `${this.pipeline.name}: ${step.name}`);
    }
    const clear = ["plan.json", path.join(STACK, "plan")].map((file) => path.join(this.folder, job, file));
    equal(
      `${this.pipeline.name}: plans in clear`,
      clear.filter((file) => fs.existsSync(file)),
      [],
    );
  }

  private shell(job: string, { script }: Step, more: Record<string, string>): Outcome {
    const env = {
      ...this.pipeline.variables,
      ...environment(this.capabilities, this.postgres),
      PLAN_KEY: "a long text",
      AT_MOST: "restart",
      ...more,
    };
    const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
    return run("bash", args, { cwd: path.join(this.folder, job), env });
  }

  private word(): string {
    return word(this.capabilities);
  }
}

function environment({ dockerHost }: Capabilities, postgres: Postgres): Record<string, string> {
  return { PGUSER: USER, PGPASSWORD: PASSWORD, STATE: postgres.url, ENGINE: dockerHost, IMAGE: WEB_IMAGE };
}

function word({ dockerHost }: Capabilities): string {
  const { out } = run("docker", ["-H", dockerHost, "inspect", "-f", "{{.Config.Env}}", "shop-web"]);
  return /GREETING=(\w+)/.exec(out)?.[1] ?? "";
}

/** `cdktf deploy` on the same project, with the same state; plain terraform then finds nothing to do. */
function deployWithCli(origin: string, folder: string, capabilities: Capabilities, postgres: Postgres): void {
  must(run("git", ["clone", "-q", origin, folder]), "git clone");
  const pinned = pins();
  const env = { ...environment(capabilities, postgres), BERTH_FROZEN: "1", CI: "1" };
  const sh = (script: string) => must(run("bash", ["-eo", "pipefail", "-c", script], { cwd: folder, env }), script);
  sh(`npm ci && npm install --no-save --no-audit --no-fund cdktf-cli@${pinned.cdktf}`);
  sh("npx cdktf deploy shop --auto-approve --skip-provider-lock");
  equal("what cdktf deployed", word(capabilities), "hello");
  sh(`terraform -chdir=${STACK} plan -input=false -detailed-exitcode`);
  sh("npx cdktf destroy shop --auto-approve --skip-provider-lock");
  equal("what cdktf destroyed", word(capabilities), "");
}
