import { renderUserData } from "../../lib/cloud-init/user-data";
import { Problems } from "../../lib/core/problems";
import { HostStack, type IKvmNetwork, KvmHost, KvmNetwork } from "../../lib/index";
import { resolveInterfaces } from "../../lib/kvm/guest-interfaces.model";
import { testApp } from "../support/app";

function interfacesOn(...modes: ("nat" | "open" | "isolated" | "bridge")[]): (string | undefined)[] {
  const stack = new HostStack(testApp(), "st");
  const host = new KvmHost(stack, "kvm");
  const networks = modes.map(
    (mode, n): IKvmNetwork =>
      mode === "bridge"
        ? KvmNetwork.fromBridge(stack, `n${n}`, { host, bridge: "br0" })
        : new KvmNetwork(stack, `n${n}`, { host, subnet: `10.${n}.0.0/24`, mode }),
  );
  return resolveInterfaces("st/vm", host, networks, new Problems()).map(({ fixed }) => fixed?.split(".")[1]);
}

test("one network alone gives the default route: the first that leads outside", () => {
  expect(interfacesOn("nat")).toEqual([undefined]);
  expect(interfacesOn("nat", "open", "isolated")).toEqual([undefined, "1", "2"]);
  expect(interfacesOn("isolated", "nat")).toEqual(["0", undefined]);
  expect(interfacesOn("open", "bridge")).toEqual(["0", undefined]);
  expect(interfacesOn("isolated", "open")).toEqual([undefined, "1"]);
});

test("no boot script starts after one that failed", () => {
  const base = { hostname: "vm", timezone: undefined, users: [], packages: [], files: [] };
  const rest = { firstBootScript: undefined, makesHostKeys: true };
  expect(renderUserData({ ...base, ...rest, bootScripts: ["one"] })).toContain(
    "bootcmd:\n  - - /bin/sh\n    - -c\n    - one\n",
  );
  const several = renderUserData({ ...base, ...rest, bootScripts: ["one", "two"] });
  expect(several).toContain(
    'bootcmd:\n  - - /bin/sh\n    - -c\n    - for script; do /bin/sh -c "$script" || exit 1; done\n    - boot\n    - one\n    - two\n',
  );
});
