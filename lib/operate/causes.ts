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
    id: "engine-unreachable",
    says: /Error pinging Docker server|Cannot connect to the Docker daemon|error during connect/,
    cause: "the Docker engine does not answer at the provider's host",
    fix: "start it (systemctl start docker), or the guest that it stands in; for ssh:// try `ssh HOST docker version`",
  },
  {
    id: "docker-context",
    says: /Docker context error|Error loading Docker context/,
    cause: "DOCKER_CONTEXT, or the provider's context, names a context that this machine does not have",
    fix: 'write context = "" in the provider block, or unset DOCKER_CONTEXT',
  },
  {
    id: "engine-keys",
    says: /could not read CA certificate|Client sent an HTTP request to an HTTPS server|cert_path must not be specified|certificate (is not valid|has expired|signed by unknown)/,
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
    says: /port is already allocated|Address already in use|address already in use|target port '.*' already allocated/,
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
    says: /waiting for domain to reach state/,
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
    says: /failed to stat file|no such file or directory|Cannot access storage file/,
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
    says: /failed to connect to libvirt|Connection refused|connection refused|no route to host|i\/o timeout|failed to dial/,
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
];
