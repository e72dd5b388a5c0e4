/** Props of a guest that act at its first boot only. */
const FIRST_BOOT: ReadonlySet<string> = new Set(["packages", "firstBootScript", "userData"]);

/** Whether a prop acts at a guest's first boot only. */
export function actsAtFirstBoot(prop: string): boolean {
  return FIRST_BOOT.has(prop);
}

/** The parts of a seed's one line, `prop: value; prop: value`, by prop; each as it stands there. */
export function seedParts(line: string): ReadonlyMap<string, string> {
  return new Map(
    line
      .split("; ")
      .map((part) => [part.split(": ")[0] ?? "", part] as const)
      .filter(([prop]) => prop !== ""),
  );
}

/** The props of which two seeds tell something else. */
export function changedSeedParts(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((prop) => before.get(prop) !== after.get(prop));
}
