/**
 * Shows the providers and daemons every edit: applies what was, edits it, applies again, and looks at the daemons before and
 * after. What was seen is held against what `berth report` says of the same plan. Of the recorded edits it is, or becomes,
 * `lib/operate/recorded-edits.json`, which the report tells its users from; edits that are kept back are never recorded.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import type { ChangeClass } from "../../lib/operate/change-class";
import { changesOf } from "../../lib/operate/changes";
import { dockerEdits } from "../edits/docker-edits";
import type { Edit } from "../edits/edit-case";
import { keptBackDocker } from "../edits/kept-back-docker";
import { keptBackLibvirt } from "../edits/kept-back-libvirt";
import { keptBackMoreDocker, keptBackMoreLibvirt } from "../edits/kept-back-more";
import { libvirtEdits } from "../edits/libvirt-edits";
import { merged } from "../rules/cases/case";
import type { Capabilities } from "./machine";
import { LINES, type Line, managesSwarm, type Planned, Trial } from "./trial";

const RECORD = path.join(__dirname, "..", "..", "..", "lib", "operate", "recorded-edits.json");

/** What was seen of one edit on one version of a provider: what the plan said, and what became of it. */
interface Seen extends Planned {
  readonly class: ChangeClass;
  /** What Terraform said, where it failed. */
  readonly says?: string;
  /** True where a further plan is not empty. */
  readonly again?: true;
}

type Recorded = Readonly<Record<string, Readonly<Record<string, Seen>>>>;

/** What a daemon holds of a thing: who it is, since when it runs, and how it is set up. */
interface Sight {
  readonly identity: string;
  readonly running: string;
  readonly setup: string;
}

/** Commands that show a thing; `%` is its name, and a pool's name for what stands in one. */
const SIGHTS: Readonly<Record<string, { readonly [part in keyof Sight]: readonly string[] }>> = {
  docker_container: {
    identity: ["docker", "inspect", "-f", "{{.Id}}", "%"],
    running: ["docker", "inspect", "-f", "{{.State.StartedAt}}", "%"],
    setup: ["docker", "inspect", "-f", "{{json .Config}} {{json .HostConfig}} {{json .Mounts}} {{.Name}}", "%"],
  },
  docker_network: {
    identity: ["docker", "network", "inspect", "-f", "{{.Id}}", "%"],
    running: ["true"],
    setup: [
      "docker",
      "network",
      "inspect",
      "-f",
      "{{json .IPAM}} {{json .Options}} {{json .Labels}} {{.Internal}}",
      "%",
    ],
  },
  docker_volume: {
    identity: ["docker", "volume", "inspect", "-f", "{{.Name}} {{.CreatedAt}}", "%"],
    running: ["true"],
    setup: ["docker", "volume", "inspect", "-f", "{{json .Options}} {{json .Labels}}", "%"],
  },
  docker_image: {
    identity: ["docker", "image", "inspect", "-f", "{{.Id}}", "berth-e2e/web:1"],
    running: ["true"],
    setup: ["true"],
  },
  docker_service: {
    identity: ["docker", "service", "inspect", "-f", "{{.ID}}", "%"],
    running: ["sh", "-c", "sleep 4; docker service ps % --filter desired-state=running -q 2>/dev/null"],
    setup: ["docker", "service", "inspect", "-f", "{{json .Spec}}", "%"],
  },
  libvirt_domain: {
    identity: ["virsh", "domuuid", "%"],
    running: ["virsh", "domid", "%"],
    setup: ["sh", "-c", "virsh dumpxml --inactive % && virsh dominfo % | grep Autostart"],
  },
  libvirt_network: {
    identity: ["virsh", "net-uuid", "%"],
    running: ["sh", "-c", "cat /sys/class/net/$(virsh net-info % | awk '/Bridge/{print $2}')/ifindex"],
    setup: ["sh", "-c", "virsh net-dumpxml --inactive % && virsh net-info % | grep Autostart"],
  },
  libvirt_pool: {
    identity: ["virsh", "pool-uuid", "%"],
    running: ["true"],
    setup: ["sh", "-c", "virsh pool-dumpxml % | grep -vE 'capacity|allocation|available'"],
  },
  libvirt_volume: {
    identity: ["sh", "-c", "ls -i /var/lib/libvirt/images/%-p/*.img"],
    running: ["true"],
    setup: [
      "sh",
      "-c",
      "for one in $(virsh -q vol-list %-p | awk '{print $1}'); do virsh vol-dumpxml $one %-p | grep -vE 'time>'; done",
    ],
  },
};

