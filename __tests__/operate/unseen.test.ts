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
  expect(withUnseen([web], { off: [off], inTheWay: [] })).toEqual([web, off]);
});

test("one row a resource: what is stopped for a change is started after it, and what is not stays off", () => {
  const reason = "memory 1 GiB → 2 GiB; guest db is off; berth recover does it";
  for (const found of ["restart", "replaced", "fails"] as const) {
    expect(
      withUnseen([change("libvirt_domain.db", found, "memory 1 GiB → 2 GiB")], { off: [off], inTheWay: [] }),
    ).toEqual([{ ...off, class: found, reason }]);
  }
  for (const found of ["none", "in-place"] as const) {
    expect(
      withUnseen([change("libvirt_domain.db", found, "memory 1 GiB → 2 GiB")], { off: [off], inTheWay: [] }),
    ).toEqual([{ ...off, reason }]);
  }
});

test("what is in the way fails what the plan makes, and nothing else", () => {
  const taken = change("docker_container.web", "fails", "a container web is there that berth did not make");
  const other = change("docker_container.api", "fails", "a container api is there that berth did not make");
  const made = change("docker_container.web", "none", "gone from its host, and created again");
  expect(withUnseen([made], { off: [], inTheWay: [taken, other] })).toEqual([taken]);
});
