import { markdownCell } from "../core/harmless-text";
import type { Change, ChangeClass } from "./change-class";
import { named } from "./construct-of";

const WORDS: Readonly<Record<ChangeClass, string>> = {
  none: "nothing is hit",
  "in-place": "changed in place",
  restart: "RESTART",
  replaced: "REPLACED",
  stopped: "STOPPED",
  removed: "REMOVED",
  "data-lost": "DATA LOST",
  fails: "FAILS",
  ignored: "IGNORED",
};

const ORDER: readonly ChangeClass[] = [
  "fails",
  "data-lost",
  "ignored",
  "removed",
  "stopped",
  "replaced",
  "restart",
  "in-place",
  "none",
];

function sorted(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort(
    (a, b) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class) || (a.address < b.address ? -1 : 1),
  );
}

/** One line of how many changes there are of each class. */
export function summary(changes: readonly Change[]): string {
  const counts = ORDER.map((one) => [one, changes.filter((change) => change.class === one).length] as const);
  const parts = counts.filter(([, count]) => count > 0).map(([one, count]) => `${count} ${one}`);
  return parts.length === 0 ? "nothing changes" : parts.join(", ");
}

/** For a terminal: most severe first. */
export function asText(changes: readonly Change[]): string {
  const rows = sorted(changes).map(({ class: found, construct, address, reason, alsoHits }) => {
    const hits = alsoHits.length === 0 ? [] : [`${" ".repeat(18)}also hit: ${alsoHits.join(", ")}`];
    return [`${WORDS[found].padEnd(16)}  ${named(construct, address)}`, `${" ".repeat(18)}${reason}`, ...hits].join(
      "\n",
    );
  });
  return [...rows, summary(changes)].join("\n");
}

/** For a pull request: a table in Markdown. */
export function asMarkdown(changes: readonly Change[]): string {
  const rows = sorted(changes).map(
    ({ class: found, construct, address, reason, alsoHits }) =>
      `| ${WORDS[found]} | ${markdownCell(construct ?? address)} | ${markdownCell(reason)} | ${markdownCell(alsoHits.join(", "))} |`,
  );
  const head = ["| what | construct | why | also hit |", "| --- | --- | --- | --- |"];
  return [`**${summary(changes)}**`, "", ...(rows.length === 0 ? [] : [...head, ...rows])].join("\n");
}
