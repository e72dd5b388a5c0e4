import { type Case, casesOf } from "./case";

const docker = casesOf("provider.docker", { host: "unix:///var/run/docker.sock", context: "" });
const libvirt = casesOf("provider.libvirt", { uri: "qemu:///system" });

export const providerCases: Readonly<Record<string, Case>> = {
  "docker/provider/context": docker(
    { context: "default" },
    `'provider.docker.context' must be empty, or a context that was made, got "default" (write "", and name the host)`,
    {},
  ),
  "docker/provider/host": docker(
    { host: "http://127.0.0.1:9" },
    `'provider.docker.host' must be reached by unix, tcp or ssh, got "http://127.0.0.1:9"`,
    {},
  ),
  "docker/provider/host-form": docker(
    { host: "/var/run/docker.sock" },
    `'provider.docker.host' must begin with unix://, tcp:// or ssh://, got "/var/run/docker.sock" (such as unix:///var/run/docker.sock)`,
    {},
  ),
  "docker/provider/half-a-key": docker(
    { host: "tcp://127.0.0.1:9", cert_material: "a" },
    "'provider.docker.cert_material' must stand with the other half of its pair, got one alone",
    {},
  ),
  "libvirt/provider/uri": libvirt(
    { uri: "kvm:///system" },
    `'provider.libvirt.uri' must begin with qemu or another driver of libvirt's, got "kvm:///system" (such as qemu:///system)`,
    {},
  ),
  "libvirt/provider/transport": libvirt(
    { uri: "qemu+http://127.0.0.1/system" },
    `'provider.libvirt.uri' must be reached by ssh, sshcmd, tcp, tls, unix, got "qemu+http://127.0.0.1/system" (such as qemu+ssh://HOST/system)`,
    {},
  ),
  "libvirt/provider/uri-path": libvirt(
    { uri: "qemu:///" },
    `'provider.libvirt.uri' must end with /system or /session, got "qemu:///" (such as qemu:///system)`,
    {},
  ),
  "docker/provider/cert-path-and-material": docker(
    { host: "tcp://127.0.0.1:9", cert_path: "/etc/docker/certs", ca_material: "a" },
    "'provider.docker.cert_path' must be left out where the keys are given, got it and ca_material",
    {},
  ),
};
