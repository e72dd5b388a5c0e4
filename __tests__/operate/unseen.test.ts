import type { Change } from "../../lib/operate/change-class";
import { withUnseen } from "../../lib/operate/unseen";

const change = (address: string, found: Change["class"], reason: string): Change => ({
  construct: null,
  address,
  class: found,
  reason,
  rule: null,
  alsoHits: [],
});
const off = change("libvirt_domain.db", "ignored", "guest db is off; berth recover does it");

test("what is off is told after the plan, where that has nothing of it", () => {
  const web = change("docker_container.web", "in-place", "memory 1 MiB → 2 MiB");
  expect(withUnseen([web], [off])).toEqual([web, off]);
});

test("one row a resource: what is stopped for a change is started after it, and what is not stays off", () => {
  const reason = "memory 1 GiB → 2 GiB; guest db is off; berth recover does it";
  for (const found of ["restart", "replaced", "fails"] as const) {
    expect(withUnseen([change("libvirt_domain.db", found, "memory 1 GiB → 2 GiB")], [off])).toEqual([
      { ...off, class: found, reason },
    ]);
  }
  for (const found of ["none", "in-place"] as const) {
    expect(withUnseen([change("libvirt_domain.db", found, "memory 1 GiB → 2 GiB")], [off])).toEqual([
      { ...off, reason },
    ]);
  }
});
