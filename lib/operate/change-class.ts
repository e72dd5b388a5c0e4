/**
 * What a planned change will really do to what runs, from the least to the most. `fails`: the apply will end with an error.
 * `ignored`: the apply will be green, and nothing will have changed.
 */
export type ChangeClass = "none" | "in-place" | "restart" | "replaced" | "data-lost" | "fails" | "ignored";

/** The classes that stand in an order of harm. */
export const HARM: readonly ChangeClass[] = ["none", "in-place", "restart", "replaced", "data-lost"];
