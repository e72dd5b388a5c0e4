import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { renderEngineScript } from "../../lib/patterns/engine-setup";
import { READINESS_SCRIPT } from "../../lib/patterns/readiness-script";
import { READY_COMMAND, READY_SCRIPT } from "../../lib/patterns/ready-command";

/** Stand-ins for ssh and for what a guest has: the real script runs against a guest that is not there. */
const ANSWERS = {
  login: "exit 0",
  cloudInit: "exit 0",
  engine: "echo 20.10; exit 0",
  container: "exit 0",
};

function ready(answers: Partial<typeof ANSWERS> = {}, seconds = 3, console?: string) {
  const { login, cloudInit, engine, container } = { ...ANSWERS, ...answers };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-ready-"));
  const programs = {
    // As sshd does where a key may run one command.
    ssh: `(${login}) || exit $?; for asked; do :; done; [ "$asked" = ${READY_COMMAND} ] && exec ${folder}/ready`,
    "cloud-init": `case "$2" in --wait) ${cloudInit} ;; --long) echo "status: error" ;; esac`,
    docker: `case "$1" in info) ${engine} ;; run) ${container} ;; esac`,
    tail: `case "$*" in *cloud-init-output*) echo "the log of the first boot" ;; *) exec /usr/bin/tail "$@" ;; esac`,
  };
  fs.writeFileSync(path.join(folder, "ready"), READY_SCRIPT, { mode: 0o755 });
  for (const [name, text] of Object.entries(programs)) {
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  const log_ = path.join(folder, "console");
  if (console !== undefined) {
    fs.writeFileSync(log_, console);
  }
  const start = Date.now();
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", READINESS_SCRIPT], {
    encoding: "utf8",
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      TMPDIR: folder,
      BERTH_ADDRESS: "10.0.0.5",
      BERTH_USER: "berth",
      BERTH_LOGIN_KEY: "a key",
      BERTH_HOST_KEY: "ssh-ed25519 AAAA",
      BERTH_SECONDS: String(seconds),
      BERTH_REFUSED_SECONDS: "1",
      BERTH_CONSOLE: log_,
    },
  });
  const last = stderr.trim().split("\n").at(-1) ?? "";
  return {
    status,
    stdout,
    last: last.replace(/\[\d+ s\]/, "[n s]"),
    seconds: (Date.now() - start) / 1000,
    left: fs.readdirSync(folder).filter((name) => name.startsWith("tmp.")),
  };
}

describe("the readiness script", () => {
  test("goes through every step and leaves nothing behind", () => {
    const { status, stdout, left } = ready();
    expect(status).toBe(0);
    expect(stdout.replace(/\[\d+ s\]/g, "[n s]")).toBe(
      [
        "waiting for ssh",
        "waiting for cloud-init",
        "waiting for the engine",
        "starting a container on engine 20.10",
        "a container started; ready",
      ]
        .map((step) => `berth 10.0.0.5 [n s]: ${step}\n`)
        .join(""),
    );
    expect(left).toEqual([]);
  });

  test.each<[string, Partial<typeof ANSWERS>, string, number]>([
    [
      "another host key",
      { login: "echo 'Host key verification failed.' >&2; exit 255" },
      "FAILED: another host key than the pinned one answers at this address",
      2,
    ],
    [
      "a refused key",
      { login: "echo 'berth@10.0.0.5: Permission denied (publickey).' >&2; exit 255" },
      "FAILED: the guest refuses the key of berth (first boot failed, or another key disk)",
      4,
    ],
    [
      "no ssh",
      { login: "echo 'connect to host 10.0.0.5 port 22: No route to host' >&2; exit 255" },
      "FAILED: no ssh within 3 s: connect to host 10.0.0.5 port 22: No route to host",
      7,
    ],
    [
      "a first boot that failed",
      { cloudInit: "exit 1" },
      "FAILED: the first boot ended with an error, see above (correct it, and set another rebuildOn)",
      2,
    ],
    ["a first boot that does not end", { cloudInit: "exec sleep 60" }, "FAILED: cloud-init did not end within 3 s", 7],
    [
      "no docker",
      { engine: "echo 'sh: docker: command not found' >&2; exit 127" },
      "FAILED: the guest has no docker command (enginePackages, or another image)",
      2,
    ],
    [
      "an engine that is not for this user",
      { engine: "echo 'Got permission denied while trying to connect' >&2; exit 1" },
      "FAILED: berth may not use the engine",
      2,
    ],
    [
      "an engine that does not answer",
      { engine: "echo 'Cannot connect to the Docker daemon' >&2; exit 1" },
      "FAILED: no engine within 3 s: Cannot connect to the Docker daemon",
      7,
    ],
    [
      "a container that does not start",
      { container: `echo 'apparmor_parser: not there' >&2; echo "See 'docker run --help'." >&2; exit 125` },
      "FAILED: no container starts: apparmor_parser: not there",
      7,
    ],
    ["a container that hangs", { container: "exec sleep 60" }, "FAILED: no container started within 3 s", 7],
  ])("%s: ends within its bound, and the last line says so", (_, answers, message, most) => {
    const { status, last, seconds, left } = ready(answers);
    expect(status).toBe(1);
    expect(last).toBe(`berth 10.0.0.5 [n s]: ${message}`);
    expect(seconds).toBeLessThan(most);
    expect(left).toEqual([]);
  });

  test("goes on where the connection was lost, and says each step once", () => {
    const lost = `[ -e "$TMPDIR/lost" ] || { touch "$TMPDIR/lost"; echo "Connection reset by peer" >&2; kill -9 $PPID; exit 1; }; exit 0`;
    const { status, stdout } = ready({ cloudInit: lost });
    expect(status).toBe(0);
    expect(stdout.match(/waiting for cloud-init/g)).toEqual(["waiting for cloud-init"]);
  });

  test("shows the guest's own words", () => {
    const failed = ready({ cloudInit: "exit 1" });
    expect(failed.stdout).toContain("status: error\nthe log of the first boot\n");
    const console = "noise\nberth: FAILED: no disk engine\nmore\r\n";
    const silent = ready({ login: "echo 'no route' >&2; exit 255" }, 1, console);
    expect(silent.stdout).toContain(
      "--- the guest's console, last lines\nnoise\nberth: FAILED: no disk engine\nmore\nberth: FAILED: no disk engine\n---\n",
    );
  });
});

test.each([
  ["readiness", READINESS_SCRIPT],
  ["engine", renderEngineScript({ logDriver: "it's" }, { ownDisk: true, tls: true })],
])("the %s script is one that every shell reads", (_, script) => {
  expect(spawnSync("sh", ["-n"], { input: script, encoding: "utf8" }).stderr).toBe("");
  const { error, stdout } = spawnSync("shellcheck", ["-s", "sh", "-"], { input: script, encoding: "utf8" });
  // Not every machine has shellcheck; where it is, it must have nothing to say.
  expect(error ? "" : stdout).toBe("");
});
