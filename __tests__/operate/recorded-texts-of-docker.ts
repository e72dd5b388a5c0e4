/** Docker engines, and what runs on them. */
export const TEXTS_OF_DOCKER: readonly (readonly [text: string, id: string])[] = [
  ["timeout while waiting for state to become 'removed' (last state: 'in_use', timeout: 30s)", "still-in-use"],
  ["Docker context error\nError loading Docker context: context 'nosuch' not found", "docker-context"],
  ["Error loading Docker context 'nosuch': context 'nosuch' not found", "docker-context"],
  [
    "Error loading Docker context 'nosuch': could not read contexts directory: open /home/ops/.docker/contexts/meta: no such file or directory",
    "docker-context",
  ],
  ["panic: interface conversion: interface {} is int, not int64", "provider-crash"],
  ["Request cancelled\nThe plugin.(*GRPCProvider).ApplyResourceChange request was cancelled.", "cut-off"],
  [
    'Error running buildx build: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
    "build-failed",
  ],
  [
    "Unable to create container: Error response from daemon: Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available",
    "engine-too-small",
  ],
  ["values for command may not be empty", "docker/container/command-empty-word"],
  [
    '"specify health-check start interval" requires API version 1.44, but the Docker daemon API version is 1.41',
    "engine-too-old",
  ],
  [
    "Unable to connect to network 'bridge': Error response from daemon: user specified IP address is supported on user defined networks only",
    "docker/container/address-needs-network",
  ],
  [
    "Unable to start container: Error response from daemon: Invalid address 10.99.0.5: It does not belong to any of this network's subnets",
    "docker/container/address",
  ],
  [
    "Unable to start container: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: invalid argument: unknown",
    "limit-order",
  ],
  [
    "Unable to start container: Error response from daemon: Decoding seccomp profile failed: invalid character '/' looking for beginning of value",
    "docker/container/seccomp-path",
  ],
  [
    'Unable to start container: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: sysctl "kernel.foo" is not in a separate kernel namespace: unknown',
    "docker/container/sysctl",
  ],
  [
    "Unable to start container: Error response from daemon: unable to find user nosuch: no matching entries in passwd file",
    "no-such-user",
  ],
  ["Setting VolumeOptions.Subpath requires docker version 1.45 or higher", "engine-too-old"],
  [
    'Unable to create container: Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /srv/data',
    "file-missing",
  ],
  [
    "error with upload content: one of 'content', 'content_base64', or 'source' must be set",
    "docker/container/upload-content",
  ],
  [
    "Unable to upload volume content: Error response from daemon: container rootfs is marked read-only",
    "docker/container/upload-read-only",
  ],
  ["Unable to create container: Error response from daemon: Unknown runtime specified runsc", "runtime-missing"],
  [
    'Unable to start container: Error response from daemon: could not select device driver "" with capabilities: [[gpu]]',
    "no-device-driver",
  ],
  ["Error response from daemon: No such container: 4c01db0b339c", "gone-meanwhile"],
  [
    "Error stopping container 4c01db0b339c: Error response from daemon: No such container: 4c01db0b339c",
    "gone-meanwhile",
  ],
  ["container exited immediately", "ends-at-once"],
  ["container failed to be in running state", "ends-at-once"],
  [
    "you have supplied a 'wait' argument, but the container does not have a healthcheck defined. Please remove the 'wait' argument or add a 'healthcheck' attribute",
    "docker/container/wait-needs-healthcheck",
  ],
  ["container failed to be in healthy state", "never-healthy"],
  ["Resource postcondition failed\nThe job ended with 1.", "condition-failed"],
  [
    "Unable to create network: Error response from daemon: could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
    "docker/network/ipv6-needs-subnet",
  ],
  [
    "Unable to create network: Error response from daemon: Pool overlaps with other one on this address space",
    "subnet-in-use",
  ],
  [
    "Unable to create network: Error response from daemon: failed to allocate gateway (10.1.1.1): Requested address is out of range",
    "docker/network/subnet",
  ],
  ["Unable to create network: Error response from daemon: network with name lan already exists", "name-in-use"],
  [
    "Unable to create network: Error response from daemon: invalid subinterface vlan name nic9, example formatting is eth0.10",
    "parent-missing",
  ],
  [
    "Unable to create network: Error response from daemon: -o parent interface does was not found on the host: nic9",
    "parent-missing",
  ],
  ["timeout while waiting for state to become 'removed' (last state: 'pending', timeout: 30s)", "still-in-use"],
  [
    'Unable to remove Docker image: Error response from daemon: conflict: unable to remove repository reference "nginx:1.27" (must force) - container 4c01db0b339c is using its referenced image 0f8498f13f3a',
    "image-in-use",
  ],
  [
    'unable to pull image registry.example/app:1: error pulling image registry.example/app:1: Error response from daemon: Get "https://registry.example/v2/": dial tcp: lookup registry.example on 10.0.0.2:53: no such host',
    "image-unreachable",
  ],
  ["service rollback completed: rollback completed", "rolled-back"],
  ["Service with ID (vp1ct6yptfzue01hvjrwtvcfc) did not converge after 8s", "not-converged"],
  [
    "Error response from daemon: rpc error: code = InvalidArgument desc = port '18464' is already in use by service 'web' (vp1ct6yptfzue01hvjrwtvcfc) as an ingress port",
    "port-in-use",
  ],
  [
    "Error response from daemon: rpc error: code = InvalidArgument desc = name must be valid as a DNS name component",
    "docker/service/name",
  ],
  ["error on wait for container with ID '4c01db0b339c': context deadline exceeded", "slow-stop"],
  [
    "failed to create Docker client: Error pinging Docker server, please make sure that tcp://10.92.0.10:2375 is reachable and has a  '_ping' endpoint. Error: Cannot connect to the Docker daemon at tcp://10.92.0.10:2375. Is the docker daemon running?",
    "engine-unreachable",
  ],
  [
    "unable to list Docker images: Cannot connect to the Docker daemon at tcp://10.92.0.10:2375. Is the docker daemon running?",
    "engine-unreachable",
  ],
  ["failed to create Docker client: unable to parse docker host ``", "engine-unknown-yet"],
  [
    'Unable to create container: Error response from daemon: Conflict. The container name "/web" is already in use by container "4c01db0b339c". You have to remove (or rename) that container to be able to reuse that name.',
    "name-in-use",
  ],
  [
    "Unable to start container: Error response from daemon: driver failed programming external connectivity on endpoint web (4c01db0b339c): Bind for 0.0.0.0:8080 failed: port is already allocated",
    "port-in-use",
  ],
  [
    "Unable to start container: Error response from daemon: failed to create shim task: OCI runtime create failed: creating container: cannot run with network enabled in root network namespace: unknown",
    "runtime-network",
  ],
  [
    "Unable to start container: Error response from daemon: AppArmor enabled on system but the docker-default profile could not be loaded: running 'apparmor_parser apparmor_parser --version' failed with output: \nerror: exec: \"apparmor_parser\": executable file not found in $PATH",
    "apparmor-parser-missing",
  ],
  [
    "Error pinging Docker server, please make sure that tcp://10.92.0.10:2376 is reachable and has a  '_ping' endpoint. Error: error during connect: Head \"https://10.92.0.10:2376/_ping\": dial tcp 10.92.0.10:2376: connect: no route to host",
    "engine-unreachable",
  ],
  [
    "Unable to remove Docker image: Error response from daemon: conflict: unable to delete 0f8498f13f3a (must be forced) - image is referenced in multiple repositories",
    "image-in-use",
  ],
  [
    "Unable to remove network: Error response from daemon: error while removing network: network lan id 7c9e6679f742 has active endpoints",
    "still-in-use",
  ],
  [
    "Unable to remove volume: Error response from daemon: remove data: volume is in use - [4c01db0b339c]",
    "still-in-use",
  ],
  [
    'Error response from daemon: This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    "no-swarm",
  ],
  [
    "Error response from daemon: rpc error: code = InvalidArgument desc = secret 'token' is in use by the following service: web",
    "in-use-by-service",
  ],
  ["Unable to start container: Error response from daemon: Address already in use", "port-in-use"],
  [
    'Unable to create container: Error response from daemon: invalid port specification: "70000"',
    "docker/container/port-range",
  ],
  [
    "Unable to create container: Error response from daemon: conflicting options: hostname and the network mode",
    "docker/container/hostname-with-mode",
  ],
  [
    "Unable to create container: Error response from daemon: conflicting options: dns and the network mode",
    "docker/container/dns-with-mode",
  ],
  [
    "Unable to create container: Error response from daemon: conflicting options: custom host-to-IP mapping and the network mode",
    "docker/container/hosts-with-mode",
  ],
  [
    "Unable to connect to network 'bridge': Error response from daemon: network-scoped alias is supported only for containers in user defined networks",
    "docker/container/alias-needs-network",
  ],
  [
    "Unable to create container: Error response from daemon: You should always set the Memory limit when using Memoryswap limit, see usage",
    "docker/container/swap-without-memory",
  ],
  [
    "Unable to create container: Error response from daemon: CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)",
    "docker/container/cpu-period",
  ],
  [
    "Unable to create container: Error response from daemon: CPU cfs quota can not be less than 1ms (i.e. 1000)",
    "docker/container/cpu-quota",
  ],
  [
    "Unable to create container: Error response from daemon: Requested CPUs are not available - requested 9, available: 0-1",
    "engine-too-small",
  ],
  [
    'Unable to create container: Error response from daemon: invalid CapAdd: unknown capability: "CAP_NET_ADMN"',
    "docker/container/capability-unknown",
  ],
  [
    "Unable to create container: Error response from daemon: Interval in Healthcheck cannot be less than 1ms",
    "docker/container/healthcheck-duration",
  ],
  [
    "Unable to create container: Error response from daemon: maximum retry count cannot be used with restart policy 'always'",
    "docker/container/restart-retries",
  ],
  [
    "Unable to create container: Error response from daemon: can't create 'AutoRemove' container with restart policy",
    "docker/container/rm-and-restart",
  ],
  [
    "Unable to create container: Error response from daemon: Duplicate mount point: /data",
    "docker/container/mount-target-duplicate",
  ],
  [
    "Unable to create container: Error response from daemon: invalid volume specification: '/a:data:rw': invalid mount config for type \"bind\": invalid mount path: 'data' mount path must be absolute",
    "docker/container/mount-target",
  ],
  ["Unable to parse volumes: volume entry without container path or source container", "docker/container/volume-what"],
  ["Unable to parse volumes: both a container and a path specified in a volume entry", "docker/container/volume-both"],
  [
    "Unable to create container: Error response from daemon: the working directory 'data' is invalid, it needs to be an absolute path",
    "docker/container/working-dir",
  ],
  [
    "Unable to start container: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 3: invalid argument: unknown",
    "limit-order",
  ],
  [
    "Error response from daemon: rpc error: code = InvalidArgument desc = secret data must be larger than 0 and less than 512000 bytes",
    "docker/secret/size",
  ],
];
