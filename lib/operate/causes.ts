/** A cause that no configuration shows: the machines, the daemons, or what was there before. */
export interface Cause {
  /** Stays as it is: programs may ask for it. */
  readonly id: string;
  /** What the error says, whatever names stand in it. */
  readonly says: RegExp;
  readonly cause: string;
  readonly fix: string;
}

/** Errors that were met on real providers and daemons, with what was behind them and what mended it. */
export const CAUSES: readonly Cause[] = [
  {
    id: "ssh-failed",
    says: /has exited with exit status 255/,
    cause:
      "the way to the engine is ssh, and ssh ended with an error of its own, which stands at the end of the message",
    fix: "try `ssh HOST docker version`: the key, the host's key in known_hosts, the name and the port",
  },
  {
    id: "ssh-overloaded",
    says: /kex_exchange_identification|during banner exchange/,
    cause: "more ssh connections at once than the machine takes, or than it answers in time",
    fix: "apply with -parallelism=5, raise MaxStartups of its sshd, or reach the engine by TLS",
  },
  {
    id: "engine-unknown-yet",
    says: /unable to parse docker host ``/,
    cause: "the engine's address is to change in the same plan, and nothing of that engine can be asked meanwhile",
    fix: "apply with -target what the address comes from, then all of it; or once with -refresh=false",
  },
  {
    id: "engine-unreachable",
    says: /Error pinging Docker server|Cannot connect to the Docker daemon|error during connect|\/_ping"/,
    cause: "the Docker engine does not answer at the provider's host",
    fix: "start it (systemctl start docker), or the guest that it stands in; for ssh:// try `ssh HOST docker version`",
  },
  {
    id: "docker-context",
    says: /Docker context error|Error loading Docker context|could not read contexts directory/,
    cause: "DOCKER_CONTEXT, or the provider's context, names a context that this machine does not have",
    fix: 'write context = "" in the provider block, or unset DOCKER_CONTEXT',
  },
  {
    id: "engine-keys",
    says: /could not read CA certificate|cert_material, and key_material must be specified|Client sent an HTTP request to an HTTPS server|cert_path must not be specified|certificate (is not valid|has expired|signed by unknown)/,
    cause: "the keys for the engine are not at hand, are of another engine, or are out of date",
    fix: "apply what makes them first, or rotate them; unset DOCKER_CERT_PATH and DOCKER_TLS_VERIFY",
  },
  {
    id: "name-in-use",
    says: /Conflict\. The container name|network with name .* already exists|domain '.*' already exists|(pool|network) '.*' already exists|volume '.*' exists already|Storage source conflict with pool/,
    cause: "the machine has a thing of this name already, which Terraform's state does not know",
    fix: "import it, or remove it by hand where nobody needs it; an apply that was interrupted leaves such things",
  },
  {
    id: "port-in-use",
    says: /port is already allocated|Address already in use|address already in use|target port '.*' already allocated|is already in use by service/,
    cause: "something on the machine listens on the port, or has the address",
    fix: "find it with `ss -lntp` and stop it, or choose another port",
  },
  {
    id: "image-unreachable",
    says: /unable to pull image|pull access denied|no such host|manifest (unknown|for .* not found)|Unable to (find or pull|read Docker) image/i,
    cause: "the image is not in the registry under this name, or the registry cannot be reached or wants a login",
    fix: "try `docker pull IMAGE` on the engine's machine; add registry_auth, a mirror or a proxy. The old container is gone already: an apply with -target=docker_image.NAME comes first next time",
  },
  {
    id: "never-healthy",
    says: /failed to be in healthy state/,
    cause: "the container started and its health check never succeeded within wait_timeout",
    fix: "`docker logs NAME` and `docker inspect -f '{{json .State.Health}}' NAME` say why; the container was left as it is",
  },
  {
    id: "ends-at-once",
    says: /failed to be in running state|exited immediately/,
    cause: "the container's process ended at once",
    fix: "`docker logs NAME` says why; a job that is to end is must_run = false",
  },
  {
    id: "still-in-use",
    says: /timeout while waiting for state to become 'removed'|has active endpoints|volume is in use|image is being used/,
    cause: "something that is not replaced with it still uses what is to be removed",
    fix: "refer to it by its id, so that who uses it is replaced as well, or stop that by hand and apply again",
  },
  {
    id: "pool-not-empty",
    says: /Directory not empty/,
    cause: "the pool's folder holds files that Terraform did not make",
    fix: "move them; the pool is left inactive meanwhile: virsh pool-start NAME",
  },
  {
    id: "pool-inactive",
    says: /storage pool '?.*'? is not active|pool is not active/,
    cause: "the storage pool is there, but not started",
    fix: "virsh pool-start NAME, and apply again",
  },
  {
    id: "disk-locked",
    says: /Failed to get "?(write|shared "write")"? lock/,
    cause: "another guest that runs has the same disk",
    fix: "shut that one down, or give each a volume of its own",
  },
  {
    id: "subnet-in-use",
    says: /Network is already in use by interface|Pool overlaps with other one|conflicts with IP address for/,
    cause: "a network of the machine has these addresses already",
    fix: "`ip route` on the machine shows which; choose another subnet",
  },
  {
    id: "bridge-exists",
    says: /error creating bridge interface .*: File exists/,
    cause: "a bridge of this name is there already",
    fix: "choose another name, or remove it where nobody needs it: ip link delete NAME",
  },
  {
    id: "guest-was-running",
    says: /inconsistent result after apply[\s\S]*\.id: was/,
    cause:
      "a guest that runs was edited: the change is made, the guest was started again, and the provider did not expect it",
    fix: "apply again; with replace_triggered_by and a hash of its body, as berth does it, the guest is made anew instead",
  },
  {
    id: "cannot-be-edited",
    says: /Update Not Supported|Storage (volumes|pools) cannot be updated/,
    cause: "the provider cannot change this: only another one can take its place",
    fix: "undo the edit, or terraform apply -replace=ADDRESS where what is in it may be lost",
  },
  {
    id: "no-kvm",
    says: /could not find capabilities for domaintype=kvm|KVM acceleration is not available|failed to initialize kvm|\/dev\/kvm/,
    cause: "the machine has no usable /dev/kvm",
    fix: "turn virtualization on in its firmware, or set emulated on the host, which is slow",
  },
  {
    id: "guest-not-shut-down",
    says: /waiting for domain to reach state|Waiting for Domain Shutdown|did not reach shutoff state/,
    cause: "the guest did not shut down within its timeout: it does not listen to the power button, or hangs",
    fix: 'shut it down by hand (virsh shutdown, or virsh destroy) and apply again; shutdownTimeout can say "power-off"',
  },
  {
    id: "no-address",
    says: /failed to obtain an IP address|timeout waiting for IP address/,
    cause: "the guest runs and has no address yet: it still boots, or its network serves none",
    fix: "look at its console; give it more time, or an address by the network's dhcp",
  },
  {
    id: "file-missing",
    says: /failed to stat file|no such file or directory|Cannot access storage file|bind source path does not exist/i,
    cause: "a file that is to be read or used is not there on the machine where it is looked for",
    fix: "paths of uploads are of the machine that runs Terraform, paths of disks are of the guest's host",
  },
  {
    id: "no-space",
    says: /no space left on device|No space left on device/,
    cause: "the disk of the machine is full",
    fix: "`df -h` on the machine; make room, and apply again: what was half uploaded is removed first",
  },
  {
    id: "permission",
    says: /[Pp]ermission denied/,
    cause: "whoever runs Terraform, or QEMU, may not use the socket or the file",
    fix: "add the user to the groups docker and libvirt; give QEMU's user the folders above the disks",
  },
  {
    id: "host-unreachable",
    says: /failed to connect to libvirt|Unable to Connect to Libvirt|Libvirt Connection Failed|Connection refused|connection refused|no route to host|i\/o timeout|failed to dial/,
    cause: "the machine, or the daemon on it, does not answer",
    fix: "try `virsh -c URI list`, or `ssh HOST true`",
  },
  {
    id: "host-key",
    says: /Host key verification failed|knownhosts: key (is unknown|mismatch)|REMOTE HOST IDENTIFICATION HAS CHANGED/,
    cause: "the machine's ssh host key is not the one that is known",
    fix: "make sure that it is the right machine, then ssh-keygen -R HOST and ssh-keyscan",
  },
  {
    id: "has-snapshots",
    says: /cannot delete inactive domain with \d+ snapshots/,
    cause: "the guest has snapshots, which the provider does not remove",
    fix: "virsh snapshot-delete NAME --current --children, and apply again",
  },
  {
    id: "has-managed-save",
    says: /managed save image exists/,
    cause: "the guest's memory was saved to disk, and the provider does not remove what was saved",
    fix: "virsh managedsave-remove NAME, and apply again",
  },
  {
    id: "condition-failed",
    says: /Resource (post|pre)condition failed/,
    cause:
      "a condition of the code is not met: for a job, that it ended with 0; every plan says so until it runs again",
    fix: "`docker logs NAME` says why it failed; then berth recover, or terraform apply -replace=ADDRESS",
  },
  {
    id: "provider-crash",
    says: /panic: |Plugin did not respond|plugin crashed/,
    cause: "the provider crashed; what else was being done with it was cut off",
    fix: "berth check names what its version is known to crash at, such as tmpfs_options of a service on docker 3.x; berth recover mends what was cut off",
  },
  {
    id: "cut-off",
    says: /Request cancelled|context canceled/,
    cause: "the apply was interrupted, or something else of it made the provider end: this resource is not at fault",
    fix: "look at the other errors; berth recover, and apply again",
  },
  {
    id: "build-failed",
    says: /Error running buildx build|failed to read dockerfile|executor failed running/,
    cause: "the image could not be built; a container that was to be replaced is gone already",
    fix: "docker build FOLDER shows it in full; next time terraform apply -target=IMAGE first",
  },
  {
    id: "engine-too-small",
    says: /Range of CPUs is from|Requested CPUs are not available|Minimum memory/,
    cause:
      "the engine's machine has fewer processors than were asked for, or the amount is one that the engine does not take",
    fix: "`docker info` says what it has",
  },
  {
    id: "engine-too-old",
    says: /requires (API|docker) version \d/,
    cause: "the engine is older than what is asked of it",
    fix: "a newer engine, or without that setting",
  },
  {
    id: "limit-order",
    says: /error setting rlimit/,
    cause: "a limit of the container is not one that the kernel takes: soft above hard, or above the engine's own",
    fix: "soft at most hard, and hard at most what dockerd itself has",
  },
  {
    id: "no-such-user",
    says: /unable to find (user|group) /,
    cause: "the image has no such user or group",
    fix: "give it by number, or one that stands in the image's /etc/passwd",
  },
  {
    id: "runtime-missing",
    says: /[Uu]nknown (or invalid )?runtime/,
    cause: "the engine has no runtime of this name",
    fix: "install it, and name it in the engine's daemon.json; `docker info` lists those that it has",
  },
  {
    id: "runtime-network",
    says: /cannot run with network enabled in root network namespace/,
    cause: "gVisor cannot set up its network on this machine",
    fix: "register runsc with --network=host, or run the container without a network",
  },
  {
    id: "no-device-driver",
    says: /could not select device driver/,
    cause: "the engine knows no driver for the GPU or device that was asked for",
    fix: "install the vendor's container toolkit on the engine's machine",
  },
  {
    id: "apparmor-parser-missing",
    says: /docker-default profile could not be loaded/,
    cause: "the kernel has AppArmor on, and the machine has no tools for it",
    fix: "install the package apparmor on the engine's machine",
  },
  {
    id: "gone-meanwhile",
    says: /No such (container|service|volume)|Domain Not Found|[Rr]oot object was present, but now absent/,
    cause: "the thing ended or was removed while Terraform was at it",
    fix: "apply again; a container that ends by itself is a job: must_run = false",
  },
  {
    id: "image-gone",
    says: /No such image/,
    cause: "the image was removed, or its name was given to another one, while Terraform was at it",
    fix: "apply again; one docker_image for each name and engine",
  },
  {
    id: "image-in-use",
    says: /unable to remove repository reference|image is referenced in multiple repositories/,
    cause: "something else uses the image that is to be removed",
    fix: "keep_locally = true leaves it where it is, as berth does",
  },
  {
    id: "network-gone",
    says: /network \S+ not found|no network with matching name/,
    cause: "the network is not there: it was removed beside Terraform, or is made later than what stands on it",
    fix: "refer to it by docker_network.NAME.id or libvirt_network.NAME.name, so that it comes first; berth recover shows what is off",
  },
  {
    id: "pool-gone",
    says: /no storage pool with matching name|Storage pool '.*' not found/,
    cause: "the storage pool is not there: it was removed beside Terraform, or is made later than what lies in it",
    fix: "refer to it by libvirt_pool.NAME.name, so that it comes first",
  },
  {
    id: "parent-missing",
    says: /invalid subinterface vlan name|parent interface does was not found/,
    cause: "the engine's machine has no network interface of this name",
    fix: "`ip link` on the machine lists them",
  },
  {
    id: "endpoint-left",
    says: /endpoint with name .* already exists/,
    cause: "the network still holds the place of a container that is gone",
    fix: "docker network disconnect -f NETWORK CONTAINER, and apply again",
  },
  {
    id: "no-swarm",
    says: /not a swarm manager/,
    cause: "the engine manages no swarm, which services, secrets and configs need",
    fix: "docker swarm init, or docker swarm join as a manager",
  },
  {
    id: "in-use-by-service",
    says: /is in use by the following service/,
    cause: "a service still has the secret or config that is to be removed",
    fix: "a name with a hash of its content and create_before_destroy: the service gets the new one first",
  },
  {
    id: "rolled-back",
    says: /service rollback completed/,
    cause: "the new tasks of the service did not come up, and the swarm went back to the old ones, which run",
    fix: "`docker service ps --no-trunc NAME` says why; mend it and apply again",
  },
  {
    id: "not-converged",
    says: /did not converge/,
    cause: "the service's tasks did not come up in time, and the service was removed again",
    fix: "`docker service ps --no-trunc NAME` while it is tried says why: image, command, constraints, ports",
  },
  {
    id: "slow-stop",
    says: /error on wait for container with ID/,
    cause: "a task did not end within its grace period; the service is removed all the same",
    fix: "apply again; stop_signal SIGKILL, or a program that ends when it is told to",
  },
  {
    id: "unknown-argument",
    says: /Extraneous JSON object property|Unsupported argument|No argument or block type is named/,
    cause: "the provider's version knows no argument of this name",
    fix: "berth check names the nearest one that it knows",
  },
  {
    id: "unknown-type",
    says: /does not support resource type/,
    cause: "the provider's version has no such resource",
    fix: "raise the version in required_providers, and terraform init -upgrade",
  },
  {
    id: "reference-form",
    says: /Invalid (character|expression)\b/,
    cause: "a reference stands in ${…} where Terraform wants it bare, as in replace_triggered_by",
    fix: 'write "terraform_data.NAME" there, as berth\'s own constructs do',
  },
  {
    id: "provider-of-another-stack",
    says: /Provider configuration not present/,
    cause: "the resource asks for a provider block that this stack does not have: its host belongs to another one",
    fix: "host.providerFor(this) makes it in the stack that uses it",
  },
  {
    id: "depends-on-another-stack",
    says: /Invalid depends_on reference/,
    cause: "depends_on reaches into another stack, which Terraform cannot wait for",
    fix: "stack.addDependency(other), and an output of it where a value is needed",
  },
  {
    id: "cycle",
    says: /Cycle: /,
    cause:
      "things wait for each other; where a provider's keys are among them, they are being replaced under what they lead to",
    fix: "for keys: destroy -target=GATE first, as lib/patterns/README.md says of rotation; otherwise take one of the references away",
  },
  {
    id: "state-locked",
    says: /Error acquiring the state lock/,
    cause: "another run holds the state, or one that was killed left its lock",
    fix: "make sure that nobody applies, then terraform force-unlock ID",
  },
  {
    id: "no-memory",
    says: /Cannot allocate memory/,
    cause: "the host has not the memory that the guest wants",
    fix: "`free -m` on it; less memory for the guest, or another host",
  },
  {
    id: "kernel-lacks",
    says: /Specified qdisc kind is unknown|unable to open vhost-vsock device/,
    cause: "the host's kernel has no support for it, or the module is not loaded",
    fix: "modprobe sch_sfq, or modprobe vhost_vsock, on the host; or without that setting",
  },
  {
    id: "pool-busy",
    says: /asynchronous jobs running/,
    cause: "something is being uploaded to the pool, or was when an apply was killed",
    fix: "wait, and apply again; systemctl restart libvirtd ends what hangs",
  },
  {
    id: "upload-source",
    says: /HTTP request failed with status|does not provide Content-Length/,
    cause: "the server of the image does not give it, or does not say how large it is",
    fix: "try `curl -I URL`; fetch it first: GuestImage.fromUrl does, and checks its digest",
  },
  {
    id: "command-line-too-long",
    says: /Argument list too long/,
    cause: "more is given to the guest on QEMU's command line than fits, such as a large fw_cfg value",
    fix: "give it on a disk: the seed, or files",
  },
  {
    id: "no-free-port",
    says: /unused port in range/,
    cause: "all ports of the host's range for consoles are taken",
    fix: "widen remote_display_port_max in qemu.conf, or give the guest no VNC",
  },
  {
    id: "device-in-use",
    says: /PCI device .* is in use/,
    cause: "another guest that runs has the device",
    fix: "shut that one down, or take another device",
  },
  {
    id: "format-of-backing",
    says: /Image is not in qcow2 format/,
    cause: "the image that a disk stands on has another format than the disk says",
    fix: "say the format that it has: qemu-img info FILE",
  },
  {
    id: "read-back-otherwise",
    says: /: was [\s\S]+, but now |has vanished/,
    cause:
      "the provider or its daemon writes the value in a form of its own, or cannot change it in place: what was made stands, and the state says it is wrong",
    fix: "berth check names the form that is read back as it was written; what was tainted is made again by the next apply",
  },
];
