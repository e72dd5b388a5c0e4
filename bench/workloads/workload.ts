/**
 * Makes a stack of `count` things in a folder and synthesizes it. What need not be timed is done before; what is returned is
 * what is timed.
 */
export type Workload = (count: number, folder: string) => () => void;

/** What every service of a pair is made of, for whoever makes it. */
export const PAIR = {
  name: (index: number) => `app-${index}`,
  image: (index: number) => `registry.example/app-${index}:1.0.0`,
  port: (index: number) => 10_000 + index,
  folder: (index: number) => `/srv/app-${index}`,
} as const;

/** The provider block of a pair's host, as berth renders it. */
export const DOCKER = { alias: "docker", host: "unix:///var/run/docker.sock", certPath: "", context: "" };

/** The container of a pair as berth renders it, written by hand. */
export function containerOf(index: number, image: string) {
  return {
    name: PAIR.name(index),
    image,
    restart: "unless-stopped",
    mustRun: true,
    destroyGraceSeconds: 10,
    labels: [
      { label: "berth.hash", value: "0123456789abcdef" },
      { label: "team", value: "web" },
    ],
    env: ["LEVEL=info", "PORT=80"],
    ports: [{ internal: 80, external: PAIR.port(index), ip: "127.0.0.1", protocol: "tcp" }],
    volumes: [{ hostPath: PAIR.folder(index), containerPath: "/data" }],
  };
}

/** What every guest is made of. */
export const GUEST = {
  name: (index: number) => `vm-${index}`,
  url: "https://images.example/debian-12.qcow2",
  key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPbYpT9lkmFQyFXnVYZIXKh1Hc2cVnK3BMxTpgFHcJy ops",
  subnet: "10.77.0.0/24",
  folder: "/var/lib/libvirt/berth",
} as const;
