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
    `'provider.libvirt.uri' must be reached by ssh, sshcmd, tcp, tls, got "qemu+http://127.0.0.1/system" (such as qemu+ssh://HOST/system)`,
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
  "docker/provider/ssh-password": docker(
    { host: "ssh://ops:secret@rack1" },
    "'provider.docker.host' must have no password, got ssh://…:…@… (log in with a key)",
    { host: "ssh://ops@rack1" },
    { read: true, elsewhere: "needs a second machine" },
  ),
  "docker/provider/host-and-context": docker(
    { context: "rack2" },
    `'provider.docker.context' must be "" where host is set, got both (left out, the environment's DOCKER_CONTEXT would win)`,
    {},
    { read: true },
  ),
  "docker/provider/authority-alone": docker(
    { ca_material: "-----BEGIN CERTIFICATE-----" },
    "'provider.docker.ca_material' must stand with cert_material and key_material, got alone",
    {},
    { read: true },
  ),
  "docker/provider/material": docker(
    {
      host: "tcp://127.0.0.1:2376",
      cert_material: "/etc/docker/cert.pem",
      key_material: "-----BEGIN RSA PRIVATE KEY-----",
    },
    "'provider.docker.cert_material' must be PEM text, got \"/etc/docker/cert.pem\" (a folder belongs in cert_path, and file() reads one file)",
    {},
  ),
  "docker/provider/ssh-options": docker(
    { ssh_opts: ["-i", "id"] },
    `'provider.docker.ssh_opts' must stand with an ssh:// host, got "unix:///var/run/docker.sock"`,
    {},
    { read: true },
  ),
  "docker/provider/cert-path-and-ssh": docker(
    { host: "ssh://ops@rack1", cert_path: "/etc/docker/certs" },
    `'provider.docker.cert_path' must be left out where the host is ssh://, got "/etc/docker/certs"`,
    { host: "ssh://ops@rack1" },
    { read: true, elsewhere: "needs a second machine" },
  ),
  "docker/provider/registry-config": docker(
    { registry_auth: [{ address: "registry.example.org", config_file_content: "ci:secret" }] },
    "'provider.docker.registry_auth.0.config_file_content' must be JSON as in config.json, got other text",
    { registry_auth: [{ address: "registry.example.org", config_file_content: '{"auths":{}}' }] },
    { elsewhere: "needs a login" },
  ),
  "docker/provider/registry-twice": docker(
    {
      registry_auth: [
        { address: "registry.example.org", username: "a", password: "b" },
        { address: "https://registry.example.org", username: "c", password: "d" },
      ],
    },
    `'provider.docker.registry_auth.address' must name each registry once, got "https://registry.example.org"`,
    { registry_auth: [{ address: "registry.example.org", username: "a", password: "b" }] },
    { read: true },
  ),
  "docker/provider/hub-address": docker(
    { registry_auth: [{ address: "docker.io", username: "a", password: "b" }] },
    `'provider.docker.registry_auth.0.address' must be the hub's own address, got "docker.io" (write registry-1.docker.io)`,
    { registry_auth: [{ address: "registry-1.docker.io", username: "a", password: "b" }] },
    { read: true },
  ),
  "libvirt/provider/host-missing": libvirt(
    { uri: "qemu+ssh:///system" },
    `'provider.libvirt.uri' must name a host, got "qemu+ssh:///system" (such as qemu+ssh://root@HOST/system)`,
    {},
  ),
  "libvirt/provider/uri-unknown": libvirt(
    { uri: "qemu+ssh://root@${terraform_data.host.id}/system" },
    `'provider.libvirt.uri' must be known before anything is made, got "qemu+ssh://root@\${terraform_data.host.id}/system" (use a variable)`,
    {},
    { beside: { terraform_data: { host: { input: "a" } } }, read: true },
  ),
  "docker/provider/host-key-unchecked": docker(
    { host: "ssh://ops@rack1", ssh_opts: ["-o", "StrictHostKeyChecking=no"] },
    `'provider.docker.ssh_opts.1' must not switch off the check of the host's key, got "StrictHostKeyChecking=no" (add its key to known_hosts)`,
    { host: "ssh://ops@rack1", ssh_opts: ["-o", "StrictHostKeyChecking=yes"] },
    { read: true, elsewhere: "no such host" },
  ),
  "libvirt/provider/unsafe-connection": libvirt(
    { uri: "qemu+ssh://ops@rack1/system?no_verify=1" },
    `'provider.libvirt.uri' must not switch off the check of the host's key, got "qemu+ssh://ops@rack1/system?no_verify=1" (add the host's key to known_hosts, and name that file with knownhosts=)`,
    { uri: "qemu+ssh://ops@rack1/system?knownhosts=/k" },
    { read: true, elsewhere: "no such host" },
  ),
};