/** Types whose thing is its data. */
const DATA: ReadonlySet<string> = new Set(["docker_volume", "libvirt_volume"]);

/** Attributes that no daemon is told of: the provider reads them itself, at its next apply or destroy. */
const OWN: ReadonlySet<string> = new Set([
  "attach",
  "container_read_refresh_timeout_milliseconds",
  "destroy_grace_seconds",
  "force_remove",
  "keep_locally",
  "logs",
  "must_run",
  "remove_volumes",
  "start",
  "wait",
  "wait_timeout",
]);

/** What libvirt says of the id of a guest that is off. */
const OFF = "-";

interface Subject {
  readonly module: string;
  readonly name: string;
  readonly edit: Edit;
  readonly keptBack: boolean;
}

/** What was seen of an edit, and what the report said of its plan; undefined where Terraform made no plan. */
interface Tried {
  readonly subject: Subject;
  readonly seen: Seen;
  readonly told: ChangeClass | undefined;
}

/** What came of a run over the edits. */
export interface EditRun {
  readonly shown: number;
  /** What is not as it was recorded, or not as the report said, a line each. */
  readonly differences: readonly string[];
}

/** Which edits are shown: all, those that the report knows, which are recorded anew, or those that it does not. */
export type EditChoice = "all" | "record" | "kept-back";

/** Runs the edits whose name contains one of the words in `only`, and says what differs from the record and the report. */
export function runEdits(capabilities: Capabilities, scratch: string, only = "", choice: EditChoice = "all"): EditRun {
  const recorded: Record<string, Readonly<Record<string, Seen>>> = { ...readRecord() };
  const differences: string[] = [];
  let shown = 0;
  for (const line of LINES.filter(({ provider }) => capabilities[provider === "docker" ? "docker" : "kvm"])) {
    const id = `${line.provider} ${line.version}`;
    const [own, keptBack] =
      line.provider === "docker"
        ? [dockerEdits, { ...keptBackDocker, ...keptBackMoreDocker }]
        : [libvirtEdits, { ...keptBackLibvirt, ...keptBackMoreLibvirt }];
    const chosen = { all: [own, keptBack], record: [own], "kept-back": [keptBack] }[choice];
    const subjects = chosen
      .flatMap((edits) => Object.entries(edits))
      .filter(([name, { lines = [line.version], swarm }]) => {
        const possible = swarm === undefined || managesSwarm(capabilities);
        return only.split(",").some((part) => name.includes(part)) && lines.includes(line.version) && possible;
      })
      .map(([name, edit], index) => ({ module: `e${index}`, name, edit, keptBack: !(name in own) }));
    const before = recorded[id] ?? {};
    const trials = tryEdits(capabilities, scratch, line, subjects);
    for (const { subject, seen, told } of trials) {
      const { name, keptBack: unrecorded } = subject;
      shown++;
      if (!unrecorded && before[name]?.class !== seen.class) {
        differences.push(`${id}: ${name}: recorded as ${before[name]?.class ?? "nothing"}, now ${seen.class}`);
      }
      if (told !== undefined && told !== seen.class) {
        const where = unrecorded ? " (kept back)" : "";
        const what = `${seen.actions.join(" and ")} of ${(seen.forced ?? seen.alters ?? []).join(", ")}`;
        differences.push(`${id}: ${name}${where}: the report says ${told}, and it is ${seen.class}: ${what}`);
      }
    }
    const news = trials.filter(({ subject }) => !subject.keptBack).map(({ subject, seen }) => [subject.name, seen]);
    const kept = Object.entries(before).filter(([name]) => name in own);
    recorded[id] = sorted(Object.fromEntries([...kept, ...news]) as Record<string, Seen>);
  }
  if (choice === "record") {
    fs.writeFileSync(RECORD, `${JSON.stringify(recorded, undefined, 2)}\n`);
  }
  return { shown, differences };
}

function readRecord(): Recorded {
  return fs.existsSync(RECORD) ? (JSON.parse(fs.readFileSync(RECORD, "utf8")) as Recorded) : {};
}

