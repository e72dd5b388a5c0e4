import * as fs from "node:fs";
import * as path from "node:path";
import type { Workload } from "./workload";

/** Where the JSON of the pairs is left for this. */
export const FLOOR = "floor.json";

/** What cannot be done without: the finished object as text, and the text in a file. */
export const workload: Workload = (_count, folder) => {
  const json: unknown = JSON.parse(fs.readFileSync(path.join(folder, FLOOR), "utf8"));
  return () => fs.writeFileSync(path.join(folder, "written.json"), JSON.stringify(json, undefined, 2));
};
