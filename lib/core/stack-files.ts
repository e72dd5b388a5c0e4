import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { TerraformStack } from "cdktf";
import { afterSynthesis } from "./synthesis-hooks";

/** Bytes that travel with a stack's JSON. */
export interface StackFile {
  /** File name, without folders. */
  readonly name: string;
  readonly bytes: Buffer;
}

const FOLDER = "files";
const stacks = new WeakMap<TerraformStack, StackFiles>();

/**
 * The files that are written beside a stack's `cdk.tf.json`, each under the hash of its bytes. The path in the JSON is
 * relative to the stack's folder, so that the folder can be moved to the machine that applies it.
 */
export class StackFiles {
  private readonly producers: (() => StackFile)[] = [];

  private constructor(stack: TerraformStack) {
    afterSynthesis(stack, (folder) => this.write(folder));
  }

  public static of(stack: TerraformStack): StackFiles {
    let files = stacks.get(stack);
    if (!files) {
      files = new StackFiles(stack);
      stacks.set(stack, files);
    }
    return files;
  }

  /** Adds a file whose bytes are known at synth; what it returns tells the path that Terraform reads it by. */
  public add(produce: () => StackFile): () => string {
    this.producers.push(produce);
    return () => `\${path.module}/${FOLDER}/${fileKey(produce())}`;
  }

  private write(stackFolder: string): void {
    const root = path.join(stackFolder, FOLDER);
    const wanted = new Map(this.producers.map((produce) => produce()).map((file) => [fileKey(file), file.bytes]));
    for (const [key, bytes] of wanted) {
      const target = path.join(root, key);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, bytes);
    }
    const kept = new Set([...wanted.keys()].map((key) => path.dirname(key)));
    for (const entry of fs.existsSync(root) ? fs.readdirSync(root) : []) {
      if (!kept.has(entry)) {
        fs.rmSync(path.join(root, entry), { recursive: true });
      }
    }
  }
}

function fileKey({ name, bytes }: StackFile): string {
  return `${digestOfBytes(bytes).slice(0, 32)}/${name}`;
}

const digests = new WeakMap<Buffer, string>();

/** The SHA-256 of bytes that nobody changes any more: a file is asked for its name again and again. */
export function digestOfBytes(bytes: Buffer): string {
  let digest = digests.get(bytes);
  if (digest === undefined) {
    digest = createHash("sha256").update(bytes).digest("hex");
    digests.set(bytes, digest);
  }
  return digest;
}
