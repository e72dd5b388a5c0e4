import { Construct } from "constructs";
import { Size } from "../units/size";
import { claimsOf } from "./claims";
import { Problems } from "./problems";
import { instance, number, optional, readProps, type Shape } from "./shape";

/** What a {@link Machine} takes. */
export interface MachineProps {
  /**
   * Processor threads of the machine, a whole number from 1. A guest or service that wants more is refused.
   * @default - not checked
   */
  readonly cores?: number | undefined;
  /**
   * Memory of the machine. Guests and services that together want more are refused.
   * @default - not checked
   */
  readonly memory?: Size | undefined;
}

const SHAPE: Shape<MachineProps> = {
  cores: optional(number),
  memory: optional(instance(Size, "Size.gibibytes(64)")),
};

/**
 * A physical or virtual computer that hosts run on. A `KvmHost` and a `DockerHost` with the same machine share its
 * addresses, ports and capacity, so that what one takes the other cannot have. Becomes no Terraform resource; changing
 * a prop costs nothing.
 *
 * @example new Machine(stack, "rack1", { cores: 16, memory: Size.gibibytes(64) })
 */
export class Machine extends Construct {
  public readonly cores: number | undefined;
  public readonly memory: Size | undefined;

  constructor(scope: Construct, id: string, props: MachineProps = {}) {
    super(scope, id);
    const problems = new Problems();
    const { cores, memory } = readProps(this.node.path, props, SHAPE, problems);
    if (cores !== undefined && problems.literal("cores", cores)) {
      problems.check(Number.isInteger(cores) && cores >= 1, "cores", "be a whole number from 1", cores);
    }
    this.cores = cores;
    this.memory = memory;
    problems.reportOn(this);
    this.node.addValidation({ validate: () => claimsOf(this).overCapacity(this.node.path, { cores, memory }) });
  }
}
