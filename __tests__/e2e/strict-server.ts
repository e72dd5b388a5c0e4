import * as http from "node:http";

export const PORT = 18_796;
const ADDRESS = `http://127.0.0.1:${PORT}/state`;

/** A server of states as strict as they come: while a lock is held, only who names it may write. */
export class StrictServer {
  private state: string | undefined;
  private lock: string | undefined;
  private readonly server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (data: Buffer) => {
      body += data.toString();
    });
    request.on("end", () => {
      const [status, text = ""] = this.answer(
        request.method ?? "",
        new URL(request.url ?? "", ADDRESS).searchParams.get("ID") ?? "",
        body,
      );
      response.writeHead(status).end(text);
    });
  });

  public start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(PORT, "127.0.0.1", resolve));
  }

  public stop(): void {
    this.server.close();
  }

  public get isLocked(): boolean {
    return this.lock !== undefined;
  }

  /** The state as it was last written; undefined where none was. */
  public get stored(): string | undefined {
    return this.state;
  }

  /** As if nobody had ever asked. */
  public reset(): void {
    this.state = undefined;
    this.lock = undefined;
  }

  private answer(method: string, id: string, body: string): readonly [number, string?] {
    if (method === "LOCK") {
      if (this.lock !== undefined) {
        return [423, this.lock];
      }
      this.lock = body;
      return [200];
    }
    if (method === "UNLOCK") {
      this.lock = undefined;
      return [200];
    }
    if (method === "GET") {
      return this.state === undefined ? [404] : [200, this.state];
    }
    const held = this.lock === undefined ? "" : (JSON.parse(this.lock) as { ID: string }).ID;
    if (held !== id) {
      return [409, "another one has the lock"];
    }
    this.state = body;
    return [200];
  }
}

/** The block of a backend that keeps its state on the server. */
export const HTTP_BACKEND = {
  http: {
    address: ADDRESS,
    lock_address: ADDRESS,
    unlock_address: ADDRESS,
    lock_method: "LOCK",
    unlock_method: "UNLOCK",
  },
};
