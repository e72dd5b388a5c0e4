import { readBack } from "./read-back";

/** libvirt, of its guests. */
export const TEXTS_OF_GUESTS: readonly (readonly [text: string, id: string])[] = [
  [readBack("libvirt_domain.vm", ".id: was cty.NumberIntVal(3), but now cty.NumberIntVal(4)"), "guest-was-running"],
  [
    readBack(
      "libvirt_domain.vm",
      '.devices.interfaces[0].mac.address: was cty.StringVal("52:54:00:AA:BB:CD"), but now cty.StringVal("52:54:00:aa:bb:cd")',
    ),
    "read-back-otherwise",
  ],
  [
    readBack("libvirt_domain.vm", ".devices.videos[0].model.heads: was null, but now cty.NumberIntVal(1)"),
    "read-back-otherwise",
  ],
  [
    readBack("libvirt_domain.vm", '.devices.videos[0].model.primary: was null, but now cty.StringVal("yes")'),
    "read-back-otherwise",
  ],
  [
    readBack("libvirt_domain.vm", ".devices.videos[0].model.vram: was null, but now cty.NumberIntVal(16384)"),
    "read-back-otherwise",
  ],
  [
    readBack(
      "libvirt_domain.vm",
      ".devices.graphics[0].vnc.port: was cty.NumberIntVal(-1), but now cty.NumberIntVal(5902)",
    ),
    "read-back-otherwise",
  ],
  [
    readBack(
      "libvirt_domain.vm",
      '.devices.interfaces[0].target.dev: was cty.StringVal("vnet77"), but now cty.StringVal("vnet25")',
    ),
    "read-back-otherwise",
  ],
  [
    readBack(
      "libvirt_domain.vm",
      '.devices.serials[0].source.pty.path: was cty.StringVal("/dev/pts/77"), but now cty.StringVal("")',
    ),
    "read-back-otherwise",
  ],
  [
    readBack("libvirt_domain.vm", '.cpu.check: was cty.StringVal("none"), but now cty.StringVal("full")'),
    "read-back-otherwise",
  ],
  [readBack("libvirt_domain.vm", '.cpu.match: was cty.StringVal("exact"), but now null'), "read-back-otherwise"],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: Invalid value for attribute 'migratable' in element 'cpu': 'yes'.",
    "libvirt/domain/cpu-migratable",
  ],
  [readBack("libvirt_domain.vm", '.os.firmware: was cty.StringVal("efi"), but now null'), "firmware-read-back"],
  [
    readBack(
      "libvirt_domain.vm",
      '.os.firmware_info.features[0].name: was cty.StringVal("secure-boot"), but now cty.StringVal("enrolled-keys")',
    ),
    "read-back-otherwise",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: Invalid value for attribute 'readonly' in element 'loader': 'true'.",
    "libvirt/domain/loader-readonly",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: Invalid value for attribute 'enable' in element 'bootmenu': 'on'.",
    "libvirt/domain/boot-menu",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: Secure boot requires SMM feature enabled",
    "libvirt/domain/secure-boot-smm",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: CPU topology doesn't match maximum vcpu count",
    "libvirt/domain/topology",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: Only ide and scsi disk support wwn",
    "libvirt/domain/wwn-bus",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: chardev 'spicevmc' not supported without spice graphics",
    "libvirt/domain/spicevmc-needs-spice",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: unsupported configuration: only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported",
    "libvirt/domain/graphics-twice",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'",
    "libvirt/domain/on-poweroff",
  ],
  ["Failed to Start Domain: Domain was defined but failed to start: unable to open vhost-vsock device", "kernel-lacks"],
  [
    "Failed to Undefine Domain: Failed to undefine domain: Requested operation is not valid: cannot delete inactive domain with 1 snapshots",
    "has-snapshots",
  ],
  [
    "Failed to Undefine Domain: Failed to undefine domain: Requested operation is not valid: Refusing to undefine while domain managed save image exists",
    "has-managed-save",
  ],
  [
    "Failed to Wait for IP Address: Domain was created and started but failed to obtain an IP address (MAC: 52:54:00:87:5d:71): timeout waiting for IP address on interface 52:54:00:87:5d:71 after 5 seconds",
    "no-address",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: cannot execute binary /usr/bin/qemu-system-x86_64: Argument list too long",
    "command-line-too-long",
  ],
  ["Timeout Waiting for Domain Shutdown", "guest-not-shut-down"],
  ["Domain did not reach shutoff state within 30s", "guest-not-shut-down"],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: operation failed: domain 'vm' already exists with uuid 9f6f5f7e-0f6a-4b58-9d28-3f6d0a4f2f0b",
    "name-in-use",
  ],
  [
    'Failed to Start Domain: Domain was defined but failed to start: internal error: process exited while connecting to monitor: qemu-system-x86_64: -blockdev {"node-name":"libvirt-1-format","driver":"qcow2","file":"libvirt-1-storage","backing":"libvirt-2-format"}: Could not open backing file: Image is not in qcow2 format',
    "format-of-backing",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: name a/b cannot contain '/'",
    "libvirt/domain/name",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: unsupported configuration: CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor",
    "libvirt/domain/emulation-needs-cpu",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: maximum vCPU count must not be less than current vCPU count",
    "libvirt/domain/vcpu-current",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: Value of cputune 'period' must be in range [1000, 1000000]",
    "libvirt/domain/cpu-period",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: two master hugepages detected: 1048576 and 2048",
    "libvirt/domain/huge-pages-twice",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: hugepages are not allowed with memory allocation ondemand",
    "libvirt/domain/huge-pages-on-demand",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: hugepages are not allowed with anonymous memory source",
    "libvirt/domain/huge-pages-source",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: target 'vda' duplicated for disk sources '/var/lib/libvirt/images/a.img' and '/var/lib/libvirt/images/b.img'",
    "libvirt/domain/disk-target-duplicate",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: missing target information for device /var/lib/libvirt/images/a.img",
    "libvirt/domain/disk-target",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: Unknown disk name 'disk1' and no address specified",
    "libvirt/domain/disk-target-bus",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: IDE controllers are unsupported for this QEMU binary or machine type",
    "libvirt/domain/ide-on-q35",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: missing source information for device vda",
    "libvirt/domain/disk-source",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: disk device='lun' is only valid for block type disk source",
    "libvirt/domain/lun",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: queues attribute in disk driver element is only supported by virtio-blk",
    "libvirt/domain/queues-need-virtio",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: Disk iothread '2' not defined in iothreadid",
    "libvirt/domain/io-thread",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: total and read/write bytes_sec cannot be set at the same time",
    "libvirt/domain/io-tune",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: internal error: Malformed wwn: 5000",
    "libvirt/domain/wwn",
  ],
  [
    'Failed to Start Domain: Domain was defined but failed to start: internal error: process exited while connecting to monitor: qemu-system-x86_64: -device {"driver":"virtio-blk-pci","drive":"libvirt-1-format","id":"virtio-disk0"}: Failed to get "write" lock',
    "disk-locked",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: per-device boot elements cannot be used together with os/boot elements",
    "libvirt/domain/boot-order-and-devices",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: boot order '1' used for more than one device",
    "libvirt/domain/boot-order-duplicate",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: Invalid value for attribute 'dev' in element 'boot': 'disk'.",
    "libvirt/domain/boot-device",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: no loader path specified and firmware auto selection disabled",
    "libvirt/domain/nvram-needs-loader",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: Secure boot is supported with q35 machine types only",
    "libvirt/domain/secure-boot-machine",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: 'virtiofs' requires shared memory",
    "libvirt/domain/virtiofs-memory",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: Network not found: no network with matching name 'lan'",
    "network-gone",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: internal error: Unable to find an unused port in range 'vnc' (5900-65535)",
    "no-free-port",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: VNC password is 9 characters long, only 8 permitted",
    "libvirt/domain/vnc-password",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: Only one primary video device is supported",
    "libvirt/domain/video-primary",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: Hostdev already exists in the domain configuration",
    "libvirt/domain/hostdev-twice",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: Requested operation is not valid: PCI device 0000:01:00.0 is in use by driver QEMU, domain other",
    "device-in-use",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: unknown watchdog action 'restart'",
    "libvirt/domain/watchdog-action",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')",
    "libvirt/domain/iommu-remap",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: guest CIDs must be >= 3",
    "libvirt/domain/vsock-cid",
  ],
];
