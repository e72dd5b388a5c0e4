/** Folders of a host that are not one pool's to remove. */
const SHARED: ReadonlySet<string> = new Set([
  "",
  "/",
  "/tmp",
  "/var/tmp",
  "/var/lib/libvirt/images",
  "/home",
  "/srv",
  "/mnt",
  "/etc",
  "/usr",
  "/var",
  "/root",
  "/boot",
  "/opt",
]);

/** Whether a folder holds more than one thing's files on every machine. */
export function isSharedFolder(path: string): boolean {
  return SHARED.has(path.replace(/\/+$/, ""));
}
