import type { Change } from "./change-class";
import type { ResourceChange } from "./plan";

/** A change and what Terraform plans. */
export interface Told {
  readonly change: Change;
  readonly one: ResourceChange;
}

/** Ids of resources that constructs of berth's make for Terraform alone. */
const HELPER = /\/(Body|Rebuild|Fetch|Write|Remove|Rotation|Guard|Seed\/Parts|Readiness)$/;

/** The changes without those of helpers, which say nothing that the construct's own change does not say. */
export function foldHelpers(all: readonly Told[]): Change[] {
  const guests = all
    .filter(({ one }) => one.type === "libvirt_domain")
    .flatMap(({ change: { construct } }) => construct ?? []);
  return all
    .filter((told) => !isHelper(told) && !isContentOf(told, guests))
    .map(({ change }) => ({ ...change, construct: change.construct?.replace(HELPER, "") ?? null }));
}

/** A terraform_data that is going says nothing at all: what it was for is going, too. */
function isHelper({ one, change: { construct, class: found } }: Told): boolean {
  if (one.type !== "terraform_data" || found === "ignored") {
    return false;
  }
  return construct === null ? one.change.actions.join() === "delete" : HELPER.test(construct);
}

/** A volume of a guest whose content is in the code, and which is replaced with it. */
function isContentOf({ one, change: { construct, class: found } }: Told, guests: readonly string[]): boolean {
  return (
    one.type === "libvirt_volume" &&
    (found === "replaced" || found === "none") &&
    guests.some((guest) => construct?.startsWith(`${guest}/`))
  );
}