function sorted(all: Readonly<Record<string, Seen>>): Record<string, Seen> {
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function tryEdits(
  capabilities: Capabilities,
  scratch: string,
  line: Line,
  subjects: readonly Subject[],
): readonly Tried[] {
  if (subjects.length === 0) {
    return [];
  }
  const trial = new Trial(path.join(scratch, `edits-${line.version}`), line, capabilities, "berth-edit");
  try {
    for (const [number, subject] of subjects.entries()) {
      writeSubject(trial, line, subject, number, false);
    }
    trial.write(subjects.map(({ module }) => module));
    trial.init();
    const broken = trial.refusals("apply", ["-auto-approve"]);
    for (const { module, name } of subjects.filter((one) => broken.has(one.module))) {
      console.log(`${name}: what it edits cannot be applied: ${broken.get(module)}`);
    }
    const good = subjects.filter(({ module }) => !broken.has(module));
    trial.write(good.map(({ module }) => module));
    const before = new Map(good.map((one) => [one.module, look(trial, one)]));
    for (const subject of good) {
      writeSubject(trial, line, subject, subjects.indexOf(subject), true);
    }
    const refused = trial.refusals("plan", ["-out=plan"]);
    const planned = trial.planned();
    const told = new Map(refused.size > 0 ? [] : changesOf(trial.plan()).map((one) => [one.address, one.class]));
    const failed = refused.size > 0 ? refused : trial.refusals("apply", ["plan"]);
    const after = new Map(good.map((one) => [one.module, look(trial, one)]));
    trial.refusals("plan", ["-out=plan"]);
    const further = trial.planned();
    return good.map((subject) => {
      const { module, edit } = subject;
      const change = planned.get(module) ?? { actions: ["no-op"] };
      const says = failed.get(module);
      const again = further.has(module);
      const found = classOf(subject, change, says, again, before.get(module), after.get(module));
      return {
        subject,
        seen: {
          ...change,
          class: found,
          ...(says !== undefined && { says }),
          ...(again && { again: true as const }),
        },
        told: refused.size > 0 ? undefined : (told.get(`module.${module}.${edit.type}.it`) ?? "none"),
      };
    });
  } finally {
    trial.clear();
  }
}

function writeSubject(trial: Trial, line: Line, { module, edit }: Subject, number: number, edited: boolean): void {
  const { type, base, change, beside = {} } = edit;
  trial.writeModule(module, number, {
    terraform: { required_providers: { [line.provider]: { source: line.source } } },
    resource: { ...beside, [type]: { ...beside[type], it: edited ? merged(base, change) : base } },
  });
}

/** By the name that it has before or after: who is renamed is another one. */
function look(trial: Trial, { module, edit }: Subject): Sight {
  const commands = SIGHTS[edit.type];
  if (!commands) {
    throw new Error(`nobody says how to look at a ${edit.type}`);
  }
  const names = [`berth-edit-${module}`, `berth-edit-${module}-2`];
  const show = (ask: readonly string[]) =>
    names
      .map((name) =>
        trial
          .look(ask, name)
          .replaceAll(/^(error|Error|\[\]).*$/gm, "")
          .trim(),
      )
      .join("\n")
      .trim();
  return { identity: show(commands.identity), running: show(commands.running), setup: show(commands.setup) };
}

function classOf(
  { edit: { type } }: Subject,
  { actions, alters = [] }: Planned,
  says: string | undefined,
  again: boolean,
  before: Sight | undefined,
  after: Sight | undefined,
): ChangeClass {
  if (says !== undefined) {
    return "fails";
  }
  if (actions[0] === "no-op") {
    return "none";
  }
  if (type === "libvirt_domain" && before?.running !== OFF && after?.running === OFF) {
    return "stopped";
  }
  if (before?.identity !== after?.identity) {
    // A guest's disks are volumes of their own, which stay: it starts again, whatever its name in libvirt's books.
    return DATA.has(type) ? "data-lost" : type === "libvirt_domain" ? "restart" : "replaced";
  }
  const still = new Set(after?.running.split("\n"));
  if (before?.running.split("\n").some((one) => one !== "" && !still.has(one))) {
    return "restart";
  }
  const own = alters.length > 0 && alters.every((path) => OWN.has(path));
  // What is planned once more was not done, or not all of it.
  return (before?.setup === after?.setup || again) && !own ? "ignored" : "in-place";
}
