import type { SeenContainer } from "../../lib/operate/recover/sight";
import { ALL, container, found, said, stackWith, stateOf } from "./recover-world";

test("what is off says what a plan would make of it, by the line of the provider", () => {
  const reasons = (docker: string, status: string, networks: object = { back: { NetworkID: "net1" } }) => {
    const seen = { ...container(status), NetworkSettings: { Networks: networks } } as SeenContainer;
    const { steps } = found(stateOf(ALL), { engine: { containers: new Map([["web", seen]]) } }, stackWith(docker));
    return steps.map(({ reason, inPlan }) => `${reason}${inPlan ? " (in plan)" : ""}`);
  };
  const [old, current] = [">= 3.9.0, < 4.0.0", ">= 4.5.0, < 5.0.0"];
  const paused = "container web is paused, which Terraform does not see: a plan is empty";
  const apart = "container web is not on network back, which Terraform does not see: a plan is empty";
  expect(reasons(old, "exited")).toEqual([
    "container web is exited: a plan would remove it, and an apply create it again: what it wrote outside of its volumes would be lost",
  ]);
  expect(reasons(current, "exited")).toEqual(["container web is exited: the next apply starts it (in plan)"]);
  expect(reasons(old, "paused")).toEqual([paused]);
  expect(reasons(current, "paused")).toEqual([paused]);
  expect(reasons(current, "paused", {})).toEqual([apart, paused]);
  const added =
    "container web is on network other, which the code does not put it on, and which Terraform does not see: a plan is empty";
  expect(reasons(current, "running", { other: { NetworkID: "net9" } })).toEqual([apart, added]);
});

test("a container comes back to its networks with its addresses there, unless the network is another one", () => {
  const document = stackWith(">= 4.5.0, < 5.0.0");
  const [web] = document.resources("docker_container");
  Object.assign(web?.body ?? {}, {
    networks_advanced: [{ name: "${docker_network.back.id}", aliases: ["a", "b"], ipv4_address: "10.1.0.9" }],
  });
  const apart = { ...container("running"), NetworkSettings: { Networks: {} } };
  const engine = { containers: new Map([["web", apart]]) };
  expect(said(stateOf(ALL), { engine }, document)).toEqual([
    "connect docker_container.web: network connect --alias a --alias b --ip 10.1.0.9 back web",
  ]);
  const as = (Aliases: string[], IPv4Address: string) => ({
    containers: new Map([
      [
        "web",
        {
          ...container("running"),
          NetworkSettings: { Networks: { back: { NetworkID: "net1", Aliases, IPAMConfig: { IPv4Address } } } },
        },
      ],
    ]),
  });
  expect(said(stateOf(ALL), { engine: as(["x", "a", "b"], "10.1.0.9") }, document)).toEqual([]);
  const again =
    "connect docker_container.web: network disconnect back web && network connect --alias a --alias b --ip 10.1.0.9 back web";
  expect(said(stateOf(ALL), { engine: as(["a"], "10.1.0.9") }, document)).toEqual([again]);
  expect(said(stateOf(ALL), { engine: as(["a", "b"], "") }, document)).toEqual([again]);
  const networks = new Map([["back", { Id: "net2", Name: "back" }]]);
  expect(said(stateOf(ALL), { engine: { ...engine, networks } }, document)).toEqual([
    expect.stringMatching(/^import docker_network\.back/),
  ]);
});

test("a container is taken off a network that the code does not put it on, after somebody said yes", () => {
  const on = (networks: object, body: object = {}) => {
    const document = stackWith(">= 4.5.0, < 5.0.0");
    Object.assign(document.resources("docker_container")[0]?.body ?? {}, body);
    const seen = { ...container("running"), NetworkSettings: { Networks: networks } } as SeenContainer;
    return said(stateOf(ALL), { engine: { containers: new Map([["web", seen]]) } }, document);
  };
  const back = { back: { NetworkID: "net1" } };
  const bridge = { bridge: { NetworkID: "net0" } };
  const none = { networks_advanced: [] };
  const gone = "disconnect docker_container.web: network disconnect bridge web (holds data)";
  expect(on({ ...back, ...bridge })).toEqual([gone]);
  expect(on(bridge, none)).toEqual([]);
  expect(on(bridge, { ...none, network_mode: "default" })).toEqual([]);
  expect(on({ host: { NetworkID: "net8" } }, { ...none, network_mode: "host" })).toEqual([]);
  expect(on({ none: { NetworkID: "net7" } }, { ...none, network_mode: "none" })).toEqual([]);
  expect(on({ ...back, ...bridge }, none)).toEqual([
    "disconnect docker_container.web: network disconnect back web (holds data)",
  ]);
});
