import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { isAcknowledged } from "./acknowledgements";

/** Warnings of what only props show: the JSON says the same for what was meant and for what was not. */
export const CONSTRUCT_WARNINGS = [
  "docker/service/port-on-every-address",
  "kvm/guest/packages-unreachable",
  "kvm/guest/nobody-logs-in",
] as const;

/** Warns at validation, when every acknowledgement is known. */
export function warnUnlessAcknowledged(
  construct: IConstruct,
  id: (typeof CONSTRUCT_WARNINGS)[number],
  messagesOf: () => readonly string[],
): void {
  let said = false;
  construct.node.addValidation({
    validate: () => {
      if (!said && !isAcknowledged(construct, id)) {
        for (const message of messagesOf()) {
          Annotations.of(construct).addWarning(`${message} [${id}]`);
        }
      }
      said = true;
      return [];
    },
  });
}
