import "cdktf";
import type { Workload } from "./workload";

/** What a process costs that has loaded cdktf and does nothing with it. */
export const workload: Workload = () => () => undefined;
