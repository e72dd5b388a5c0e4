import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { isAcknowledged } from "./acknowledgements";

/** Warnings of what only props show: the JSON says the same for what was meant and for what was not. */
export const CONSTRUCT_WARNINGS = ["docker/service/port-on-every-address"] as const;

/** Warns at validation, when every acknowledgement is known. */
export function warnUnlessAcknowledged(
  construct: IConstruct,
  id: (typeof CONSTRUCT_WARNINGS)[number],
  messages: readonly string[],
): void {
  let said = false;
  construct.node.addValidation({
    validate: () => {
      if (!said && !isAcknowledged(construct, id)) {
        for (const message of messages) {
          Annotations.of(construct).addWarning(`${message} [${id}]`);
        }
      }
      said = true;
      return [];
    },
  });
}
