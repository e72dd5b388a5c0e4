import { type Case, container } from "./case";
import { upload } from "./container-parts";

export const dockerContainerUploadCases: Readonly<Record<string, Case>> = {
  "docker/container/upload-content": container(
    upload({ content: "" }),
    "'upload.0' must have a content that is not empty, got none (an empty file cannot be uploaded)",
    upload({ content: "a" }),
  ),
  "docker/container/upload-one": container(
    upload({ content: "a", content_base64: "YQ==" }),
    "'upload.0' must have one content, got content and content_base64",
    upload({ content_base64: "YQ==" }),
  ),
  "docker/container/upload-base64": container(
    upload({ content_base64: "a b" }),
    "'upload.0.content_base64' must be base64, got other text",
    upload({ content_base64: "YQ==" }),
  ),
  "docker/container/upload-permissions": container(
    upload({ content: "a", permissions: "rw" }),
    `'upload.0.permissions' must be octal digits such as "0644", got "rw"`,
    upload({ content: "a", permissions: "0600" }),
  ),
  "docker/container/upload-read-only": container(
    { read_only: true, ...upload({ content: "a" }) },
    "'upload' must be left out where read_only is true, got both (mount the file from the host)",
    {
      read_only: true,
    },
  ),
  "docker/container/upload-twice": container(
    {
      upload: [
        { file: "/f", content: "a" },
        { file: "/f", content: "b" },
      ],
    },
    `'upload.file' must be a file of its own, got "/f" twice`,
    {
      upload: [
        { file: "/f", content: "a" },
        { file: "/g", content: "b" },
      ],
    },
    { look: ["docker", "diff", "%"] },
  ),
  "docker/container/upload-file": container(
    upload({ file: "/etc/app/", content: "a" }),
    `'upload.0.file' must be the absolute path of a file, got "/etc/app/"`,
    upload({ content: "a" }),
  ),
  "docker/container/upload-executable": container(
    upload({ content: "a", executable: true, permissions: "0644" }),
    "'upload.0.executable' must be left out where permissions are set, got both",
    upload({ content: "a", permissions: "0755" }),
    { read: true },
  ),
  "docker/container/upload-source-hash": container(
    upload({ content: "a", source_hash: "b" }),
    "'upload.0.source_hash' must stand with source, got alone",
    upload({ content: "a" }),
    { read: true },
  ),
};
