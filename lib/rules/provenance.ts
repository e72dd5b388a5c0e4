import type { Rule } from "./rule";

/** The versions that a provider's rules hold for, as a constraint; those of one line, by the version that stands for it. */
const VERSIONS: Readonly<Record<string, string>> = { docker: ">= 3.9.0, < 5.0.0", libvirt: "0.9.7" };
const LINES: Readonly<Record<string, string>> = { "3.9.0": ">= 3.9.0, < 4.0.0", "4.5.0": ">= 4.0.0, < 5.0.0" };

/** What the runs were made with. */
const RUN_WITH: Readonly<Record<string, string>> = {
  docker: "providers 3.9.0 and 4.5.0 with dockerd 20.10",
  libvirt: "provider 0.9.7 with libvirt 9.0 and QEMU 7.2",
};

export function versionsOf({ id, lines }: Rule): string {
  const [provider = ""] = id.split("/");
  const [line = ""] = lines ?? [];
  return LINES[line] ?? VERSIONS[provider] ?? "any";
}

/** How what a rule says is known. */
export function sourceOf({ id, proof }: Rule): string {
  const [provider = ""] = id.split("/");
  return proof === "run"
    ? `seen: ${RUN_WITH[provider]}`
    : `read in the sources of the ${provider} provider and its daemon`;
}
