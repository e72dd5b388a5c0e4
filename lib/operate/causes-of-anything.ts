import type { Cause } from "./cause";

/** Terraform itself, and what any machine can lack. */
export const CAUSES_OF_ANYTHING: readonly Cause[] = [
  {
    id: "name-in-use",
    prop: "name",
    says: /Conflict\. The container name|network with name .* already exists|domain '.*' already exists|(pool|network) '.*' already exists|volume '.*' exists already|Storage source conflict with pool/,
    cause: "the machine has a thing of this name already, which Terraform's state does not know",
    fix: "an apply that was interrupted leaves such things: berth recover takes them back; else rename one of them, or remove it by hand where nobody needs it",
  },
  {
    id: "kept",
    prop: "onDestroy",
    says: /Instance cannot be destroyed/,
    cause: "the plan would destroy something that is kept",
    fix: 'undo what replaces it; or set onDestroy: "delete" and synthesize again where its data may go; terraform destroy: see docs/operating.md, Tearing down on purpose',
  },
  {
    id: "moved-twice",
    says: /Moved object still exists|Ambiguous move statements|Cyclic dependency in move statements/,
    cause: "a Renamed, or a moved block, leads from or to something that is still in the code",
    fix: "two that change places need a third id in between: apply one Renamed, then the other; remove a Renamed that every state was applied with",
  },
  {
    id: "other-stack-first",
    says: /Unable to find remote state/,
    cause: "this stack takes a value of another one that was not applied yet, or whose state is elsewhere",
    fix: "apply that stack first: its name is at the end of the address, behind cross-stack-reference-input; `npm run synth` lists stacks in their order",
  },
  {
    id: "port-in-use",
    prop: "ports",
    says: /port is already allocated|Address already in use|address already in use|target port '.*' already allocated|is already in use by service/,
    cause: "something on the machine listens on the port, or has the address",
    fix: "find it with `ss -lntp` and stop it, or choose another port",
  },
  {
    id: "still-in-use",
    says: /timeout while waiting for state to become 'removed'|has active endpoints|volume is in use|image is being used/,
    cause: "something that is not replaced with it still uses what is to be removed",
    fix: "refer to it by its id, so that who uses it is replaced as well, or stop that by hand and apply again",
  },
  {
    id: "subnet-in-use",
    prop: "subnet",
    says: /Network is already in use by interface|Pool overlaps with other one|conflicts with IP address for/,
    cause: "a network of the machine has these addresses already",
    fix: "`ip route` on the machine shows which; choose another subnet",
  },
  {
    id: "cannot-be-edited",
    says: /Update Not Supported|Storage (volumes|pools) cannot be updated/,
    cause: "the provider cannot change this: only another one can take its place",
    fix: "undo the edit, or terraform apply -replace=ADDRESS where what is in it may be lost",
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
    says: /Connection refused|connection refused|[Nn]o route to host|i\/o timeout|failed to dial/,
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
    id: "gone-meanwhile",
    says: /No such (container|service|volume)|Domain Not Found|[Rr]oot object was present, but now absent/,
    cause: "the thing ended or was removed while Terraform was at it",
    fix: "apply again; a container that ends by itself is a job: must_run = false, and without rm, which docker 3.x stumbles over",
  },
  {
    id: "network-gone",
    says: /network \S+ not found|no network with matching name/,
    cause: "the network is not there: it was removed beside Terraform, or is made later than what stands on it",
    fix: "refer to it by docker_network.NAME.id or libvirt_network.NAME.name, so that it comes first; berth recover shows what is off",
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
    cause:
      "a resource asks for a provider block that this stack does not have: its host was taken out of the code together with it, or belongs to another stack",
    fix: "let the host stand in the code until what stood on it is gone, and take it out then; for a resource of your own, host.providerFor(this)",
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
    id: "firmware-read-back",
    prop: "firmware",
    says: /\.os\.firmware: was/,
    cause:
      "this libvirt puts the paths it chose in place of firmware = efi once the guest runs, and the provider takes that for an error",
    fix: "os.loader and os.nv_ram with the paths of the host's OVMF, as berth renders it",
  },
  {
    id: "read-back-otherwise",
    says: /: was [\s\S]+, but now |has vanished/,
    cause:
      "the provider or its daemon writes the value in a form of its own, or cannot change it in place: what was made stands, and the state says it is wrong",
    fix: "write the value after `but now`, or none; what was tainted is made again by the next apply",
  },
];
