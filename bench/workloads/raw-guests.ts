import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { generated } from "../generated-libvirt";
import { GUEST, type Workload } from "./workload";

type Resource = new (scope: Construct, id: string, config: object) => { readonly path: string; readonly fqn: string };

const GIBIBYTE = 2 ** 30;

/** The same libvirt resources by bindings of the ecosystem's generator, in cdktf's own stack; no seed is made. */
export const workload: Workload = (count, folder) => {
  const [LibvirtProvider, Network, Pool, Volume, Domain] = [
    generated("provider", "LibvirtProvider"),
    generated("network", "Network"),
    generated("pool", "Pool"),
    generated("volume", "Volume"),
    generated("domain", "Domain"),
  ] as [Resource, Resource, Resource, Resource, Resource];
  return () => {
    const app = new App({ outdir: path.join(folder, "cdktf.out") });
    const stack = new TerraformStack(app, "bench");
    new LibvirtProvider(stack, "libvirt", { uri: "qemu:///system" });
    new Network(stack, "lan", {
      name: "lan",
      autostart: true,
      forward: { mode: "nat" },
      bridge: { name: "br-bench", stp: "on", delay: "0" },
      ips: [{ family: "ipv4", address: "10.77.0.1", prefix: 24 }],
    });
    new Pool(stack, "pool", { name: "pool", type: "dir", target: { path: GUEST.folder } });
    for (let index = 0; index < count; index++) {
      const name = GUEST.name(index);
      const format = { format: { type: "qcow2" } };
      const base = new Volume(stack, `${name}-base`, {
        name: `${name}-base.qcow2`,
        pool: "pool",
        create: { content: { url: "images/debian-12.qcow2" } },
        target: format,
      });
      const root = new Volume(stack, `${name}-root`, {
        name: `${name}-root.qcow2`,
        pool: "pool",
        capacity: 20 * GIBIBYTE,
        target: format,
        backingStore: { path: base.path, ...format },
      });
      const seed = new Volume(stack, `${name}-seed`, {
        name: `${name}-seed.iso`,
        pool: "pool",
        create: { content: { url: `files/${name}/seed.iso` } },
      });
      const disk = (dev: string, file: string, type: string) => ({
        device: "disk",
        driver: { name: "qemu", type },
        source: { file: { file } },
        target: { dev, bus: "virtio" },
      });
      new Domain(stack, name, {
        name,
        type: "kvm",
        memory: 2048,
        memoryUnit: "MiB",
        vcpu: 2,
        autostart: true,
        running: true,
        os: { type: "hvm", typeArch: "x86_64", typeMachine: "q35" },
        features: { acpi: true, apic: {} },
        cpu: { mode: "host-passthrough" },
        clock: { offset: "utc" },
        onCrash: "restart",
        onPoweroff: "destroy",
        onReboot: "restart",
        destroy: { shutdown: { timeout: 120 } },
        devices: {
          disks: [disk("vda", root.path, "qcow2"), { ...disk("vdb", seed.path, "raw"), readOnly: true }],
          interfaces: [
            {
              mac: { address: `52:54:00:00:00:${(index % 256).toString(16).padStart(2, "0")}` },
              model: { type: "virtio" },
              source: { network: { network: "lan" } },
            },
          ],
          serials: [{ target: { type: "isa-serial", port: 0 } }],
        },
      });
    }
    app.synth();
  };
};
