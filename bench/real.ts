/**
 * What machines made by berth cost the real providers, beside the smallest hand-written configuration of the same
 * machines. The shape of a configuration decides what a plan costs, and only a run of the providers shows it.
 *
 * Each figure is the difference between a stack of many machines and a stack of one, so that the cost of Terraform
 * itself, of the network and of the pool cancels out. Processor time is that of Terraform and of the providers it
 * starts: it waits for each of them, so that `time` has them in its sum. What libvirtd and dockerd do is not in it.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { has } from "./processes";
import { must, type Outcome, run } from "./real-shell";
import {
  ENGINE,
  GUESTS,
  KINDS,
  type Kind,
  LIBVIRT,
  makeStands,
  type Place,
  PROVIDERS,
  SERVICES,
  type Stand,
  writeConfiguration,
} from "./real-stands";
import { median } from "./statistics";

/** Seconds of processor time, Terraform and its providers together, per guest or per service. */
export interface RealFigures {
  readonly apply: number;
  readonly plan: number;
  readonly destroy: number;
  /** Seconds by the clock; Terraform works on several machines at a time. */
  readonly wall: { readonly apply: number; readonly plan: number; readonly destroy: number };
}

/** What berth's machines cost, and what the same machines cost that are written by hand. */
export interface RealResult {
  readonly guest: RealFigures;
  readonly guestMinimal: RealFigures;
  readonly service: RealFigures;
  readonly serviceMinimal: RealFigures;
  /** The plan of a guest, in plans of a guest written by hand. */
  readonly guestVsMinimal: number;
  /** Terraform and the providers, with their versions. */
  readonly tool: string;
  readonly notes: readonly string[];
}

const PHASES = ["apply", "plan", "destroy"] as const;
type Phase = (typeof PHASES)[number];

/** What a command took, in seconds. */
interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/** What one stand took in one round. */
interface Run {
  readonly kind: Kind;
  readonly count: number;
  readonly costs: Readonly<Record<Phase, Cost>>;
}

const TIME = "/usr/bin/time";
const TOOLS = ["terraform", "qemu-img", "tar", "virsh", "docker"] as const;
const SIZES: Readonly<Record<Kind, readonly [number, number]>> = {
  guest: GUESTS,
  guestMinimal: GUESTS,
  service: SERVICES,
  serviceMinimal: SERVICES,
};

/** Runs it, or says what is missing. */
export function measureReal(rounds: number, say: (line: string) => void): RealResult | { readonly skipped: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-bench-"));
  const tag = `berth-bench-${process.pid}`;
  const place = { folder, tag, disk: path.join(folder, "disk.qcow2"), image: `${tag}:1` };
  let stands: readonly Stand[] = [];
  // An interrupt reaches Terraform too, which fails; so this program must outlive it to remove what was made.
  const outlive = () => undefined;
  process.on("SIGINT", outlive);
  try {
    const missing = whatIsMissing(folder);
    if (missing.length > 0) {
      return { skipped: `the real providers were not measured: there is no ${missing.join(", no ")}` };
    }
    makeImages(place);
    stands = makeStands(place);
    for (const stand of stands) {
      must(terraform(stand, "init", "-input=false"), `terraform init of ${nameOf(stand)}`);
    }
    const runs = Array.from({ length: rounds }, (_, round) =>
      stands.map((stand) => {
        const one = measure(stand);
        const took = PHASES.map((phase) => `${phase} ${one.costs[phase].cpu.toFixed(2)} s`).join(", ");
        say(`round ${round + 1} of ${rounds}, ${nameOf(stand)}: ${took}`);
        return one;
      }),
    );
    return summarize(runs, versionsOf(stands));
  } finally {
    cleanUp(place, stands, say);
    process.off("SIGINT", outlive);
  }
}

