import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { Checks } from "../../lib/operate/doctor/check";
import { checkSpace } from "../../lib/operate/doctor/space";
import type { Endpoint } from "../../lib/operate/machines/endpoint";
import { shellOn } from "../../lib/operate/machines/machine-shell";
import { sshWayTo } from "../../lib/operate/machines/ssh-way";

const endpoint = (address: string): Endpoint => ({ provider: "libvirt", name: "libvirt", address, keys: undefined });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-shell-"));
const before = process.env.PATH;

/** An ssh that does with its last words what the other end's does: hands one line to the shell of the user. */
beforeAll(() => {
  const ssh = path.join(folder, "ssh");
  fs.writeFileSync(
    ssh,
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/words\nfor last; do :; done\nexec sh -c "$last"\n`,
    {
      mode: 0o755,
    },
  );
  process.env.PATH = `${folder}:${before}`;
});
afterAll(() => {
  process.env.PATH = before;
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("a shell on the machine of a daemon", () => {
  test.each(["qemu:///system", "ssh://ops@rack1"])("%s: values are data, whatever they hold", (address) => {
    const shell = shellOn(endpoint(address));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "`", "(", ")", "\n", ";", "-", " ", "a", "é") }),
        (value) => {
          expect(shell?.(`printf '%s' "$at"`, { at: value })).toEqual({ code: 0, out: value, err: "" });
        },
      ),
      { numRuns: 30 },
    );
  });

  test.each(["qemu:///system", "ssh://ops@rack1"])("%s: a folder's name is not run", (address) => {
    const mark = path.join(folder, "mark");
    checkSpace(shellOn(endpoint(address)), `/tmp'; touch ${mark}; echo '`, 0, new Checks("here"));
    checkSpace(shellOn(endpoint(address)), `/tmp/$(touch ${mark})`, 0, new Checks("here"));
    expect(fs.existsSync(mark)).toBe(false);
  });

  test("nothing is asked, only known hosts are trusted, and no host is an option", () => {
    shellOn(endpoint("qemu+sshcmd://ops@[fd00::1]:2222/system?keyfile=/k%20y&knownhosts=/a b"))?.("true");
    const words = fs.readFileSync(path.join(folder, "words"), "utf8").split("\n");
    expect(words.slice(0, 17)).toEqual(
      [
        ["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=15"],
        ["-o", "ForwardAgent=no", "-o", "ForwardX11=no", "-p", "2222", "-i", "/k y"],
        ["-o", 'UserKnownHostsFile="/a b"', "--"],
      ].flat(),
    );
    expect(words[17]).toBe("ops@fd00::1");
  });

  test("a way by TLS is for the daemon alone", () => {
    expect([shellOn(endpoint("qemu+tls://r/system")), sshWayTo(endpoint("tcp://r:2376"))]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
