import { nameOfEngine } from "./docker-name";
import { isReference, member } from "./document";
import { inBlocks, misspelt, on, oneOf, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { taken } from "./taken";

/** What the engine's own driver takes. */
const OPTIONS: readonly string[] = ["type", "device", "o", "size"];

const rule = rulesOf("docker/volume", "docker_volume");
const local = (driver: unknown) => driver === undefined || driver === "local";

/** What Docker and its provider refuse or take over silently in volumes. */
export const dockerVolumeRules: readonly Rule[] = [
  rule(
    "name",
    "volume name is too short, names should be at least two alphanumeric characters; includes invalid characters for a local volume name",
    on("name", nameOfEngine),
  ),
  rule(
    "name-taken",
    "no error: both are one volume, and one of them is planned for replacement, with its data",
    taken("name", ({ body }) => body.name, "be a name of its own on the engine"),
    { claimed: true },
  ),
  rule(
    "driver",
    'error looking up volume plugin locall: plugin "locall" not found',
    on("driver", misspelt(["local"], "be a driver that there is")),
  ),
  rule("driver-option", 'invalid option: "foo"', ({ body }) =>
    Object.keys(member(body, "driver_opts") ?? {})
      .filter((name) => local(body.driver) && !OPTIONS.includes(name))
      .map((name) => ({
        attribute: "driver_opts",
        bound: `name options of the driver local: ${OPTIONS.join(", ")}`,
        value: quoted(name),
      })),
  ),
  rule("driver-device", 'missing required option: "device"', ({ body }) => {
    const options = member(body, "driver_opts") ?? {};
    return local(body.driver) &&
      options.type !== undefined &&
      options.device === undefined &&
      !isReference(options.type)
      ? [
          {
            attribute: "driver_opts",
            bound: "name a device beside the type",
            value: `type ${quoted(options.type)} alone`,
            fix: 'for tmpfs, too: device = "tmpfs"',
          },
        ]
      : [];
  }),
  rule("driver-type", 'missing required option: "type"', ({ body }) => {
    const options = member(body, "driver_opts") ?? {};
    return local(body.driver) &&
      options.type === undefined &&
      (options.device ?? options.o) !== undefined &&
      options.size === undefined
      ? [
          {
            attribute: "driver_opts",
            bound: "name a type beside the device",
            value: `${Object.keys(options).sort().join(", ")} without it`,
            fix: 'for a folder of the host: type = "none"',
          },
        ]
      : [];
  }),

  rule(
    "cluster-scope",
    "expected scope to be one of [single multi]",
    inBlocks("cluster", "scope", oneOf(["single", "multi"])),
  ),
];