/** Everything that this machine lacks. */
function whatIsMissing(folder: string): string[] {
  const absent: readonly string[] = TOOLS.filter((tool) => !has(tool));
  const lacks = (good: boolean, what: string) => (good ? [] : [what]);
  const fails = (command: string, ...args: string[]) => !absent.includes(command) && run(command, args).code !== 0;
  return [
    ...absent.map((tool) => `${tool} on the PATH`),
    ...lacks(fs.existsSync(TIME), TIME),
    ...lacks(staticBusybox() !== undefined, "static busybox in /bin or /usr/bin"),
    ...lacks(!fails("virsh", "-c", LIBVIRT, "list"), `libvirt that answers at ${LIBVIRT}`),
    ...lacks(!fails("docker", "-H", ENGINE, "version"), `Docker engine that answers at ${ENGINE}`),
    ...Object.entries(absent.includes("terraform") ? {} : PROVIDERS).flatMap(([name, wanted]) =>
      lacks(canInit(path.join(folder, name), { [name]: wanted }), `provider ${wanted.source} for terraform init`),
    ),
  ];
}

function canInit(folder: string, providers: object): boolean {
  writeConfiguration(folder, { terraform: { required_providers: providers } });
  return terraform({ folder }, "init", "-input=false").code === 0;
}

/** A busybox that needs no library, as a container that holds nothing else has none. */
function staticBusybox(): string | undefined {
  return ["/bin/busybox", "/usr/bin/busybox"].find((file) => fs.existsSync(file) && run("ldd", [file]).code !== 0);
}

/** The disk that guests are made from, and the image of the containers. */
function makeImages({ folder, disk, image }: Place): void {
  must(run("qemu-img", ["create", "-q", "-f", "qcow2", disk, "8M"]), "qemu-img");
  const root = path.join(folder, "root");
  fs.mkdirSync(path.join(root, "bin"), { recursive: true });
  fs.copyFileSync(staticBusybox() ?? "", path.join(root, "bin", "busybox"));
  fs.chmodSync(path.join(root, "bin", "busybox"), 0o755);
  must(run("tar", ["-C", root, "-cf", `${root}.tar`, "bin"]), "tar");
  const command = 'CMD ["/bin/busybox","sleep","infinity"]';
  must(run("docker", ["-H", ENGINE, "import", "--change", command, `${root}.tar`, image]), "docker import");
}

function terraform({ folder }: Pick<Stand, "folder">, ...args: string[]): Outcome {
  return run("terraform", [...args, "-no-color"], folder);
}

function nameOf({ kind, count }: Stand): string {
  return `${kind} x${count}`;
}

/** Makes a stand, plans it again, which must find nothing to do, and removes it. */
function measure(stand: Stand): Run {
  const { kind, count } = stand;
  const apply = timed(stand, "apply", "-auto-approve", "-input=false");
  const plan = timed(stand, "plan", "-detailed-exitcode", "-input=false");
  const destroy = timed(stand, "destroy", "-auto-approve", "-input=false");
  return { kind, count, costs: { apply, plan, destroy } };
}

function timed(stand: Stand, ...args: string[]): Cost {
  const file = path.join(stand.folder, "time.txt");
  const { code, out } = run(TIME, ["-f", "%e %U %S", "-o", file, "terraform", ...args, "-no-color"], stand.folder);
  const changes = code === 2 && args.includes("-detailed-exitcode") ? ", which must find nothing to change," : "";
  must({ code, out }, `terraform ${args[0]} of ${nameOf(stand)}${changes}`);
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = fs
    .readFileSync(file, "utf8")
    .trim()
    .split(" ")
    .map(Number);
  return { wall, cpu: user + system };
}

/** Removes all that a run made, also one that failed half-way. What Terraform cannot remove keeps its state, and is said. */
function cleanUp({ folder, image }: Place, stands: readonly Stand[], say: (line: string) => void): void {
  const left = stands.filter((stand) => {
    const { code, out } = terraform(stand, "state", "list");
    const standing = code === 0 && out.trim() !== "";
    return standing && terraform(stand, "destroy", "-auto-approve", "-input=false").code !== 0;
  });
  run("docker", ["-H", ENGINE, "rmi", image]);
  if (left.length === 0) {
    fs.rmSync(folder, { recursive: true, force: true });
    return;
  }
  say(
    `terraform destroy failed; what is left behind stands in the state of ${left.map(nameOf).join(", ")} in ${folder}`,
  );
}

