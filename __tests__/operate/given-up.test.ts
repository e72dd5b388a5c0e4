import type { ResourceChange, Values } from "../../lib/operate/plan";
import { change, plan, said } from "./plans";

describe("what is taken from something that gives it up in the same apply", () => {
  const gone = (type: string, before: Values) => change(`${type}.old`, { actions: ["delete"], before, after: null });
  const replaced = (type: string, id: string, before: Values, after: Values) =>
    change(`${type}.${id}`, { actions: ["delete", "create"], before, after });
  const made = (type: string, after: Values) => change(`${type}.new`, { actions: ["create"], before: null, after });
  const rowOf = (...changes: readonly ResourceChange[]) => said(plan(changes)).find((row) => !/\.old:/.test(row));
  const port = (external: number, ip = "0.0.0.0", protocol = "tcp") => ({
    ports: [{ internal: 80, external, ip, protocol }],
  });
  const subnet = (text: string) => ({ ipam_config: [{ subnet: text }] });

  test.each([
    [
      "a name",
      gone("docker_container", { name: "web" }),
      replaced("docker_container", "api", { name: "api" }, { name: "web" }),
      "docker_container.api: fails: the name web is that of docker_container.old, which gives it up in the same apply, before or after: remove that one first, apply, then go on",
    ],
    [
      "a port",
      gone("docker_container", { name: "web", ...port(80) }),
      made("docker_container", { name: "api", ...port(80, "127.0.0.1") }),
      "docker_container.new: fails: port 127.0.0.1:80/tcp is that of docker_container.old, which gives it up in the same apply, before or after: remove that one first, apply, then go on",
    ],
    [
      "a subnet, or a part of one",
      gone("docker_network", { name: "back", ...subnet("172.30.0.0/16") }),
      made("docker_network", { name: "front", ...subnet("172.30.4.0/24") }),
      "docker_network.new: fails: subnet 172.30.4.0/24 is that of docker_network.old, which gives it up in the same apply, before or after: remove that one first, apply, then go on",
    ],
  ])("%s: the apply may fail", (_, giver, taker, row) => {
    expect(rowOf(giver, taker)).toBe(row);
  });

  test.each([
    ["another address", port(80, "127.0.0.1"), port(80, "127.0.0.2")],
    ["another protocol", port(53), port(53, "0.0.0.0", "udp")],
    ["another port", port(80), port(81)],
    ["any port", port(0), port(0)],
  ])("%s is nobody's else", (_, before, after) => {
    expect(
      rowOf(gone("docker_container", { name: "web", ...before }), made("docker_container", { name: "api", ...after })),
    ).toBe("docker_container.new: none: created");
  });

  test("what is replaced and has it again gives nothing up, and what is made again takes it from nobody", () => {
    const again = replaced("docker_container", "old", { name: "web", ...port(80) }, { name: "web", ...port(80) });
    expect(said(plan([again]))[0]).toMatch(/^docker_container\.old: replaced: /);
  });
});
