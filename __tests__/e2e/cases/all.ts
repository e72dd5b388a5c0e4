import type { Case } from "../case";
import { singleContainer } from "./single-container";
import { singleGuest } from "./single-guest";

/** Every case of the real run, in the order it is run. */
export const CASES: readonly Case[] = [singleContainer("3.9"), singleContainer("4"), singleGuest];
