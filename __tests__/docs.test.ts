import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..");
const EXAMPLES = fs.readdirSync(path.join(ROOT, "examples")).filter((file) => file.endsWith(".ts"));

function below(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    const skip = ["node_modules", "dist", "cdktf.out"].includes(entry.name) || entry.name.startsWith(".");
    return skip ? [] : entry.isDirectory() ? below(full) : [full];
  });
}

const pages = below(ROOT)
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({
    file: path.relative(ROOT, file),
    folder: path.dirname(file),
    text: fs.readFileSync(file, "utf8"),
  }));

test.each(EXAMPLES)("the example %s runs", (file) => {
  const cwd = process.cwd();
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-example-"));
  try {
    process.chdir(folder);
    jest.isolateModules(() => require(path.join(ROOT, "examples", file)));
    expect(log.mock.calls.flat().join("\n")).toMatchSnapshot();
    const stacks = path.join(folder, "cdktf.out", "stacks");
    const written = fs.existsSync(stacks)
      ? fs.readdirSync(stacks).filter((stack) => fs.existsSync(path.join(stacks, stack, "cdk.tf.json")))
      : [];
    expect(written).toEqual(["testing.ts", "policy.ts"].includes(file) ? [] : [file.replace(".ts", "")]);
  } finally {
    process.chdir(cwd);
    log.mockRestore();
  }
});

test("every TypeScript block of the docs is an example that is compiled and run", () => {
  const blocks = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:<!-- (examples\/[\w-]+\.ts) -->\n)?```ts\n(.*?)```/gs)].map(([, example, code = ""]) => ({
      file,
      example,
      code,
    })),
  );
  expect(blocks.length).toBeGreaterThanOrEqual(EXAMPLES.length);
  const wrong = blocks.filter(
    ({ example, code }) =>
      example === undefined || !fs.readFileSync(path.join(ROOT, example), "utf8").includes(code.trim()),
  );
  expect(wrong.map(({ file, code }) => `${file}: ${code.split("\n")[0]}`)).toEqual([]);
  expect(EXAMPLES.filter((name) => !blocks.some(({ example }) => example === `examples/${name}`))).toEqual([]);
});

test("every link of the docs leads somewhere", () => {
  const dead = pages.flatMap(({ file, folder, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1] ?? "")
      .filter((link) => !/^https?:/.test(link) && !fs.existsSync(path.join(folder, link)))
      .map((link) => `${file}: ${link}`),
  );
  expect(dead).toEqual([]);
});

test("every room has a page of its own", () => {
  const rooms = fs.readdirSync(path.join(ROOT, "lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(
    rooms.filter(({ name }) => !fs.existsSync(path.join(ROOT, "lib", name, "README.md"))).map(({ name }) => name),
  ).toEqual([]);
});

test("the environment variables of the example stacks are in the README as they are in the code", () => {
  const settings = fs.readFileSync(path.join(ROOT, "stacks", "settings.ts"), "utf8");
  const rows = [...settings.matchAll(/^ \* (\| `.*\|)$/gm)].map((match) => match[1] ?? "");
  const readme = pages.find(({ file }) => file === "README.md")?.text ?? "";
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
});
