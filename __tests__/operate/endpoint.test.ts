import { endpointsOf } from "../../lib/operate/machines/endpoint";
import { Document } from "../../lib/rules/document";

const names = (docker: readonly object[], ...used: readonly string[]) => {
  const containers = used.map((provider, index) => [`c${index}`, { name: `c${index}`, provider }] as const);
  const json = { provider: { docker }, resource: { docker_container: Object.fromEntries(containers) } };
  return endpointsOf(new Document(json), (text) => text).map(({ name }) => name);
};

test("endpointsOf names a daemon once where ids that a host had lead to it, too", () => {
  const former = { alias: "docker", host: "ssh://ops@rack1" };
  const now = { alias: "engine", host: "ssh://ops@rack1" };
  const other = { alias: "other", host: "ssh://ops@rack2" };
  expect(names([former, now, other], "docker.engine")).toEqual(["docker.engine", "docker.other"]);
  expect(names([now, former, other])).toEqual(["docker.engine", "docker.other"]);
  expect(names([former, now], "docker.engine", "docker.docker")).toEqual(["docker.docker", "docker.engine"]);
});
