/** A cause that no configuration shows: the machines, the daemons, or what was there before. */
export interface Cause {
  /** Stays as it is: programs may ask for it. */
  readonly id: string;
  /** What to change in the code, where that can mend it: a prop of berth's, or an attribute. */
  readonly prop?: string;
  /** What the error says, whatever names stand in it. */
  readonly says: RegExp;
  readonly cause: string;
  readonly fix: string;
}
