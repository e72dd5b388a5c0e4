import * as fs from "node:fs";
import * as path from "node:path";
import { Container } from "@cdktf/provider-docker/lib/container";
import { Image } from "@cdktf/provider-docker/lib/image";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import {
  Aspects,
  AssetType,
  DataTerraformRemoteStateLocal,
  Fn,
  type IResolvable,
  Lazy,
  LocalBackend,
  Op,
  TerraformAsset,
  TerraformCount,
  TerraformElement,
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import { Network } from "../../lib/providers/docker/network";
import { TerraformData } from "../../lib/providers/terraform/terraform-data";

/** Two stacks of one app, and what the first steps put into them. */
export interface World {
  readonly mine: TerraformStack;
  readonly folder: string;
  /** A number of the step's own: ids and values are made of it. */
  readonly n: number;
  /** Something of this stack, and something of the other one. */
  readonly near: TerraformData;
  readonly far: TerraformData;
  readonly container: Container;
}

const data = ({ mine, n }: World, input: string | IResolvable) => new TerraformData(mine, `data-${n}`, { input });

/** A token of one's own that gives what a function gives. */
const token = (value: () => unknown): IResolvable => ({
  creationStack: [],
  resolve: () => value(),
  toString: () => "token",
});

/** An element that renders what it is given. */
class Raw extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly rendered: object,
  ) {
    super(scope, id);
  }

  public override toTerraform(): object {
    return this.rendered;
  }
}

/** Shows its value to who asks a token for it, and to nobody else. */
class Hidden {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  public resolve(): string {
    return this.#value;
  }
}

/**
 * Everything that cdktf lets users put into a stack, each a step that adds one thing: what a stack of berth's must write as
 * cdktf's own does. Names say what is tried.
 */
