/** What can be installed. */
export type Software = "docker" | "libvirt";

interface Family {
  /** As `ID` and `ID_LIKE` of os-release say it. */
  readonly ids: readonly string[];
  readonly install: string;
  readonly packages: Readonly<Record<Software, string>>;
  readonly start: (service: string) => string;
}

const systemd = (service: string) => `systemctl enable --now ${service}`;

const FAMILIES: readonly Family[] = [
  {
    ids: ["debian", "ubuntu"],
    install: "apt-get update && apt-get install -y",
    packages: {
      docker: "docker.io",
      libvirt: "libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils dnsmasq-base",
    },
    start: systemd,
  },
  {
    ids: ["fedora"],
    install: "dnf install -y",
    packages: { docker: "moby-engine", libvirt: "libvirt-daemon-kvm libvirt-client qemu-kvm qemu-img" },
    start: systemd,
  },
  {
    ids: ["rhel", "centos", "rocky", "almalinux"],
    install: "dnf install -y",
    // They have no engine of their own: Docker's repository has to be added first.
    packages: { docker: "docker-ce docker-ce-cli containerd.io", libvirt: "libvirt libvirt-client qemu-kvm qemu-img" },
    start: systemd,
  },
  {
    ids: ["suse", "opensuse", "sles"],
    install: "zypper install -y",
    packages: { docker: "docker", libvirt: "libvirt-daemon-qemu libvirt-client qemu-x86 qemu-tools" },
    start: systemd,
  },
  {
    ids: ["arch"],
    install: "pacman -S --noconfirm",
    packages: { docker: "docker", libvirt: "libvirt qemu-base dnsmasq" },
    start: systemd,
  },
  {
    ids: ["alpine"],
    install: "apk add",
    packages: { docker: "docker", libvirt: "libvirt-daemon libvirt-client qemu-system-x86_64 qemu-img dnsmasq" },
    start: (service) => `rc-update add ${service} && rc-service ${service} start`,
  },
];

const SERVICES: Readonly<Record<Software, string>> = { docker: "docker", libvirt: "libvirtd" };

/** The commands that install something on a machine, by its os-release; what to look for where nobody knows its kind. */
export function installCommands(software: Software, osRelease: string): string {
  const value = (name: string) => new RegExp(`^${name}="?([^"\\n]*)"?$`, "m").exec(osRelease)?.[1] ?? "";
  const ids = [value("ID"), ...value("ID_LIKE").split(" ")].filter((id) => id !== "");
  const family = ids.flatMap((id) => FAMILIES.find((one) => one.ids.some((known) => id.startsWith(known))) ?? [])[0];
  if (family === undefined) {
    return software === "docker" ? "install and start a Docker engine" : "install and start libvirt with QEMU";
  }
  return `${family.install} ${family.packages[software]} && ${family.start(SERVICES[software])}`;
}
