import { App } from "cdktf";
import { DockerHost, HostStack, KvmHost } from "../../lib/index";
import { synth } from "../../lib/testing";

/** What the state holds on a host is destroyed by the host's provider block: it must outlive the last thing on it. */
test("a host of the code has its provider block, whether anything stands on it or not", () => {
  const stack = new HostStack(new App(), "st");
  new DockerHost(stack, "docker");
  new KvmHost(stack, "kvm");
  const { provider } = synth(stack).template.json as { provider: Record<string, readonly { alias: string }[]> };
  expect(Object.entries(provider).map(([name, blocks]) => [name, blocks.map(({ alias }) => alias)])).toEqual([
    ["docker", ["docker"]],
    ["libvirt", ["kvm"]],
  ]);
});
