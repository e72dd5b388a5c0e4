import { type ChildProcess, spawn } from "node:child_process";
import { berthArguments, ROOT } from "./run-berth";

/** Each call compiles the command first. */
jest.setTimeout(60_000);

const line = (message: string) => `${JSON.stringify({ "@level": "info", "@message": message, type: "log" })}\n`;

function explaining(...args: string[]): ChildProcess {
  return spawn(process.execPath, berthArguments("explain", ...args), { cwd: ROOT });
}

function printedBy(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve) => {
    let out = "";
    child.stdout?.on("data", (data: Buffer) => {
      out += data.toString();
      if (out.includes(text)) {
        resolve();
      }
    });
  });
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
}

describe("explain at the end of a pipe", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("goes on reading after %s, up to the end", async (signal) => {
    const child = explaining();
    const end = ended(child);
    child.stdin?.write(line("first"));
    await printedBy(child, "first");
    child.kill(signal);
    const last = printedBy(child, "last");
    child.stdin?.end(line("last"));
    await last;
    expect(await end).toBe(0);
  });

  test("reads to the end where nobody reads what it prints", async () => {
    const child = explaining();
    const end = ended(child);
    child.stdin?.write(line("first"));
    await printedBy(child, "first");
    child.stdout?.destroy();
    const written = await new Promise((resolve) => child.stdin?.write(line("x".repeat(1000)).repeat(2000), resolve));
    child.stdin?.end(line("last"));
    expect([await end, written ?? "written"]).toEqual([0, "written"]);
  });

  test("prints a line that it cannot explain, and goes on", async () => {
    const child = explaining();
    const end = ended(child);
    const odd = { "@message": "odd", type: "diagnostic", diagnostic: { severity: "error", summary: {}, address: 7 } };
    const last = printedBy(child, '{"@message":"odd"');
    child.stdin?.end(`${JSON.stringify(odd)}\n${line("last")}`);
    await last;
    expect(await end).toBe(1);
  });

  test("an error of any length takes no time", async () => {
    const child = explaining();
    const end = ended(child);
    const started = Date.now();
    for (const text of ["-", "a", "'", '"', "/", "1", " ", "é", ": ", "[1"].map((one) => one.repeat(1_000_000))) {
      const diagnostic = { severity: "error", summary: "Error", detail: text };
      child.stdin?.write(`${JSON.stringify({ "@message": "e", type: "diagnostic", diagnostic })}\n`);
    }
    child.stdout?.resume();
    child.stdin?.end();
    expect(await end).toBe(1);
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});
