import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import { run, sleep } from "./shell";

/**
 * Writes down what guests print on their serial consoles. It attaches as soon as a guest runs, since nothing keeps what
 * was printed before, and again whenever a guest was made anew.
 */
export class Consoles {
  private readonly attached = new Map<string, { readonly tty: string; readonly reader: ChildProcess }>();
  private readonly texts = new Map<string, string>();
  private stopped = false;

  constructor(
    private readonly uri: string,
    private readonly guests: readonly string[],
  ) {
    void this.watch();
  }

  /** Everything a guest printed since it was last forgotten. */
  public textOf(guest: string): string {
    return this.texts.get(guest) ?? "";
  }

  public forget(): void {
    this.texts.clear();
  }

  public stop(): void {
    this.stopped = true;
    for (const { reader } of this.attached.values()) {
      reader.kill();
    }
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      for (const guest of this.guests) {
        this.attach(guest);
      }
      await sleep(300);
    }
  }

  private attach(guest: string): void {
    const { code, out } = run("virsh", ["-q", "-c", this.uri, "ttyconsole", guest]);
    const tty = /\/dev\/pts\/\d+/.exec(out)?.[0];
    const known = this.attached.get(guest);
    if (
      code !== 0 ||
      tty === undefined ||
      !fs.existsSync(tty) ||
      (known?.tty === tty && known.reader.exitCode === null)
    ) {
      return;
    }
    known?.reader.kill();
    // Another machine prints here now: what its predecessor said on the way down is not about it.
    this.texts.delete(guest);
    const reader = spawn("cat", [tty], { stdio: ["ignore", "pipe", "ignore"] });
    this.attached.set(guest, { tty, reader });
    reader.stdout.on("data", (data: Buffer) => {
      if (this.attached.get(guest)?.reader === reader) {
        this.texts.set(guest, this.textOf(guest) + data.toString());
      }
    });
  }
}
