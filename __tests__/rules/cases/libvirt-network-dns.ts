import type { Case } from "./case";
import { network } from "./network-parts";

export const libvirtNetworkDnsCases: Readonly<Record<string, Case>> = {
  "libvirt/network/name": network(
    { name: "" },
    `'name' must be 1 to 200 characters, without '/' and line breaks, got ""`,
    { name: "berth-rule-own" },
  ),
  "libvirt/network/dns-host": network(
    { dns: { host: [{ ip: "web", hostnames: [{ hostname: "a" }] }] } },
    `'dns.host.0.ip' must be an address, got "web"`,
    {
      dns: { host: [{ ip: "10.0.0.5", hostnames: [{ hostname: "a" }] }] },
    },
  ),
  "libvirt/network/dns-host-names": network(
    { dns: { host: [{ ip: "10.0.0.5", hostnames: [] }] } },
    "'dns.host.0.hostnames' must name at least one host, got none",
    {
      dns: { host: [{ ip: "10.0.0.5", hostnames: [{ hostname: "a" }] }] },
    },
  ),
  "libvirt/network/dns-text": network(
    { dns: { tx_ts: [{ name: "a b", value: "c" }] } },
    `'dns.tx_ts.0.name' must have no spaces, got "a b"`,
    {
      dns: { tx_ts: [{ name: "a", value: "b c" }] },
    },
  ),
  "libvirt/network/dns-forwarder": network(
    { dns: { forwarders: [{ addr: "dns.example" }] } },
    `'dns.forwarders.0.addr' must be an address, got "dns.example"`,
    {
      dns: { forwarders: [{ addr: "9.9.9.9" }] },
    },
  ),
  "libvirt/network/dns-enable": network({ dns: { enable: "true" } }, `'dns.enable' must be "yes" or "no", got "true"`, {
    dns: { enable: "yes" },
  }),
  "libvirt/network/local-domain": network(
    { domain: { name: "lan", local_only: "true" } },
    `'domain.local_only' must be "yes" or "no", got "true"`,
    {
      domain: { name: "lan", local_only: "yes" },
    },
  ),
  "libvirt/network/dns-service-port": network(
    { dns: { sr_vs: [{ service: "sip", protocol: "tcp", domain: "a", target: "b", port: 70000 }] } },
    "'dns.sr_vs.0.port' must be 1 to 65535, got 70000",
    { dns: { sr_vs: [{ service: "sip", protocol: "tcp", domain: "a", target: "b", port: 5060 }] } },
  ),
  "libvirt/network/dns-service-protocol": network(
    {
      domain: { name: "team.lan" },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
      dns: { sr_vs: [{ service: "ldap", protocol: "_tcp", domain: "team.lan", target: "db.team.lan", port: 389 }] },
    },
    `'dns.sr_vs.0.protocol' must be "tcp" or "udp", got "_tcp"`,
    {
      domain: { name: "team.lan" },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
      dns: { sr_vs: [{ service: "ldap", protocol: "tcp", domain: "team.lan", target: "db.team.lan", port: 389 }] },
    },
  ),
};
