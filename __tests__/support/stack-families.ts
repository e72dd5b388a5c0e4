import * as fs from "node:fs";
import { TerraformOutput } from "cdktf";
import { DockerService, HostStack, LOCK_FILE_CONTEXT, Released, Renamed, StateBackend } from "../../lib/index";
import { testApp } from "./app";
import { docker, type Family } from "./prop-world";

/** Props of stacks, of where their state is, and of what has another name in them. */
export const stackFamilies: readonly Family[] = [
  {
    file: "stack/host-stack.ts",
    of: "HostStackProps",
    base: {},
    build: (stack, props) => {
      const other = new HostStack(stack.node.scope ?? stack, "other", props);
      new TerraformOutput(stack, "said", { value: JSON.stringify(other.toTerraform()) });
    },
    other: { state: StateBackend.http({ address: "https://state.example.org" }), tool: "terraform 1.7" },
  },
  {
    file: "stack/state-backend.ts",
    of: "HttpStateProps",
    base: { address: "https://state.example.org" },
    build: (stack, props) => void StateBackend.http(props as never).attach(stack),
    other: { address: "https://other.example.org", lock: "path" },
  },
  {
    file: "stack/state-backend.ts",
    of: "S3StateProps",
    base: { bucket: "states" },
    build: (stack, props) => void StateBackend.s3(props as never).attach(stack),
    other: {
      bucket: "other",
      region: "eu-central-1",
      endpoint: "https://s3.example.org",
      key: "a/b",
      lock: "none",
      encrypt: false,
    },
  },
  {
    file: "stack/state-backend.ts",
    of: "PostgresStateProps",
    base: { connection: "postgres://127.0.0.1/berth" },
    build: (stack, props) => void StateBackend.postgres(props as never).attach(stack),
    other: { connection: "postgres://127.0.0.1/other", schema: "ours" },
  },
  {
    file: "stack/released.ts",
    of: "ReleasedProps",
    base: { from: "data" },
    build: (stack, props) => {
      // What was kept is known from a lock file.
      const app = testApp();
      const kept = (id: string) => ({ address: `docker_volume.${id}`, host: "docker.docker", kept: true, name: id });
      const resources = { "data/Resource": kept("data"), "logs/Resource": kept("logs") };
      const text = JSON.stringify({ version: 2, networks: {}, stacks: { other: { hosts: {}, resources } } });
      fs.writeFileSync(String(app.node.getContext(LOCK_FILE_CONTEXT)), text);
      const other = new HostStack(app, "other");
      new Released(other, "released", props as never);
      new TerraformOutput(stack, "said", { value: JSON.stringify(other.toTerraform()).replaceAll("${", "$${") });
    },
    other: { from: "logs", forgotten: true },
  },
  {
    file: "core/renamed.ts",
    of: "RenamedProps",
    base: { from: "old", to: "web" },
    build: (stack, props) => {
      new Renamed(stack, "renamed", props as never);
      const host = docker(stack);
      for (const id of ["web", "other"]) {
        new DockerService(stack, id, { host, image: "nginx:1.27.5" });
      }
    },
    other: { from: "older", to: "other" },
  },
];
