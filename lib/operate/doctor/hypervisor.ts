import { bytesOf } from "../../rules/byte-units";
import type { Document, Rendered } from "../../rules/document";
import { member } from "../../rules/document";
import { literalName, resourcesOn } from "../machines/endpoint";
import type { LibvirtConnection } from "../machines/libvirt-connection";
import { shellOn } from "../machines/machine-shell";
import { attributesOf, type State } from "../machines/state";
import { checkAccess } from "./access";
import type { Checks } from "./check";
import { checkSpace } from "./space";

/** One libvirt, and what the stack asks of it. */
export function checkHypervisor(
  stack: Document,
  state: State | undefined,
  libvirt: LibvirtConnection,
  checks: Checks,
): void {
  const own = resourcesOn(stack, libvirt.endpoint.name);
  const version = libvirt.version();
  if ("error" in version) {
    checkAccess(libvirt.endpoint, version.error, checks);
    return;
  }
  const hypervisor = /Running hypervisor: \S+ (\S+)/.exec(libvirt.run(["version"]).out)?.[1] ?? "of unknown version";
  checks.ok(`libvirt ${version.version}, QEMU ${hypervisor}`);
  const guests = own.filter(({ type }) => type === "libvirt_domain");
  checkKvm(libvirt, guests, checks);
  checkSize(libvirt, guests, checks);
  for (const pool of own.filter(({ type }) => type === "libvirt_pool")) {
    const folder = member(pool.body, "target")?.path;
    if (typeof folder === "string") {
      checkSpace(shellOn(libvirt.endpoint), folder, stillToMake(stack, state, pool), checks);
    }
  }
}

/** Starts the processor of a guest and nothing else; where that works it would stand still until it is ended. */
const PROBE = `q=$(command -v qemu-system-$(uname -m) || echo /usr/libexec/qemu-kvm)
[ -x "$q" ] || exit 124
timeout 3 "$q" -accel kvm -cpu host -machine $(uname -m | sed 's/x86_64/q35/;s/aarch64/virt/') -nodefaults -display none -S`;
/** How `timeout` ends for what did not end by itself. */
const STOOD_STILL = 124;
/** No such command, and ssh that did not get there. */
const NOT_TRIED: ReadonlySet<number> = new Set([126, 127, 255]);

/** libvirt says that there is KVM wherever there is a /dev/kvm; whether it works, only QEMU knows. */
function checkKvm(libvirt: LibvirtConnection, guests: readonly Rendered[], checks: Checks): void {
  const shell = shellOn(libvirt.endpoint);
  const known = libvirt.run(["domcapabilities", "--virttype", "kvm"]);
  const tried = known.code === 0 ? shell?.(PROBE) : undefined;
  if (known.code === 0 && (tried === undefined || tried.code === STOOD_STILL)) {
    checks.ok(`KVM is there${tried === undefined ? "" : ", and starts"}`);
    return;
  }
  const wanted = guests.filter(({ body }) => body.type !== "qemu").length;
  if (wanted > 0 && tried && (NOT_TRIED.has(tried.code) || /[Pp]ermission denied/.test(tried.err))) {
    checks.warning("KVM is there; whether it starts could not be tried as this user");
    return;
  }
  if (wanted === 0) {
    checks.ok("no KVM that works: its guests are emulated, as the code says");
    return;
  }
  const [said = ""] = (tried?.err ?? known.err).trim().split("\n");
  const device = shell === undefined || shell("test -e /dev/kvm").code === 0;
  checks.error(
    `no KVM that works, and ${wanted} guests need it: ${said.replace(/^error: /, "")}`,
    device
      ? "give QEMU's user /dev/kvm (group kvm), look at what QEMU says, or set emulated on the host, which is slow"
      : "turn virtualization on in the machine's firmware (or nested virtualization where it is a guest itself), modprobe kvm_intel or kvm_amd; or set emulated on the host, which is slow",
  );
}

function checkSize(libvirt: LibvirtConnection, guests: readonly Rendered[], checks: Checks): void {
  const processors = Number(/CPU\(s\):\s+(\d+)/.exec(libvirt.run(["nodeinfo"]).out)?.[1] ?? 0);
  const memory = Number(/total\s*:\s+(\d+) KiB/.exec(libvirt.run(["nodememstats"]).out)?.[1] ?? 0) * 1024;
  const asked = guests
    .filter(({ body }) => body.running === true)
    .reduce((sum, { body }) => sum + bytesOf(body.memory ?? 0, body.memory_unit ?? "KiB"), 0);
  const mib = (bytes: number) => `${Math.floor(bytes / 1024 ** 2)} MiB`;
  if (asked > memory) {
    checks.error(
      `its guests want ${mib(asked)} of memory, and it has ${mib(memory)}`,
      "lower memory of some of them, or move them",
    );
  } else {
    checks.ok(`${processors} processors, ${mib(memory)} of memory, of which its guests take ${mib(asked)}`);
  }
}

/** Bytes of the disks that a pool is still to hold. */
function stillToMake(stack: Document, state: State | undefined, pool: Rendered): number {
  return stack
    .resources("libvirt_volume")
    .filter(({ body }) => body.pool === `\${${pool.address}.name}` || body.pool === literalName(pool))
    .filter(({ address }) => attributesOf(state, address) === undefined)
    .reduce((sum, { body }) => sum + (typeof body.capacity === "number" ? body.capacity : 0), 0);
}
