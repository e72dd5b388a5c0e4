/** What resources are called; what has no name here is called by its type. */
const KINDS: Readonly<Record<string, string>> = {
  libvirt_domain: "guest",
  libvirt_network: "network",
  libvirt_pool: "storage pool",
  libvirt_volume: "volume",
  docker_container: "container",
  docker_image: "image",
  docker_network: "Docker network",
  docker_volume: "Docker volume",
};

/** What a type of resource is called. */
export function kindOf(type: string): string {
  return KINDS[type] ?? type;
}

/** The types that have a name of their own here, in the order in which a summary lists them. */
export const KNOWN_KINDS: readonly (readonly [type: string, kind: string])[] = Object.entries(KINDS);
