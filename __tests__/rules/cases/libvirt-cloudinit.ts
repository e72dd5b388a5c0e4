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
  "libvirt/cloudinit-disk/content-taken": cloudinit(
    { user_data: "#cloud-config\n" },
    "'meta_data' must make the content another one for each disk, got the content of libvirt_cloudinit_disk.other (give each an instance-id of its own)",
    { user_data: "#cloud-config\n", meta_data: "instance-id: b" },
    {
      beside: {
        libvirt_cloudinit_disk: { other: { name: "other", meta_data: "instance-id: a", user_data: "#cloud-config\n" } },
      },
      read: true,
    },
  ),
  "libvirt/cloudinit-disk/secret-in-user-data": cloudinit(
    { user_data: "#cloud-config\npassword: hunter2\n" },
    "'user_data' must hold neither a password nor a private key, got one (let users in by their ssh keys)",
    { user_data: "#cloud-config\n" },
    { read: true },
  ),
  "libvirt/cloudinit-disk/user-data-map": cloudinit(
    { user_data: "#cloud-config\n- users: []\n" },
    "'user_data' must hold keys such as users: below #cloud-config, got a list",
    { user_data: "#cloud-config\nusers: []\n" },
    { read: true },
  ),
  "libvirt/cloudinit-disk/meta-data": cloudinit(
    { user_data: "#cloud-config\n", meta_data: "local-hostname: a" },
    `'meta_data' must be YAML with an instance-id, got "local-hostname: a"`,
    { user_data: "#cloud-config\n" },
    { read: true },
  ),
};
