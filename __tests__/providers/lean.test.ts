import { Lazy, TerraformStack } from "cdktf";
import { Container, DockerProvider, Image } from "../../lib/providers/docker";
import { Domain } from "../../lib/providers/libvirt";
import { standOn } from "../../lib/providers/terraform/stand-on";
import { TerraformData } from "../../lib/providers/terraform/terraform-data";
import { synth } from "../../lib/testing";
import { testApp, testStack } from "../support/app";

const LINE = ">= 4.5.0, < 5.0.0";

describe("a lean resource", () => {
  test("never lets an override reach another resource or the caller's own objects", () => {
    const stack = testStack();
    new DockerProvider(stack, "docker", { version: LINE });
    const shared = { name: "a", image: "i", destroyGraceSeconds: 1, ports: [{ internal: 80 }] };
    const first = new Container(stack, "a", shared);
    new Container(stack, "b", { ...shared, name: "bb" });
    first.addOverride("name", "aa");
    first.addOverride("ports.0.external", 99);
    const ports = synth(stack)
      .template.all(Container)
      .map(({ ports: own }) => own);
    expect(ports).toEqual([[{ internal: 80, external: 99 }], [{ internal: 80 }]]);
    expect(shared).toEqual({ name: "a", image: "i", destroyGraceSeconds: 1, ports: [{ internal: 80 }] });
  });

  test("writes what a lazy value gives in Terraform's names, and keeps the keys of maps", () => {
    const stack = testStack();
    new DockerProvider(stack, "docker", { version: LINE });
    new Container(stack, "c", {
      name: "cc",
      image: "i",
      destroyGraceSeconds: 1,
      volumes: Lazy.anyValue({ produce: () => [{ hostPath: "/a", containerPath: "/b", readOnly: true }] }),
      logDriver: "loki",
      logOpts: Lazy.anyValue({ produce: () => ({ maxSize: "1m" }) }),
      sysctls: { "net.core.somaxconn": "1", "net.camelCase": "2" },
    });
    const { volumes, log_opts, sysctls } = synth(stack).template.only(Container);
    expect({ volumes, log_opts, sysctls }).toEqual({
      volumes: [{ host_path: "/a", container_path: "/b", read_only: true }],
      log_opts: { maxSize: "1m" },
      sysctls: { "net.core.somaxconn": "1", "net.camelCase": "2" },
    });
  });

  test("keeps what a foreign lifecycle says beside its own triggers", () => {
    const stack = new TerraformStack(testApp(), "stack");
    const data = new TerraformData(stack, "t", { input: "x" });
    const domain = new Domain(stack, "d", {
      name: "d",
      type: "kvm",
      memory: 1,
      lifecycle: { replaceTriggeredBy: ["terraform_data.other"], ignoreChanges: ["title"] },
    });
    domain.replaceOn(data);
    domain.replaceOn(data);
    domain.replaceOn(data, "id");
    const [rendered] = Object.values(
      (domain.toTerraform() as { resource: { libvirt_domain: Record<string, unknown> } }).resource.libvirt_domain,
    );
    expect((rendered as { lifecycle: unknown }).lifecycle).toEqual({
      replace_triggered_by: ["terraform_data.other", "terraform_data.t", "terraform_data.t.id"],
      ignore_changes: ["title"],
    });
  });

  test("fails to trigger across stacks, and stands across them all the same", () => {
    const app = testApp();
    const one = new TerraformStack(app, "one");
    const two = new TerraformStack(app, "two");
    const base = new TerraformData(one, "base", { input: "x" });
    const dependent = new TerraformData(two, "dependent", { input: "y" });
    expect(() => dependent.replaceOn(base)).toThrow(
      new Error(
        "[two/dependent] 'replaceOn' must name a resource of the same stack, got one/base " +
          "(trigger on a terraform_data of this stack that takes the other stack's value)",
      ),
    );
    expect(() => dependent.dependOn(base)).toThrow(
      new Error(
        "[two/dependent] 'dependOn' must name a resource of the same stack, got one/base " +
          "(let the stack depend on the other one: addDependency)",
      ),
    );
    standOn(dependent, base);
    standOn(dependent, base);
    const { template } = synth(two);
    expect(template.byPath("two/stands-on-one-base")).toEqual({
      triggers_replace: [
        "${data.terraform_remote_state.cross-stack-reference-input-one.outputs.cross-stack-output-terraform_databaseid}",
      ],
    });
    expect(template.byPath("two/dependent")).toEqual({
      input: "y",
      lifecycle: { replace_triggered_by: ["terraform_data.stands-on-one-base.id"] },
    });
  });

  test("runs a script by its file, so that an error does not repeat its text", () => {
    const stack = testStack();
    new TerraformData(stack, "run", {
      localExec: { file: "${path.module}/files/a/run.sh", environment: { camelCase: "v" } },
    });
    expect(synth(stack).template.only(TerraformData).provisioner).toEqual([
      {
        "local-exec": {
          interpreter: ["/bin/sh"],
          command: "${path.module}/files/a/run.sh",
          environment: { camelCase: "v" },
        },
      },
    ]);
  });
});

test("two lines of a provider in one stack are refused", () => {
  const stack = testStack();
  new DockerProvider(stack, "new", { version: LINE, alias: "new" });
  new DockerProvider(stack, "old", { version: ">= 3.9.0, < 4.0.0", alias: "old" });
  new Image(stack, "i", { name: "nginx:1" });
  const fix = "(give hosts of different lines stacks of their own)";
  expect(() => synth(stack)).toThrow(
    new Error(
      "2 problems in 2 constructs; no HostStack was written.\n" +
        `  [stack/new] 'version' must be the same for every docker provider of a stack, got "${LINE}" and ">= 3.9.0, < 4.0.0" at stack/old ${fix}\n` +
        `  [stack/old] 'version' must be the same for every docker provider of a stack, got ">= 3.9.0, < 4.0.0" and "${LINE}" at stack/new ${fix}\n`,
    ),
  );
});
