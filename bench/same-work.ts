import { jsonOf } from "./processes";

type Bodies = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** What is compared must be the same work: refuses pairs whose resources differ in more than their addresses. */
export function refuseOtherWork(workloads: readonly string[]): void {
  const [first, ...others] = workloads.map((name) => ({ name, resources: resourcesOf(jsonOf(name, 3)) }));
  for (const { name, resources } of others) {
    if (resources !== first?.resources) {
      throw new Error(`${name} renders other resources than ${first?.name}:\n${resources}\n${first?.resources}`);
    }
  }
}

/** The bodies of a stack's resources, without what names the constructs that made them, and without what a hash comes to. */
function resourcesOf(json: string): string {
  const { resource } = JSON.parse(json) as { readonly resource: Bodies };
  const bodies = Object.entries(resource).flatMap(([type, group]) =>
    Object.values(group).map((body) => `${type} ${JSON.stringify({ ...body, "//": undefined })}`),
  );
  return bodies
    .map((text) =>
      text.replace(/\$\{docker_image\.[\w-]+\./g, "${docker_image.IT.").replace(/"[0-9a-f]{16}"/g, '"HASH"'),
    )
    .sort()
    .join("\n");
}
