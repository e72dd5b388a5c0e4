import * as path from "node:path";

export const ROOT = path.join(__dirname, "..", "..");

/** What Node is to run for the command from its source, compiled on the way. */
const SOURCE = `
  const { addHook } = require("pirates");
  const { transformSync } = require("@swc/core");
  addHook((code, filename) => transformSync(code, { filename, jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }).code, { exts: [".ts"] });
  require("${ROOT}/lib/cli/berth.ts");
`;

/** Arguments of Node's for a call of `berth`. */
export function berthArguments(...args: readonly string[]): readonly string[] {
  return ["-e", SOURCE, ...args];
}
