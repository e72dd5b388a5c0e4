import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { isAcknowledged } from "./acknowledgements";

/** Warnings of what only props show: the JSON says the same for what was meant and for what was not. */
export const CONSTRUCT_WARNINGS = [
  "docker/service/port-on-every-address",
  "kvm/guest/packages-unreachable",
  "kvm/guest/nobody-logs-in",
  "kvm/guest/first-boot-only",
  "kvm/guest/image-digest",
  "kvm/guest/secret-in-seed",
  "patterns/engine-address",
  "host/endpoint",
  "lock/other-stack",
] as const;

/** Warns of a construct, unless somebody acknowledged that. */
export function warnOf(construct: IConstruct, id: (typeof CONSTRUCT_WARNINGS)[number], message: string): void {
  if (!isAcknowledged(construct, id)) {
    Annotations.of(construct).addWarning(`${message} [${id}]`);
  }
}

/** Warns at validation, when every acknowledgement is known. */
export function warnUnlessAcknowledged(
  construct: IConstruct,
  id: (typeof CONSTRUCT_WARNINGS)[number],
  messagesOf: () => readonly string[],
): void {
  let said = false;
  construct.node.addValidation({
    validate: () => {
      for (const message of said ? [] : messagesOf()) {
        warnOf(construct, id, message);
      }
      said = true;
      return [];
    },
  });
}
