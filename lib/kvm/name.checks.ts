import type { Problems } from "../core/problems";

/** What berth takes for a name of libvirt's: it becomes a host name, and part of file names. libvirt itself takes more. */
export function checkName(name: string, problems: Problems): void {
  problems.check(
    /^[a-zA-Z0-9][\w.+-]{0,62}$/.test(name),
    "name",
    "be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit",
    name,
  );
}
