import { type State, withoutResources, withResource } from "../../lib/operate/machines/state";

const state: State = {
  version: 4,
  terraform_version: "1.11.4",
  serial: 3,
  lineage: "l",
  resources: [
    {
      mode: "managed",
      type: "docker_container",
      name: "web",
      provider: "old",
      instances: [
        { schema_version: 2, attributes: { id: "now" }, private: "bm90ZXM=" },
        { schema_version: 2, attributes: { id: "before" }, deposed: "00000001", dependencies: ["docker_image.web"] },
      ],
    },
    { mode: "data", type: "docker_container", name: "web", provider: "p", instances: [] },
  ],
};
const web = { mode: "managed", type: "docker_container", name: "web", provider: "new" };
const instance = { schema_version: 2, attributes: { id: "other" }, dependencies: ["docker_network.lan"] };

describe("a state with another resource in it", () => {
  test("keeps what is still to be destroyed, the provider's notes, and all else", () => {
    expect(withResource(state, web, instance)).toEqual({
      ...state,
      resources: [
        state.resources[1],
        {
          ...web,
          instances: [{ ...instance, private: "bm90ZXM=" }, state.resources[0]?.instances[1]],
        },
      ],
    });
  });

  test("has what it did not know at its end", () => {
    expect(withResource(withoutResources(state, ["docker_container.web"]), web, instance).resources).toEqual([
      state.resources[1],
      { ...web, instances: [instance] },
    ]);
  });
});