/** Terraform and the providers that it chose. */
function versionsOf(stands: readonly Stand[]): string {
  const read = stands.map((stand) => {
    const text = must(terraform(stand, "version", "-json"), "terraform version");
    return JSON.parse(text) as {
      readonly terraform_version: string;
      readonly provider_selections: Readonly<Record<string, string>>;
    };
  });
  const providers = read.flatMap(({ provider_selections }) => Object.entries(provider_selections));
  const named = providers.map(([name, version]) => `${name.split("/").slice(1).join("/")} ${version}`);
  return [`Terraform ${read[0]?.terraform_version}`, ...new Set(named)].join(", ");
}

/** Every round gives figures of its own, from stands that ran near to each other in time. */
function summarize(rounds: readonly (readonly Run[])[], tool: string): RealResult {
  const taken = (kind: Kind, count: number, phase: Phase, what: keyof Cost) =>
    rounds.map((runs) => {
      const found = runs.find((one) => one.kind === kind && one.count === count);
      return found?.costs[phase][what] ?? Number.NaN;
    });
  const ofOne = (kind: Kind, phase: Phase, what: keyof Cost) => {
    const [few, many] = SIZES[kind];
    const small = taken(kind, few, phase, what);
    return median(
      taken(kind, many, phase, what).map((time, round) => (time - (small[round] ?? Number.NaN)) / (many - few)),
    );
  };
  const figures = (kind: Kind): RealFigures => {
    const each = (what: keyof Cost) => ({
      apply: ofOne(kind, "apply", what),
      plan: ofOne(kind, "plan", what),
      destroy: ofOne(kind, "destroy", what),
    });
    return { ...each("cpu"), wall: each("wall") };
  };
  const whole = (kind: Kind, count: number) => `${median(taken(kind, count, "plan", "cpu")).toFixed(2)} s`;
  const guest = figures("guest");
  const guestMinimal = figures("guestMinimal");
  return {
    guest,
    guestMinimal,
    service: figures("service"),
    serviceMinimal: figures("serviceMinimal"),
    guestVsMinimal: guest.plan / guestMinimal.plan,
    tool,
    notes: [
      `medians of ${rounds.length} rounds; a guest is a quarter of what five take more than one, a service an eighth of nine`,
      "every second plan was empty",
      ...KINDS.map((kind) => {
        const [few, many] = SIZES[kind];
        return `whole plan, ${kind}: ${whole(kind, few)} with ${few}, ${whole(kind, many)} with ${many}`;
      }),
    ],
  };
}

function printTable(result: RealResult): void {
  const cells = (of: Readonly<Record<Phase, number>>) =>
    PHASES.map((phase) => of[phase].toFixed(3).padStart(8)).join("");
  const heads = PHASES.map((phase) => phase.padStart(8)).join("");
  console.log(result.tool);
  console.log(`${"seconds of one machine".padEnd(24)}${"processor".padStart(24)}${"clock".padStart(27)}`);
  console.log(`${"".padEnd(24)}${heads}   ${heads}`);
  for (const kind of KINDS) {
    console.log(`${kind.padEnd(24)}${cells(result[kind])}   ${cells(result[kind].wall)}`);
  }
  console.log(`plan of a guest: ${result.guestVsMinimal.toFixed(2)} times that of the one written by hand`);
  for (const note of result.notes) {
    console.log(note);
  }
}

function main(): void {
  const rounds = Number(process.argv[2] ?? 3);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`rounds must be a whole number from 1, got ${process.argv[2]}`);
  }
  const result = measureReal(rounds, (line) => console.error(line));
  if ("skipped" in result) {
    console.log(result.skipped);
  } else {
    printTable(result);
  }
}

if (require.main === module) {
  main();
}
