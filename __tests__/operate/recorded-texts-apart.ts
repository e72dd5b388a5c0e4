/** Errors whose words a cause or a rule of another kind would take for its own. */
export const TEXTS_APART: readonly (readonly [text: string, id: string])[] = [
  [
    "Error running legacy build: failed to solve with frontend dockerfile.v0: failed to read dockerfile: open /var/lib/docker/tmp/buildkit-mount2002196807/Dockerfile: no such file or directory",
    "builder-of-3",
  ],
  [
    'Unable to create container: Error response from daemon: invalid IP address in add-host: "[fd00::1]"',
    "host-entry-form",
  ],
  [
    'Provider produced inconsistent result after apply\nWhen applying changes to docker_container.job, provider "provider[\\"registry.terraform.io/kreuzwerker/docker\\"]" produced an unexpected new value: Root object was present, but now absent.',
    "gone-meanwhile",
  ],
  [
    "Unable to create volume: Error response from daemon: create x: volume name is too short, names should be at least two alphanumeric characters",
    "docker/volume/name",
  ],
  [
    'Unable to create volume: Error response from daemon: create a b: "a b" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path',
    "docker/volume/name",
  ],
  [
    'Unable to create volume: Error response from daemon: create data: error looking up volume plugin nosuch: plugin "nosuch" not found',
    "docker/volume/driver",
  ],
  [
    'Unable to create volume: Error response from daemon: create data: invalid option: "foo"',
    "docker/volume/driver-option",
  ],
  [
    "failed to create Docker client: Error pinging Docker server, please make sure that http://x is reachable and has a  '_ping' endpoint. Error: error during connect: Head \"http://x/_ping\": dial tcp: lookup x: no such host",
    "docker/provider/host",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: internal error: qemu unexpectedly closed the monitor: 2025-11-03T10:12:41.118210Z qemu-system-x86_64: error: failed to set MSR 0x10a to 0x69\nqemu-system-x86_64: ../../target/i386/kvm/kvm.c:3213: kvm_buf_set_msrs: Assertion `ret == cpu->kvm_msr_buf->nmsrs' failed.",
    "no-kvm",
  ],
  [
    'Provider produced inconsistent result after apply\nWhen applying changes to libvirt_volume.base, provider "provider[\\"registry.terraform.io/dmacvicar/libvirt\\"]" produced an unexpected new value: .target.format.type: was cty.StringVal("raw"), but now cty.StringVal("qcow2").\n\nThis is a bug in the provider, which should be reported in the provider\'s own issue tracker.',
    "read-back-otherwise",
  ],
  [
    "Network Start Failed: Network defined but failed to start: error creating bridge interface bridge-of-guests: Numerical result out of range",
    "libvirt/network/bridge-name",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: Unsupported <ip> element in network lan with forward mode='bridge'",
    "libvirt/network/addresses-on-bridge",
  ],
  [
    "Network Start Failed: Network defined but failed to start: internal error: zone trusted requested for network lan but firewalld is not active",
    "libvirt/network/zone",
  ],
  [
    "Pool Creation Failed: Failed to define storage pool: operation failed: Storage source conflict with pool: 'images'",
    "libvirt/pool/path-taken",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: unknown watchdog model 'itco'",
    "libvirt-too-old",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: internal error: target port '0' already allocated",
    "libvirt/domain/serial-port-twice",
  ],
  [
    'error during connect: Get "http://docker.example.com/v1.41/volumes/data": command [ssh -l app -p 22 -o ConnectTimeout=10 -T -- 10.92.0.10 docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=kex_exchange_identification: read: Connection reset by peer',
    "ssh-overloaded",
  ],
  [
    'error during connect: Get "http://docker.example.com/v1.41/volumes/data": command [ssh -l app -p 22 -o ConnectTimeout=10 -T -- 10.92.0.10 docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=Connection timed out during banner exchange',
    "ssh-overloaded",
  ],
  [
    "failed to create Docker client: Error pinging Docker server, please make sure that tcp://10.92.0.10:2376 is reachable and has a  '_ping' endpoint. Error: Error response from daemon: Client sent an HTTP request to an HTTPS server.",
    "engine-keys",
  ],
  [
    "Unable to Connect to Libvirt: An error occurred while connecting to libvirt.\n\nURI: kvm:///system\nError: failed to create dialer: unsupported libvirt driver: kvm",
    "libvirt/provider/uri",
  ],
  [
    "Unable to Connect to Libvirt: An error occurred while connecting to libvirt.\n\nURI: qemu+http://127.0.0.1/system\nError: failed to create dialer: unsupported transport: http",
    "libvirt/provider/transport",
  ],
  [
    "Failed to Start Domain: Domain was defined but failed to start: internal error: process exited while connecting to monitor: qemu-system-x86_64: unable to map backing store for guest RAM: Cannot allocate memory",
    "no-huge-pages",
  ],
  ["internal error: unable to handle agent type: pty", "libvirt/domain/agent-channel"],
  [
    "Domain Not Found: Unable to find domain 'vm': domain not found by UUID or name 'vm': Domain not found: no domain with matching name 'vm'",
    "libvirt/interface-addresses/guest-by-text",
  ],
  [
    "Unable to connect to network 'lan': Error response from daemon: endpoint with name web already exists in network lan",
    "endpoint-left",
  ],
  [
    'Failed to Start Domain: Domain was defined but failed to start: internal error: process exited while connecting to monitor: qemu-system-x86_64: -blockdev {"node-name":"libvirt-1-format","driver":"qcow2","file":"libvirt-1-storage"}: Could not open \'/var/lib/libvirt/images/base.qcow2\': Permission denied',
    "disk-denied",
  ],
  [
    "Unable to create network: Error response from daemon: invalid network config:\ninvalid subnet 10.0.0.5/24: it should be 10.0.0.0/24",
    "docker/network/subnet",
  ],
  [
    "Unable to create network: Error response from daemon: invalid network config:\ninvalid gateway 10.1.1.1: parent subnet 10.0.0.0/24 doesn't contain this address",
    "docker/network/subnet",
  ],
  [
    "Unable to create network: Error response from daemon: invalid network config:\ninvalid ip-range 10.1.0.0/24: parent subnet 10.0.0.0/24 doesn't contain ip-range",
    "docker/network/ip-range",
  ],
  [
    "Network Creation Failed: Failed to define network: XML error: Cannot parse MAC address 'zz' in network 'lan'",
    "libvirt/network/host-mac",
  ],
  ["Unable to create container: Error response from daemon: No such image: web:1", "image-gone"],
  ["Unable to start container: Error response from daemon: network lan not found", "network-gone"],
  [
    "Network Creation Failed: Failed to define network: internal error: range 10.0.0.9 - 10.0.0.5 is reversed",
    "libvirt/network/range-reversed",
  ],
  [
    "Network Creation Failed: Failed to define network: internal error: start of range 10.0.0.0 - 10.0.0.9 in network 10.0.0.1/24 is the network address",
    "libvirt/network/addresses",
  ],
  [
    "Network Creation Failed: Failed to define network: internal error: end of range 10.0.0.2 - 10.0.0.255 in network 10.0.0.1/24 is the broadcast address",
    "libvirt/network/addresses",
  ],
  [
    "Network Creation Failed: Failed to define network: XML error: Cannot use name address '9web' in network 'lan'",
    "host-name-form",
  ],
  [
    "Network Creation Failed: Failed to define network: prohibited character in DNS TXT record name 'a b' of network lan",
    "libvirt/network/dns-text",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: <vlan> element specified for network lan, whose type doesn't support vlan configuration",
    "libvirt/network/vlan",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: multiple <portgroup> elements with the same name (office) in network 'lan'",
    "libvirt/network/port-group-twice",
  ],
  [
    "Network Creation Failed: Failed to define network: unsupported configuration: network 'lan' has multiple default <portgroup> elements (office and lab), but only one default is allowed",
    "libvirt/network/port-group-defaults",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: internal error: current memory '8388608'k exceeds maximum '4194304'k",
    "libvirt/domain/current-memory",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: XML error: Domain requires at least 1 vCPU",
    "libvirt/domain/vcpu",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: more than 255 vCPUs require extended interrupt mode enabled on the iommu device",
    "libvirt/domain/vcpu",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: internal error: vcpu id must be less than maxvcpus",
    "libvirt/domain/vcpu-pin",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: internal error: Number of CPUs in <numa> exceeds the <vcpu> count",
    "libvirt/domain/numa-cpus",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: Secure boot is supported for x86_64 architecture only",
    "libvirt/domain/secure-boot-architecture",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: filesystem target 'share' specified twice",
    "libvirt/domain/filesystem-target-twice",
  ],
  [
    "Domain Creation Failed: Failed to define domain in libvirt: unsupported configuration: non unique alias detected: ua-disk",
    "libvirt/domain/alias-twice",
  ],
  [
    "Unable to create container: Error response from daemon: Invalid container name (my web), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
    "docker/container/name",
  ],
  [
    "Unable to create network: Error response from daemon: operation is not permitted on predefined default network",
    "docker/network/name",
  ],
  [
    'Unable to read Docker image into resource: findImage1: error looking up local image "nginx:1:2": unable to inspect image nginx:1:2: Error response from daemon: no such image: nginx:1:2: invalid reference format',
    "docker/image/reference",
  ],
  [
    'Unable to read Docker image into resource: findImage1: error looking up local image "Nginx": unable to inspect image Nginx: Error response from daemon: no such image: Nginx: invalid reference format: repository name must be lowercase',
    "docker/image/reference",
  ],
  [
    "Unable to create container: Error response from daemon: conflicting options: port publishing and the container type network mode",
    "docker/container/ports-without-network",
  ],
  [
    "Unable to connect to network 'lan': Error response from daemon: container sharing network namespace with another container or host cannot be connected to any other network",
    "docker/container/networks-and-mode",
  ],
  [
    "Unable to connect to network 'lan': Error response from daemon: user specified IP address is supported only when connecting to networks with user configured subnets",
    "docker/container/address-of-version-6",
  ],
  [
    "Unable to create container: Error response from daemon: invalid environment variable: =foo",
    "docker/container/env-form",
  ],
  [
    "Unable to create container: Error response from daemon: Minimum memory limit allowed is 6MB",
    "docker/container/memory-minimum",
  ],
  [
    "Unable to create container: Error response from daemon: Minimum memoryswap limit should be larger than memory limit, see usage",
    "docker/container/swap-below-memory",
  ],
  [
    "Unable to create container: Error response from daemon: Minimum memory limit can not be less than memory reservation limit, see usage",
    "docker/container/reservation-above-memory",
  ],
  [
    "Unable to create container: Error response from daemon: Minimum memory reservation allowed is 6MB",
    "docker/container/reservation-minimum",
  ],
  [
    "Unable to start container: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: wrong rlimit value: RLIMIT_NOFILES: unknown",
    "docker/container/ulimit-name",
  ],
  ['Unable to create container: Error response from daemon: bad format for add-host: "db"', "host-entry-form"],
];
