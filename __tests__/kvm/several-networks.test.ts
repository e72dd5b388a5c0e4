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
