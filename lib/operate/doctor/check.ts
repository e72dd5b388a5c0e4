/** What was looked at, and how it was found. */
export interface Check {
  /** A daemon's endpoint, or "this machine". */
  readonly host: string;
  readonly status: "ok" | "warning" | "error";
  readonly says: string;
  /** What mends it. */
  readonly fix: string | null;
}

/** Makes the checks of one host. */
export class Checks {
  private readonly found: Check[] = [];

  constructor(private readonly host: string) {}

  public get all(): readonly Check[] {
    return this.found;
  }

  public ok(says: string): void {
    this.found.push({ host: this.host, status: "ok", says, fix: null });
  }

  public warning(says: string, fix: string | null = null): void {
    this.found.push({ host: this.host, status: "warning", says, fix });
  }

  public error(says: string, fix: string | null = null): void {
    this.found.push({ host: this.host, status: "error", says, fix });
  }
}