export const STEPS: Readonly<Record<string, (world: World) => void>> = {
  "a plain value": (world) => data(world, `text-${world.n} with \${ and -1e5, side-effect 3e123`),
  "a reference": (world) => data(world, world.near.output),
  "a reference in a text": (world) => data(world, `<${world.near.output}> \${path.module}`),
  "a reference to the other stack": (world) => data(world, world.far.output),
  "a reference of one's own class to the other stack": (world) => data(world, world.far.reference("output")),
  "a number": (world) =>
    data(
      world,
      token(() => Token.asNumber(world.near.getNumberAttribute("output"))),
    ),
  "a number in a text": (world) => data(world, `n=${Token.asNumber(world.near.getNumberAttribute("output"))}`),
  "a number of the other stack in a text": (world) =>
    data(world, `n=${Token.asNumber(world.far.getNumberAttribute("output"))}`),
  "a list": (world) =>
    data(
      world,
      token(() => world.near.getListAttribute("output")),
    ),
  "a list of numbers of the other stack": (world) =>
    data(
      world,
      token(() => world.far.getNumberListAttribute("output")),
    ),
  "a list of numbers that cdktf made": ({ mine, n, near }) =>
    new TerraformLocal(mine, `local-${n}`, { ports: Token.asNumberList(near.interpolationForAttribute("output")) }),
  "a token as a key": ({ mine, n, near }) =>
    new TerraformLocal(mine, `local-${n}`, {
      [`key-${near.output}`]: n,
      [`${Lazy.stringValue({ produce: () => "k" })}`]: 1,
    }),
  "a map of any": ({ mine, n, near }) =>
    new TerraformLocal(mine, `local-${n}`, Token.asAnyMap(near.interpolationForAttribute("output"))),
  "a local with a date and nothing": ({ mine, n }) =>
    new TerraformLocal(mine, `local-${n}`, {
      empty: {},
      none: null,
      list: [],
      undefined: undefined,
      deep: [{ a: undefined }, undefined],
    }),
  functions: (world) => data(world, Fn.join("-", [world.near.id, "x", Fn.upper("${y}")])),
  "functions of the other stack": (world) => data(world, Fn.base64encode(world.far.output)),
  operators: (world) =>
    data(
      world,
      token(() => Op.add(world.near.getNumberAttribute("output"), 2)),
    ),
  "an output": ({ mine, n, near }) =>
    new TerraformOutput(mine, `out-${n}`, { value: near.output, sensitive: n % 2 === 0 }),
  "an output deep in the tree": ({ mine, n, far }) =>
    new TerraformOutput(new Construct(new Construct(mine, `deep-${n}`), "in"), "out", { value: far.id }),
  "a variable": (world) =>
    data(world, new TerraformVariable(world.mine, `var-${world.n}`, { type: "string", default: "d" }).stringValue),
  "an override": ({ near, n, far }) => {
    near.addOverride(`input_${n}`, undefined);
    near.addOverride(`nested.a${n}`, { reference: near.id, far: far.id, list: [n, undefined] });
  },
  "an override with a token": ({ near, n }) =>
    near.addOverride(
      `token_${n}`,
      token(() => ({ of: n })),
    ),
  "an override of the stack": ({ mine, n, near }) => {
    mine.addOverride("terraform.required_version", ">= 1.4");
    mine.addOverride(`locals.l${n}`, [n, { "a.b": null, gone: undefined }, near.id]);
  },
  "an override of the stack that is a token": ({ mine, n }) =>
    mine.addOverride(
      `locals.t${n}`,
      token(() => ({ n, self: undefined })),
    ),
  "an override of the stack that is a token, over what is there": ({ mine, near }) => {
    mine.addOverride(
      `resource.terraform_data.${near.friendlyUniqueId}`,
      Lazy.anyValue({ produce: () => ({ input: "other" }) }),
    );
  },
  "an override of the stack over what is there": ({ mine, near, n }) => {
    mine.addOverride(`resource.terraform_data.${near.friendlyUniqueId}.lifecycle`, { create_before_destroy: true });
    mine.addOverride(`resource.terraform_data.${near.friendlyUniqueId}.depends_on`, [`terraform_data.x${n}`]);
    mine.addOverride("output", undefined);
  },
  "an override of the stack within an order": ({ mine, n, near }) => {
    const made = new TerraformData(mine, `data-${n}`, { input: "x", dependsOn: [near] });
    mine.addOverride(`resource.terraform_data.${made.friendlyUniqueId}.depends_on.0`, { changed: n });
    new TerraformOutput(mine, `out-${n}`, { value: made.dependsOn?.join() });
  },
  "an override of the stack through what holds nothing": ({ mine, n }) => {
    mine.addOverride("locals.plain", n);
    mine.addOverride("locals.plain.deeper", [n]);
  },
  dependsOn: ({ mine, n, near, container }) =>
    new TerraformData(mine, `data-${n}`, { input: "x", dependsOn: [near, container] }),
  lifecycle: ({ mine, n, near }) => {
    const made = new TerraformData(mine, `data-${n}`, {
      input: "x",
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: ["input"],
        precondition: [{ condition: Op.eq(near.output, "x"), errorMessage: `${near.id} is wrong` }],
      },
    });
    made.replaceOn(near);
    made.dependOn(near);
  },
  count: ({ mine, n }) => {
    const count = TerraformCount.of(n + 1);
    new TerraformData(mine, `data-${n}`, { input: `i ${count.index}`, count });
  },
  iterators: ({ mine, n, near }) => {
    const list = TerraformIterator.fromList([near.id, "b"]);
    new TerraformData(mine, `data-${n}`, { input: list.value, forEach: list });
    const map = TerraformIterator.fromMap({ a: { v: "1" }, b: { v: "2" } });
    new Image(mine, `each-${n}`, { forEach: map, name: map.getString("v") });
  },
  "a dynamic block": ({ mine, n }) => {
    const ports = TerraformIterator.fromList(["80", "443"]);
    const block = ports.dynamic({ internal: ports.value });
    new Container(mine, `dynamic-${n}`, { name: `dynamic-${n}`, image: "i", ports: block });
  },
  provisioners: ({ mine, n }) =>
    new TerraformData(mine, `data-${n}`, {
      localExec: { file: "${path.module}/files/a.sh", environment: { N: `${n}` } },
    }),
  moved: ({ mine, n, near }) => {
    new TerraformData(mine, `to-${n}`, { input: "x" }).moveFromId(`terraform_data.was-${n}`);
    new TerraformData(mine, `from-${n}`, { input: near.id }).moveToId(`terraform_data.is-${n}`);
  },
  "moved to a target": ({ mine, n }) => {
    new TerraformData(mine, `target-${n}`, { input: "x" }).addMoveTarget(`target ${mine.node.id} ${n}`);
    new TerraformData(mine, `mover-${n}`, { input: "y" }).moveTo(`target ${mine.node.id} ${n}`);
  },
  imported: ({ mine, n }) => new TerraformData(mine, `imported-${n}`, { input: "x" }).importFrom(`id-${n}`),
  "containers of the published bindings": ({ mine, n, near, far }) => {
    const image = new Image(mine, `image-${n}`, { name: `nginx:${n}`, keepLocally: true });
    new Container(mine, `container-${n}`, {
      name: near.output,
      image: image.imageId,
      env: [`A=${far.output}`, "B=2"],
      ports: [{ internal: 80, external: n }],
      labels: [{ label: "a", value: image.repoDigest }],
      sysctls: { "net.ipv4.x": "1" },
    }).addOverride("ports.0.ip", "127.0.0.1");
  },
  "another provider block": ({ mine, n }) =>
    new DockerProvider(mine, `docker-${n}`, { alias: `a${n}`, host: "unix:///x" }),
  "a network of one's own class": ({ mine, n, near }) =>
    new Network(mine, `network-${n}`, { name: near.output, ipamConfig: [{ subnet: `10.${n}.0.0/24` }] }),
  "a module": ({ mine, n, near }) =>
    new TerraformHclModule(mine, `module-${n}`, {
      source: "git::https://modules.example/m",
      variables: { a: near.id, b: [n] },
    }),
  "remote state": (world) => {
    const state = new DataTerraformRemoteStateLocal(world.mine, `state-${world.n}`, { path: "other.tfstate" });
    data(world, state.getString("x"));
  },
  "an asset": (world) => {
    const file = path.join(world.folder, "asset.txt");
    fs.writeFileSync(file, "asset");
    data(
      world,
      new TerraformAsset(world.mine, `asset-${world.n}`, { path: file, type: AssetType.FILE, assetHash: "h" }).path,
    );
  },
  "a stack within the stack": ({ mine, n, near }) => {
    const inner = new TerraformStack(mine, `inner-${n}`);
    new LocalBackend(inner, { path: "inner.tfstate" });
    new TerraformData(inner, "data", { input: near.output });
  },
  "an element that renders tokens, dates and objects of a class": ({ mine, n, near }) =>
    new Raw(mine, `raw-${n}`, {
      locals: {
        [`raw-${n}`]: {
          date: new Date(0),
          dates: [new Date(0)],
          own: Object.assign(Object.create({ inherited: 1 }), { n }),
          id: near.id,
        },
      },
    }),
  "an element that refuses to be read": ({ mine, n, near }) =>
    new Raw(mine, `raw-${n}`, { locals: { [`raw-${n}`]: new Hidden(near.id) } }),
  "an element whose objects the user keeps": ({ mine, n }) => {
    const kept = { list: ["a"], map: { a: "1" } };
    new Raw(mine, `kept-${n}`, { locals: { [`kept-${n}`]: kept, [`twin-${n}`]: kept } });
    mine.addOverride(`locals.kept-${n}.map.b`, "2");
  },
  "an aspect that changes what it visits": ({ mine, n, far }) =>
    Aspects.of(mine).add({
      visit: (node) => {
        if (node instanceof TerraformData) {
          node.addOverride(`aspect_${n}`, [node.id, far.friendlyUniqueId]);
        }
      },
    }),
};
