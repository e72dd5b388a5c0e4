import { found, POOL, stateOf, without } from "./recover-world";

test("what is adopted has what the configuration declares and what the daemon says, and no reference", () => {
  const { steps } = found(stateOf(without("libvirt_volume.root", "libvirt_volume.base")));
  expect(steps.map(({ repair }) => repair)).toEqual([
    {
      kind: "adopt",
      dependencies: ["libvirt_pool.p", "libvirt_volume.base", "terraform_data.write"],
      schemaVersion: 0,
      type: "libvirt_volume",
      name: "root",
      alias: "k",
      attributes: {
        name: "root.qcow2",
        pool: "p",
        capacity: 1024,
        backing_store: { path: `${POOL}/base.qcow2` },
        id: `${POOL}/root.qcow2`,
        key: `${POOL}/root.qcow2`,
        path: `${POOL}/root.qcow2`,
      },
    },
    {
      kind: "adopt",
      dependencies: ["libvirt_pool.p", "terraform_data.write"],
      schemaVersion: 0,
      type: "libvirt_volume",
      name: "base",
      alias: "k",
      attributes: {
        name: "base.qcow2",
        pool: "p",
        create: { content: { url: "./base.qcow2" } },
        id: `${POOL}/base.qcow2`,
        key: `${POOL}/base.qcow2`,
        path: `${POOL}/base.qcow2`,
      },
    },
  ]);
});
