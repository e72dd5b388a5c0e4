import { TerraformStack } from "cdktf";
import { acknowledge, DockerHost, DockerService, enforceRules, HostStack } from "../../lib/index";
import { DockerProvider, Network } from "../../lib/providers/docker";
import { Network as Lan, LibvirtProvider } from "../../lib/providers/libvirt";
import { synth } from "../../lib/testing";
import { testApp } from "../support/app";

const RULE = "docker/network/subnet-missing";

test("a plain stack gets the schema check and the rules by one call", () => {
  const app = testApp();
  const stack = new TerraformStack(app, "plain");
  new LibvirtProvider(stack, "libvirt", { uri: "qemu:///system", version: "0.9.7" });
  new Lan(stack, "lan", { name: "a/b", bridge: { name: "br0" } });
  expect(stack.node.validate()).toEqual([]);
  enforceRules(stack);
  enforceRules(stack);
  expect(stack.node.validate()).toEqual([
    expect.stringMatching(/^\[plain\/lan\] 'name' must .*, got "a\/b".* \[libvirt\/network\/name\]$/),
  ]);
});

test("a warning that is meant is acknowledged, on a construct and all below it", () => {
  const build = (say: boolean) => {
    const stack = new HostStack(testApp(), "st");
    const provider = new DockerProvider(stack, "docker", { version: ">= 4.5.0, < 5.0.0" });
    const network = new Network(stack, "net", { provider, name: "net" });
    if (say) {
      acknowledge(network, RULE, "the engine may choose: nobody else has subnets there");
    }
    return synth(stack).warnings;
  };
  expect(build(false)).toEqual([expect.stringContaining(`[${RULE}]`)]);
  expect(build(true)).toEqual([]);
});

test("only a warning can be acknowledged, by its id, and with a reason", () => {
  const stack = new HostStack(testApp(), "st");
  expect(() => acknowledge(stack, "docker/network/subnet-mising", "x")).toThrow(
    new TypeError(
      `[st] 'rule' must be the id of a warning, got "docker/network/subnet-mising" (did you mean "${RULE}"?)`,
    ),
  );
  expect(() => acknowledge(stack, "libvirt/network/name", "x")).toThrow(
    new TypeError(`[st] 'rule' must be the id of a warning, got "libvirt/network/name" (an error must be mended)`),
  );
  expect(() => acknowledge(stack, RULE, " ")).toThrow(
    new TypeError(`[st] 'reason' must say why ${RULE} is meant, got " "`),
  );
});

test("a port that is meant for everybody is acknowledged where it stands", () => {
  const build = (say: boolean) => {
    const stack = new HostStack(testApp(), "st");
    const host = new DockerHost(stack, "docker");
    const web = new DockerService(stack, "web", { host, image: "nginx:1.27.5", ports: ["80:80"] });
    if (say) {
      acknowledge(web, "docker/service/port-on-every-address", "the load balancer asks from outside");
    }
    return synth(stack).warnings;
  };
  expect(build(false)).toEqual([
    `[st/web] 'ports' opens 80 for port 80 on every address of the host, past its firewall (name the address: "127.0.0.1:80:80" for the host alone, "0.0.0.0:80:80" where everybody is meant) [docker/service/port-on-every-address]`,
  ]);
  expect(build(true)).toEqual([]);
});
