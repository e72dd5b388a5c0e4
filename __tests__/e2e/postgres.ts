import * as fs from "node:fs";
import * as path from "node:path";
import { run, until } from "./shell";

export const USER = "berth";
export const PASSWORD = "e2e-password";

/** A Postgres of this run's own, which asks for a password. */
export class Postgres {
  private readonly data: string;

  private constructor(
    private readonly bin: string,
    private readonly folder: string,
    private readonly port: number,
  ) {
    this.data = path.join(folder, "data");
  }

  /** Undefined where Postgres is not installed. */
  public static find(folder: string, port: number): Postgres | undefined {
    const bins = run("sh", [
      "-c",
      "ls -d /usr/lib/postgresql/*/bin 2>/dev/null; dirname $(command -v initdb || echo /)",
    ]).out;
    const bin = bins.split("\n").find((one) => fs.existsSync(path.join(one, "initdb")));
    return bin === undefined ? undefined : new Postgres(bin, folder, port);
  }

  public get url(): string {
    return `postgres://127.0.0.1:${this.port}/postgres?sslmode=disable`;
  }

  public async start(): Promise<void> {
    fs.rmSync(this.folder, { recursive: true, force: true });
    fs.mkdirSync(this.folder, { recursive: true });
    fs.writeFileSync(path.join(this.folder, "password"), PASSWORD);
    // It does not run as root.
    run("chown", ["-R", "postgres", this.folder]);
    this.own(`initdb -D ${this.data} -U ${USER} --auth=scram-sha-256 --pwfile=${this.folder}/password`);
    this.own(
      `pg_ctl -D ${this.data} -l ${this.folder}/log -o "-p ${this.port} -c unix_socket_directories=${this.folder} -c listen_addresses=127.0.0.1" start`,
    );
    await until("Postgres answers", 30, () => this.ask("select 1") === "1");
  }

  public ask(question: string): string {
    return this.own(
      `env PGPASSWORD=${PASSWORD} psql -h 127.0.0.1 -p ${this.port} -U ${USER} -d postgres -Atc "${question}"`,
    );
  }

  public stop(): void {
    this.own(`pg_ctl -D ${this.data} -m fast stop`);
  }

  private own(command: string): string {
    const shell = `PATH="${this.bin}:$PATH"; cd ${this.folder}; ${command}`;
    const args = process.getuid?.() === 0 ? ["postgres", "-s", "/bin/sh", "-c", shell] : undefined;
    const { code, out } = args ? run("su", args) : run("sh", ["-c", shell]);
    if (code !== 0) {
      throw new Error(`${command}: ${out}`);
    }
    return out.trim();
  }
}
