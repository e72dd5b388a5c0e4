import type { Cause } from "./cause";
import { CAUSES_OF_ANYTHING } from "./causes-of-anything";
import { CAUSES_OF_ENGINES } from "./causes-of-engines";
import { CAUSES_OF_HYPERVISORS } from "./causes-of-hypervisors";

/** Errors that were met on real providers and daemons, with what was behind them and what mended it; the first that fits counts. */
export const CAUSES: readonly Cause[] = [...CAUSES_OF_ENGINES, ...CAUSES_OF_HYPERVISORS, ...CAUSES_OF_ANYTHING];
