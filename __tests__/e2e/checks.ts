import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import type { Asking } from "./case";
import { run, sleep, until } from "./shell";

/** Fails with both values where they differ. */
export function equal(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }
}

export function matches(what: string, text: string, pattern: RegExp): void {
  if (!pattern.test(text)) {
    throw new Error(`${what}: expected ${pattern}, found ${JSON.stringify(text.slice(-400))}`);
  }
}

/** A private key as it is, or in base64. */
const PRIVATE_KEY = "PRIVATE KEY|UFJJVkFURSBLRV";

export function noPrivateKey(what: string, text: string): void {
  equal(`a private key in ${what}`, new RegExp(PRIVATE_KEY).test(text), false);
}

export function noPrivateKeyBelow(folder: string): void {
  // Where the daemons were there before, the run has no folder of theirs.
  if (!fs.existsSync(folder)) {
    return;
  }
  equal(`files with a private key below ${folder}`, run("grep", ["-rlE", PRIVATE_KEY, folder]).out.trim(), "");
}

/** Notes a fact, or compares it with what an earlier step noted. */
export function same(ask: Asking, name: string, value: string): void {
  const known = ask.facts.get(name);
  if (known !== undefined) {
    equal(`${name} is kept`, value, known);
  }
  ask.facts.set(name, value);
}

export function changed(ask: Asking, name: string, value: string): void {
  if (ask.facts.get(name) === value) {
    throw new Error(`${name}: expected a new one, found ${value} again`);
  }
  ask.facts.set(name, value);
}

/** Asks for a page until it answers, and returns its text. */
export async function page(url: string): Promise<string> {
  for (let tries = 0; ; tries++) {
    const text = await get(url);
    if (text !== undefined) {
      return text;
    }
    if (tries > 40) {
      throw new Error(`${url} does not answer`);
    }
    await sleep(500);
  }
}

function get(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = http.get(url, { timeout: 2000 }, (response) => {
      let text = "";
      response.on("data", (data: Buffer) => {
        text += data.toString();
      });
      response.on("end", () => resolve(text));
    });
    request.on("error", () => resolve(undefined));
    request.on("timeout", () => request.destroy());
  });
}

/** Waits for a pattern on a guest's console. */
export async function console(ask: Asking, guest: string, pattern: RegExp, seconds = 300): Promise<void> {
  await until(`${guest} prints ${pattern} on its console`, seconds, () =>
    pattern.test(ask.consoles.textOf(guest)),
  ).catch((error: Error) => {
    throw new Error(`${error.message}; it printed: ${ask.consoles.textOf(guest).slice(-600)}`);
  });
}

/** Waits until something at the address speaks SSH. */
export async function sshAnswers(address: string, seconds = 300): Promise<void> {
  await until(`${address} speaks ssh`, seconds, () => banner(address));
}

function banner(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port: 22, timeout: 2000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (data) => done(data.toString().startsWith("SSH-2.0")));
    socket.on("error", () => done(false));
    socket.on("timeout", () => done(false));
  });
}

/** A file's identity: another one for a file that was made anew under the same name. */
export function inode(file: string): string {
  const { ino, birthtimeMs } = fs.statSync(file);
  return `${ino}@${birthtimeMs}`;
}

/** A container's memory limit as the kernel reports it to the container, in bytes. */
export function memoryLimit(ask: Asking, container: string): number {
  return Number(
    ask.docker(
      "exec",
      container,
      "sh",
      "-c",
      "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null | head -n 1",
    ),
  );
}

/** A container's processor limit as the kernel reports it, in processors. */
export function cpuLimit(ask: Asking, container: string): number {
  const text = ask.docker(
    "exec",
    container,
    "sh",
    "-c",
    "cat /sys/fs/cgroup/cpu.max 2>/dev/null || cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu/cpu.cfs_period_us",
  );
  const [quota = 0, period = 1] = text.split(/\s+/).map(Number);
  return quota / period;
}
