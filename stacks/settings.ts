import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { DockerLine } from "../lib/index";
import { type Digest, FileSource, GuestImage, Size } from "../lib/index";

/** What the example stacks take from their surroundings; everything has a default for a plain Linux machine. */
export interface Settings {
  readonly kvmUri: string;
  readonly kvmEmulated: boolean;
  readonly dockerHost: string;
  readonly dockerLine: DockerLine;
  readonly guestImage: GuestImage;
  readonly installer: FileSource;
  readonly containerImage: string;
  /** Mirror that the engine inside a guest asks first. */
  readonly registryMirror: string | undefined;
  /** Undefined where nobody set it: the stacks then use an example key, and say so. */
  readonly sshKey: string | undefined;
}

const FOCAL = "https://cloud-images.ubuntu.com/releases/focal/release-20250624/ubuntu-20.04-server-cloudimg-amd64.img";
const FOCAL_SHA256 = "18f2977d77dfea1b74aee14533bd21c34f789139e949c57023b7364894b7e5e9";
const FOCAL_ISO = "https://old-releases.ubuntu.com/releases/20.04.3/ubuntu-20.04.3-live-server-amd64.iso";
const FOCAL_ISO_SHA256 = "f8e3086f3cea0fb3fefb29937ab5ed9d19e767079633960ccb50e76153effc98";
const NGINX = "nginx:1.27.5@sha256:6784fb0834aa7dbbe12e3d7471e69c290df3e6ba810dc38b34ae33d3c1c05f7d";

/**
 * Reads the environment, and nothing else.
 *
 * | variable | what it sets | default |
 * | --- | --- | --- |
 * | `BERTH_KVM_URI` | libvirt connection | `qemu:///system` |
 * | `BERTH_KVM_EMULATED` | `1` emulates the processor, for hosts without KVM | off |
 * | `BERTH_DOCKER_HOST` | Docker engine | `unix:///var/run/docker.sock` |
 * | `BERTH_DOCKER_LINE` | line of the Docker provider, `3.9` or `4` | `4` |
 * | `BERTH_GUEST_IMAGE_URL`, `BERTH_GUEST_IMAGE_SHA256` | cloud image of the guest | Ubuntu 20.04 |
 * | `BERTH_INSTALLER_URL`, `BERTH_INSTALLER_SHA256` | installation medium | Ubuntu 20.04.3 live server |
 * | `BERTH_CONTAINER_IMAGE` | image of the container | nginx 1.27.5, pinned |
 * | `BERTH_REGISTRY_MIRROR` | registry mirror of the engine inside a guest | none |
 * | `BERTH_SSH_KEY` | your OpenSSH public key | an example key that nobody has |
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const value = (name: string) => environment[name] || undefined;
  const imageUrl = value("BERTH_GUEST_IMAGE_URL");
  const installerUrl = value("BERTH_INSTALLER_URL");
  const emulated = value("BERTH_KVM_EMULATED");
  return {
    kvmUri: value("BERTH_KVM_URI") ?? "qemu:///system",
    kvmEmulated: emulated === "1" || emulated === "true",
    dockerHost: value("BERTH_DOCKER_HOST") ?? "unix:///var/run/docker.sock",
    dockerLine: (value("BERTH_DOCKER_LINE") ?? "4") as DockerLine,
    guestImage: imageUrl
      ? GuestImage.fromUrl(imageUrl, digest(value("BERTH_GUEST_IMAGE_SHA256")))
      : GuestImage.fromUrl(FOCAL, { sha256: FOCAL_SHA256, virtualSize: Size.bytes(2_361_393_152) }),
    installer: installerUrl
      ? FileSource.fromUrl(installerUrl, digest(value("BERTH_INSTALLER_SHA256")))
      : FileSource.fromUrl(FOCAL_ISO, { sha256: FOCAL_ISO_SHA256 }),
    containerImage: value("BERTH_CONTAINER_IMAGE") ?? NGINX,
    registryMirror: value("BERTH_REGISTRY_MIRROR"),
    sshKey: value("BERTH_SSH_KEY"),
  };
}

function digest(sha256: string | undefined): Digest {
  return sha256 === undefined ? {} : { sha256 };
}

/** Nobody has the private half of this key. */
export const EXAMPLE_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq example";

/** Says on a guest that only the example key opens it. */
export function warnOfExampleKey(guest: Construct, settings: Settings): void {
  if (settings.sshKey === undefined) {
    Annotations.of(guest).addWarning(
      "'users' holds an example key that nobody has the private half of (set BERTH_SSH_KEY to your own public key)",
    );
  }
}
