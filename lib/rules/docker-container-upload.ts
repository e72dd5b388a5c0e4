import { notBase64 } from "./base64";
import { blocks, isReference } from "./document";
import { inBlocks, quoted, repeated, rulesOf } from "./look";
import type { Rule } from "./rule";

const SOURCES = ["content", "content_base64", "source"] as const;

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse in the files that are put into a container. */
export const dockerContainerUploadRules: readonly Rule[] = [
  rule(
    "upload-content",
    "error with upload content: one of 'content', 'content_base64', or 'source' must be set",
    ({ body }) =>
      blocks(body.upload).flatMap((upload, index) =>
        SOURCES.some((source) => upload[source] !== undefined && upload[source] !== "")
          ? []
          : [
              {
                attribute: `upload.${index}`,
                bound: "have a content that is not empty",
                value: "none",
                fix: "an empty file cannot be uploaded",
              },
            ],
      ),
  ),
  rule(
    "upload-one",
    "error with upload content: only one of 'content', 'content_base64', or 'source' can be set",
    ({ body }) =>
      blocks(body.upload).flatMap((upload, index) => {
        const given = SOURCES.filter((source) => upload[source] !== undefined && upload[source] !== "");
        return given.length <= 1
          ? []
          : [{ attribute: `upload.${index}`, bound: "have one content", value: given.join(" and ") }];
      }),
  ),
  rule("upload-base64", "'a b' is not base64 decodeable", inBlocks("upload", "content_base64", notBase64)),
  rule(
    "upload-permissions",
    "'rw' doesn't match the pattern '^0[0-7]{3}$'",
    inBlocks("upload", "permissions", (mode) =>
      /^0[0-7]{3}$/.test(String(mode)) ? undefined : { bound: 'be octal digits such as "0644"', value: quoted(mode) },
    ),
  ),
  rule("upload-read-only", "container rootfs is marked read-only", ({ body }) =>
    body.read_only === true && !isReference(body.read_only) && blocks(body.upload).length > 0
      ? [
          {
            attribute: "upload",
            bound: "be left out where read_only is true",
            value: "both",
            fix: "mount the file from the host",
          },
        ]
      : [],
  ),

  rule("upload-twice", "no error: one of the two files is lost", ({ body }) =>
    repeated(blocks(body.upload), ({ file }) => file).map(({ file }) => ({
      attribute: "upload.file",
      bound: "be a file of its own",
      value: `${quoted(file)} twice`,
    })),
  ),
  rule(
    "upload-file",
    "archive/tar: write too long",
    inBlocks("upload", "file", (file) =>
      String(file).startsWith("/") && !String(file).endsWith("/")
        ? undefined
        : { bound: "be the absolute path of a file", value: quoted(file) },
    ),
  ),
  rule(
    "upload-executable",
    "no error: permissions win",
    ({ body }) =>
      blocks(body.upload).flatMap(({ executable, permissions }, index) =>
        executable === true && permissions !== undefined
          ? [
              {
                attribute: `upload.${index}.executable`,
                bound: "be left out where permissions are set",
                value: "both",
              },
            ]
          : [],
      ),
    { proof: "read" },
  ),
  rule(
    "upload-source-hash",
    "no error: the hash of nothing is kept",
    ({ body }) =>
      blocks(body.upload).flatMap(({ source, source_hash: hash }, index) =>
        hash !== undefined && hash !== "" && source === undefined
          ? [{ attribute: `upload.${index}.source_hash`, bound: "stand with source", value: "alone" }]
          : [],
      ),
    { proof: "read" },
  ),
];
