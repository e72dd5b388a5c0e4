import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Annotations, App } from "cdktf";
import { DockerHost, DockerService, HostStack, LOCK_FILE_CONTEXT } from "../../lib/index";
import { TerraformData } from "../../lib/providers/terraform/terraform-data";
import { describeApp } from "../../lib/stack/describe";

/** Everything that one synthesis in a folder of its own writes. */
function written(): { files: Record<string, string>; said: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-manifest-"));
  const outdir = path.join(folder, "cdktf.out");
  const app = new App({ outdir, context: { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") } });
  const net = new HostStack(app, "net");
  const base = new TerraformData(net, "base", { input: "1" });
  const shop = new HostStack(app, "shop");
  new DockerService(shop, "web", { host: new DockerHost(shop, "docker"), image: "nginx:1.27.5", ports: ["80:80"] });
  new TerraformData(shop, "over", { input: base.output });
  Annotations.of(shop).addWarning("look at this");
  app.synth();
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return {
    files: Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")])),
    said: describeApp(app).replaceAll(outdir, "OUT"),
  };
}

test("two syntheses in two folders write the same bytes, warnings and all", () => {
  const { files } = written();
  expect(files).toEqual(written().files);
  expect(files["cdktf.out/manifest.json"]).toContain("look at this");
  expect(files["cdktf.out/manifest.json"]).not.toContain(__dirname);
});

test("the summary says which stack comes first", () => {
  expect(written().said).toContain(
    "  next:\n    first: apply net, which this stack takes values of\n    terraform -chdir=OUT/stacks/shop init",
  );
});
