import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { sleep } from "./shell";

const MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const CONFIG = "application/vnd.docker.container.image.v1+json";
const LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

const digest = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** One image as a registry hands it out: every blob by its digest, and the manifest that names them. */
function imageOf(tar: Buffer): { readonly manifest: Buffer; readonly blobs: ReadonlyMap<string, Buffer> } {
  const layer = gzipSync(tar);
  const rootfs = { type: "layers", diff_ids: [digest(tar)] };
  const config = Buffer.from(
    JSON.stringify({
      architecture: "amd64",
      os: "linux",
      config: { Cmd: ["/bin/web"], ExposedPorts: { "80/tcp": {} } },
      rootfs,
    }),
  );
  const entry = (mediaType: string, bytes: Buffer) => ({ mediaType, size: bytes.length, digest: digest(bytes) });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: entry(CONFIG, config),
      layers: [entry(LAYER, layer)],
    }),
  );
  return { manifest, blobs: new Map([config, layer, manifest].map((bytes) => [digest(bytes), bytes])) };
}

/**
 * What a guest finds at its host's address: packages of its distribution, and a registry mirror that has one image under
 * every name.
 */
export class GuestSupplies {
  private readonly server: http.Server;
  private closed = false;

  constructor(
    private readonly fixtures: string,
    private readonly address: string,
    private readonly port: number,
  ) {
    const image = imageOf(fs.readFileSync(path.join(fixtures, "web-root.tar")));
    this.server = http.createServer((request, response) => {
      // A proxy is asked with the whole address.
      const url = (request.url ?? "").replace(/^http:\/\/[^/]*/, "");
      const blob = image.blobs.get(/sha256:[0-9a-f]{64}/.exec(url)?.[0] ?? "");
      if (url.startsWith("/packages/")) {
        this.sendPackage(url, response);
      } else if (blob) {
        send(request, response, url.includes("/manifests/") ? MANIFEST : "application/octet-stream", blob);
      } else if (/\/manifests\//.test(url)) {
        send(request, response, MANIFEST, image.manifest);
      } else {
        response.writeHead(url === "/v2/" ? 200 : 404, { "docker-distribution-api-version": "registry/2.0" }).end();
      }
    });
    void this.listen();
  }

  public close(): void {
    this.closed = true;
    this.server.close();
  }

  /** The address comes and goes with the guests' network. */
  private async listen(): Promise<void> {
    this.server.on("error", () => undefined);
    while (!this.closed && !this.server.listening) {
      this.server.listen(this.port, this.address);
      await sleep(500);
    }
  }

  private sendPackage(url: string, response: http.ServerResponse): void {
    const file = path.join(this.fixtures, "packages", path.basename(decodeURIComponent(url)));
    if (fs.existsSync(file) && fs.statSync(file).isFile()) {
      response.writeHead(200, { "content-length": fs.statSync(file).size });
      fs.createReadStream(file).pipe(response);
    } else {
      response.writeHead(404).end();
    }
  }
}

function send(request: http.IncomingMessage, response: http.ServerResponse, type: string, bytes: Buffer): void {
  response.writeHead(200, {
    "content-type": type,
    "content-length": bytes.length,
    "docker-content-digest": digest(bytes),
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}
