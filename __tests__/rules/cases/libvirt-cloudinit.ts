import { type Case, casesOf } from "./case";

const cloudinit = casesOf("libvirt_cloudinit_disk", { name: "seed", meta_data: "instance-id: a" });

export const libvirtCloudinitCases: Readonly<Record<string, Case>> = {
  "libvirt/cloudinit-disk/user-data-head": cloudinit(
    { user_data: "users: []" },
    `'user_data' must begin with what cloud-init reads, got "users: []" (#cloud-config on its first line)`,
    { user_data: "#cloud-config\nusers: []" },
    { read: true },
  ),
  "libvirt/cloudinit-disk/user-data-yaml": cloudinit(
    { user_data: "#cloud-config\nusers:\n\t- name: a" },
    "'user_data' must be YAML that can be read, got tab characters must not be used in indentation (3:1)",
    { user_data: "#cloud-config\nusers: []" },
    { read: true },
  ),
};
