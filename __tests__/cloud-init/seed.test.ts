import * as fc from "fast-check";
import { load } from "js-yaml";
import { RUN_BOOT_SCRIPT } from "../../lib/cloud-init/boot-command";
import { isoImage } from "../../lib/cloud-init/iso9660";
import { renderNetworkConfig } from "../../lib/cloud-init/network-config";
import { seedImage } from "../../lib/cloud-init/seed";
import { renderUserData } from "../../lib/cloud-init/user-data";

const SECTOR = 2048;

/** Reads the files of an image's root directory, independently of how they were written. */
function readIso(image: Buffer): { label: string; files: Record<string, string> } {
  const descriptor = image.subarray(16 * SECTOR, 17 * SECTOR);
  expect(descriptor.toString("latin1", 1, 6)).toBe("CD001");
  expect(descriptor.readUInt32LE(80)).toBe(image.length / SECTOR);
  const root = descriptor.readUInt32LE(158) * SECTOR;
  const files: Record<string, string> = {};
  for (let at = root; image[at] !== 0; at += image[at] ?? 0) {
    const name = image.toString("latin1", at + 33, at + 33 + (image[at + 32] ?? 0));
    const start = image.readUInt32LE(at + 2) * SECTOR;
    expect(image.readUInt32BE(at + 6) * SECTOR).toBe(start);
    if (name.length > 1) {
      files[name] = image.toString("utf8", start, start + image.readUInt32LE(at + 10));
    }
  }
  return { label: descriptor.toString("latin1", 40, 72).trim(), files };
}

describe("the seed image", () => {
  test("holds the texts under the names and the label that cloud-init looks for", () => {
    const image = seedImage({
      instanceId: "web",
      hostname: "web",
      userData: "#cloud-config\n{}\n",
      networkConfig: "version: 2\n",
      boot: "true\n",
    });
    expect(readIso(image)).toEqual({
      label: "cidata",
      files: {
        "BOOT.;1": "true\n",
        "META-DATA.;1": "instance-id: web\nlocal-hostname: web\n",
        "NETWORK-CONFIG.;1": "version: 2\n",
        "USER-DATA.;1": "#cloud-config\n{}\n",
      },
    });
  });

  test("writes names that look like numbers as texts", () => {
    const seed = { userData: "x", networkConfig: "y", boot: undefined };
    const image = seedImage({ ...seed, instanceId: "0123", hostname: "1e5" });
    expect(load(String(readIso(image).files["META-DATA.;1"]))).toEqual({
      "instance-id": "0123",
      "local-hostname": "1e5",
    });
    expect(readIso(image).files["META-DATA.;1"]).toBe("instance-id: '0123'\nlocal-hostname: '1e5'\n");
  });

  test("is the same bytes for the same texts, whatever the day", () => {
    const seed = { instanceId: "a", hostname: "a", userData: "x", networkConfig: "y", boot: undefined };
    expect(seedImage(seed).equals(seedImage(seed))).toBe(true);
    expect(seedImage(seed).equals(seedImage({ ...seed, userData: "z" }))).toBe(false);
  });

  test("keeps files of any length and content", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 5000, unit: "grapheme" }), { minLength: 1, maxLength: 5 }),
        (contents) => {
          const image = isoImage(
            "x",
            contents.map((text, index) => ({ name: `file-${index}`, bytes: Buffer.from(text) })),
          );
          expect(Object.values(readIso(image).files)).toEqual(contents.map((text) => Buffer.from(text).toString()));
        },
      ),
    );
  });

  test("refuses more files than its directory has room for", () => {
    const files = Array.from({ length: 60 }, (_, index) => ({ name: `file-${index}`, bytes: Buffer.alloc(0) }));
    expect(() => isoImage("x", files)).toThrow(new Error("an image of 60 files needs more than one directory sector"));
  });
});

const EMPTY = {
  hostname: "web",
  users: [],
  packages: [],
  firstBootScript: undefined,
  makesHostKeys: true,
};

describe("user-data", () => {
  test("says everything that was asked for, and closes password logins", () => {
    const text = renderUserData({
      hostname: "web",
      users: ["ops", "app"],
      packages: ["nginx"],
      firstBootScript: "echo ${HOME}",
      makesHostKeys: false,
    });
    expect(text.split("\n")[0]).toBe("#cloud-config");
    expect(load(text)).toEqual({
      hostname: "web",
      ssh_pwauth: false,
      ssh_genkeytypes: [],
      updates: { network: { when: ["boot-new-instance", "boot"] } },
      bootcmd: [RUN_BOOT_SCRIPT],
      users: [{ name: "ops" }, { name: "app" }],
      package_update: true,
      packages: ["nginx"],
      write_files: [
        { path: "/var/lib/berth/first-boot.sh", content: "#!/bin/sh\nset -e\necho ${HOME}\n", permissions: "0700" },
      ],
      runcmd: [["/bin/sh", "/var/lib/berth/first-boot.sh"]],
    });
  });

  test("says no more than was asked for", () => {
    expect(load(renderUserData(EMPTY))).toEqual({
      hostname: "web",
      ssh_pwauth: false,
      updates: { network: { when: ["boot-new-instance", "boot"] } },
      bootcmd: [RUN_BOOT_SCRIPT],
      users: [],
    });
  });

  test("brings every text through YAML unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (script) => {
        const read = load(renderUserData({ ...EMPTY, firstBootScript: script })) as {
          write_files: { content: string }[];
        };
        expect(read.write_files[0]?.content).toBe(`#!/bin/sh\nset -e\n${script.trim()}\n`);
      }),
    );
  });
});

test("the network configuration finds interfaces by hardware address", () => {
  const text = renderNetworkConfig([
    { mac: "52:54:00:00:00:01", address: undefined, gateway: undefined, nameservers: [] },
    { mac: "52:54:00:00:00:02", address: "192.168.1.20/24", gateway: "192.168.1.1", nameservers: ["9.9.9.9"] },
  ]);
  expect(load(text)).toEqual({
    version: 2,
    ethernets: {
      nic0: { match: { macaddress: "52:54:00:00:00:01" }, dhcp4: true },
      nic1: {
        match: { macaddress: "52:54:00:00:00:02" },
        addresses: ["192.168.1.20/24"],
        routes: [{ to: "0.0.0.0/0", via: "192.168.1.1" }],
        nameservers: { addresses: ["9.9.9.9"] },
      },
    },
  });
});
