import { X509Certificate } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Keys } from "../machines/endpoint";
import type { State } from "../machines/state";
import type { Checks } from "./check";

/** Days before its end that a certificate is warned about. */
const NOTICE = 30;
const DAY = 24 * 60 * 60 * 1000;

/** How long the certificates are good that lead to an engine. */
export function checkKeys(keys: Keys, checks: Checks, now: Date): void {
  const files: readonly (readonly [string, string | undefined])[] =
    "ca" in keys
      ? [
          ["the authority's certificate", keys.ca],
          ["the client's certificate", keys.certificate],
        ]
      : ["ca.pem", "cert.pem"].map(
          (name) => [path.join(keys.folder, name), read(path.join(keys.folder, name))] as const,
        );
  for (const [name, text] of files) {
    if (text === undefined) {
      checks.error(`${name} is not there`, "put the client's ca.pem, cert.pem and key.pem where tls.certPath says");
    } else {
      checkPem(name, text, checks, now);
    }
  }
}

function checkPem(name: string, text: string, checks: Checks, now: Date): void {
  try {
    checkEnd(name, new Date(new X509Certificate(text).validTo), checks, now);
  } catch (error) {
    checks.error(`${name} is no certificate: ${(error as Error).message}`, "put a certificate in PEM form there");
  }
}

/** How long the certificates are good that the stack itself made. */
export function checkMadeCertificates(state: State | undefined, checks: Checks, now: Date): void {
  for (const { type, name, instances } of state?.resources ?? []) {
    const end = instances[0]?.attributes?.validity_end_time;
    if (typeof end === "string") {
      checkEnd(`${type}.${name}`, new Date(end), checks, now);
    }
  }
}

function checkEnd(name: string, end: Date, checks: Checks, now: Date): void {
  const day = end.toISOString().slice(0, 10);
  const days = Math.floor((end.getTime() - now.getTime()) / DAY);
  const rotate = "make a new one before: see the section on keys in lib/patterns/README.md";
  if (days < 0) {
    checks.error(`${name} has ended on ${day}`, rotate);
  } else if (days < NOTICE) {
    checks.warning(`${name} ends on ${day}, in ${days} days`, rotate);
  } else {
    checks.ok(`${name} is good until ${day}`);
  }
}

function read(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}
