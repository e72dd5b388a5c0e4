import { readBack } from "./read-back";

/** libvirt, of the way to it, and of its networks, pools and volumes. */
export const TEXTS_OF_HOSTS: readonly (readonly [text: string, id: string])[] = [
  [
    "Network Start Failed: Network defined but failed to start: internal error: Route address '10.92.0.0' conflicts with IP address for 'virbr1'",
    "subnet-in-use",
  ],
  ['Extraneous JSON object property\nNo argument or block type is named "qwerty".', "unknown-argument"],
  ["Update Not Supported: Storage volumes cannot be updated. All changes require replacement.", "cannot-be-edited"],
  [
    readBack("libvirt_volume.iso", '.target.format.type: was cty.StringVal("raw"), but now cty.StringVal("iso")'),
    "read-back-otherwise",
  ],
  ["Missing Capacity: Volume capacity is required when not uploading from a URL", "libvirt/volume/capacity"],
  [
    "Failed to Open URL: Could not open URL for upload: failed to stat file: stat ./assets/nope.iso: no such file or directory",
    "file-missing",
  ],
  [
    "Volume Creation Failed: Failed to create storage volume: Requested operation is not valid: volume name 'a/b' cannot contain '/'",
    "libvirt/volume/name",
  ],
  [
    "Network Start Failed: Network defined but failed to start: internal error: Child process (tc qdisc add dev virbr1 parent 1:1 handle 2: sfq perturb 10) unexpected exit status 2: Error: Specified qdisc kind is unknown.",
    "kernel-lacks",
  ],
  [
    "Network Start Failed: Network defined but failed to start: error creating bridge interface virbr5: File exists",
    "bridge-exists",
  ],
  [
    "Network Start Failed: Network defined but failed to start: internal error: Network is already in use by interface virbr0",
    "subnet-in-use",
  ],
  [
    "Network Creation Failed: Failed to define network: internal error: range 10.0.0.2 - 10.0.1.9 is not entirely within network 10.0.0.1/24",
    "libvirt/network/addresses",
  ],
  [readBack("libvirt_network.lan", ".ips[0].dhcp.hosts: element 0 has vanished"), "read-back-otherwise"],
  [
    readBack("libvirt_network.lan", '.domain.name: was cty.StringVal("f.lan"), but now cty.StringVal("e.lan")'),
    "read-back-otherwise",
  ],
  [
    "Failed to Delete Pool Storage: Could not delete storage pool storage: failed to remove pool '/srv/images': Directory not empty",
    "pool-not-empty",
  ],
  ["Update Not Supported: Storage pools cannot be updated. All changes require replacement.", "cannot-be-edited"],
  [
    "Pool Start Failed: Storage pool defined but failed to start: cannot open directory '/srv/images': No such file or directory",
    "file-missing",
  ],
  [
    "Volume Creation Failed: Failed to create storage volume: Requested operation is not valid: storage pool 'images' is not active",
    "pool-inactive",
  ],
  ["Volume Creation Failed: Failed to create storage volume: storage volume 'big.raw' exists already", "name-in-use"],
  [
    "Unable to Connect to Libvirt: An error occurred while connecting to libvirt.\n\nURI: qemu+tcp://10.92.0.1/system\nError: failed to dial libvirt: dial tcp 10.92.0.1:16509: connect: connection refused",
    "libvirt-unreachable",
  ],
  ["Libvirt Connection Failed", "libvirt-unreachable"],
  [
    "Missing Capacity: Volume capacity is required when the upload source does not provide Content-Length",
    "upload-source",
  ],
  ["Failed to Open URL: Could not open URL for upload: HTTP request failed with status 404", "upload-source"],
  [
    "Pool Not Found: Storage pool 'images' not found: Storage pool not found: no storage pool with matching name 'images'",
    "pool-gone",
  ],
  [
    "Pool Creation Failed: Failed to define storage pool: operation failed: pool 'images' already exists with uuid 9f6f5f7e-0f6a-4b58-9d28-3f6d0a4f2f0b",
    "name-in-use",
  ],
  [
    "Volume Creation Failed: Failed to create storage volume: internal error: pool 'images' has asynchronous jobs running.",
    "pool-busy",
  ],
  [
    "Network Creation Failed: Failed to define network: operation failed: network 'lan' already exists with uuid 9f6f5f7e-0f6a-4b58-9d28-3f6d0a4f2f0b",
    "name-in-use",
  ],
  [
    "Network Creation Failed: Failed to define network: XML error: expected unicast mac address, found multicast '53:54:00:00:00:01' in network 'lan'",
    "libvirt/network/host-mac",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: unknown forwarding type 'masquerade'",
    "libvirt/network/forward-mode",
  ],
  [
    "Network Creation Failed: Failed to define network: XML error: A network with forward mode='bridge' can specify a bridge name or a forward dev, but not both (network 'lan')",
    "libvirt/network/bridge-and-device",
  ],
  [
    "Network Creation Failed: Failed to define network: internal error: bridge name 'virbr1' already in use.",
    "libvirt/network/bridge-taken",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: Network 'lan' IP address cannot have both a prefix and a netmask",
    "libvirt/network/prefix-and-netmask",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: no family specified for non-IPv4 address 'fd00:9::1' in network 'lan'",
    "libvirt/network/family",
  ],
  [
    "Network Creation Failed: Failed to define network: internal error: range fd00:7::20 - fd00:7::10 start larger than end",
    "libvirt/network/range-of-version-6",
  ],
  [
    "Network Creation Failed: Failed to define network: internal error: range 100.64.0.2 - 100.66.0.9 is too large (> 65535)",
    "libvirt/network/range-size",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: Multiple IPv4 dhcp sections found -- dhcp is supported only for a single IPv4 address on each network",
    "libvirt/network/dhcp-once",
  ],
  [
    "Network Creation Failed: Failed to define network: XML error: Static host definition in IPv4 network 'lan' must have mac or name attribute",
    "libvirt/network/host-key",
  ],
  [
    "Network Creation Failed: Failed to define network: XML error: Missing IP address in static host definition for network 'lan'",
    "libvirt/network/host-address",
  ],
  [
    "Network Creation Failed: Failed to define network: Invalid IP address in network 'lan' DNS HOST record",
    "libvirt/network/dns-host",
  ],
  [
    "Network Creation Failed: Failed to define network: invalid character in protocol attribute '_tcp' in DNS SRV record of network 'lan'",
    "libvirt/network/dns-service-protocol",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: unreachable static route gateway '10.0.5.2' specified for network 'lan'",
    "libvirt/network/route-gateway",
  ],
];
