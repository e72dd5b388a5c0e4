import { daemonKey, engineKey } from "../../lib/core/machine-key";

test.each([
  ["unix:///var/run/docker.sock", "unix:///run/docker.sock"],
  ["unix:///var/run/docker.sock", "unix:///var//run/./x/../docker.sock"],
  ["ssh://root@Rack1:22", "ssh://rack1"],
  ["qemu+ssh://ops@rack1/system", "qemu+libssh2://rack1/system"],
])("%s and %s are one daemon", (one, other) => {
  expect(engineKey(one)).toBe(engineKey(other));
  expect(daemonKey(one)).toBe(daemonKey(other));
});

test.each([
  ["qemu:///system", "qemu:///system?socket=/var/run/libvirt/libvirt-sock"],
  ["qemu:///system?socket=/run/two/sock", "qemu:///system?socket=/var/run/two/./sock"],
])("%s and %s are one libvirt", (one, other) => {
  expect(daemonKey(one)).toBe(daemonKey(other));
});

test.each([
  ["unix:///run/docker.sock", "unix:///run/user/1000/docker.sock"],
  ["unix:///var/run/docker.sock", "unix:///srv/var/run/docker.sock"],
  ["tcp://rack1:2376", "tcp://rack1:2377"],
  ["qemu:///system", "qemu:///session"],
  ["qemu:///system", "qemu:///system?socket=/run/two/sock"],
])("%s and %s are two daemons", (one, other) => {
  expect(daemonKey(one)).not.toBe(daemonKey(other));
});
