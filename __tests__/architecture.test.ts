import * as fs from "node:fs";
import * as path from "node:path";

const LIB = path.join(__dirname, "..", "lib");

/** Which rooms a room may import from, besides itself. The design's table; rooms of later issues join it here. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  units: [],
  core: ["units"],
  providers: [],
  "cloud-init": ["units", "core"],
  kvm: ["units", "core", "providers", "cloud-init"],
  docker: ["units", "core", "providers"],
  patterns: ["units", "core", "kvm", "docker", "cloud-init", "providers"],
  rules: ["units", "core", "providers/schema-types", "providers/compact-schema"],
  stack: ["units", "core", "rules", "providers/late", "providers/lean", "providers/terraform"],
  testing: ["core", "rules"],
  operate: ["units", "core", "rules", "providers/schema-types"],
  cli: ["core", "rules", "operate", "providers/compact-schema"],
};

interface Source {
  /** Relative to lib. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: readonly Source[] = below(LIB).map((full) => {
  const text = fs.readFileSync(full, "utf8");
  const imports = [...text.matchAll(/(?:^|\n)(?:import|export)\b[^;]*?from "(\.[^"]+)"/g)].map((match) =>
    path.relative(LIB, path.resolve(path.dirname(full), match[1] ?? "")),
  );
  return { file: path.relative(LIB, full), text, imports };
});
const handwritten = sources.filter(({ file }) => !/^providers\/(docker|libvirt|tls)\//.test(file));

function below(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? below(path.join(folder, entry.name)) : [path.join(folder, entry.name)]))
    .filter((file) => file.endsWith(".ts"));
}

const roomOf = (file: string) => (file.includes("/") ? (file.split("/")[0] ?? "") : "");

test("every room of lib is in the table", () => {
  const rooms = new Set(sources.map(({ file }) => roomOf(file)).filter((room) => room !== ""));
  expect([...rooms].sort()).toEqual(Object.keys(TABLE).sort());
});

test("rooms import only from the rooms that the design lets them", () => {
  const wrong = sources.flatMap(({ file, imports }) => {
    const room = roomOf(file);
    const allowed = TABLE[room] ?? Object.keys(TABLE);
    return imports
      .filter(
        (target) => roomOf(target) !== room && !allowed.some((one) => target === one || target.startsWith(`${one}/`)),
      )
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("nothing imports a room's index from inside, and no file leads back to itself", () => {
  const known = new Map(sources.map(({ file, imports }) => [file.replace(/\.ts$/, ""), imports]));
  const barrels = sources.flatMap(({ file, imports }) =>
    imports
      .filter((target) => target.endsWith("/index") || target === "index")
      .map((target) => `${file} imports ${target}`),
  );
  expect(barrels).toEqual([]);
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      cycles.push([...way.slice(way.indexOf(file)), file].join(" -> "));
      return;
    }
    if (!done.has(file)) {
      for (const target of known.get(file) ?? []) {
        walk(target, [...way, file]);
      }
      done.add(file);
    }
  };
  for (const file of known.keys()) {
    walk(file, []);
  }
  expect(cycles).toEqual([]);
});

test("only cdktf's and constructs' public entry points are imported, and few other packages", () => {
  const packages = new Set(
    sources
      .flatMap(({ text }) => [...text.matchAll(/(?:from |\brequire\()"([^."][^"]*)"/g)].map((match) => match[1] ?? ""))
      .filter((name) => !name.startsWith("node:")),
  );
  // Those of jest for who has it: no other entry point imports them.
  expect([...packages].sort()).toEqual(["@jest/globals", "cdktf", "commander", "constructs", "expect", "js-yaml"]);
});

test("no handwritten file is longer than 400 lines, and none says any", () => {
  const others = ["__tests__", "stacks", "examples"].flatMap((folder) => below(path.join(LIB, "..", folder)));
  const tests = others
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file: path.relative(path.join(LIB, ".."), file), text: fs.readFileSync(file, "utf8") }));
  const long = [...handwritten, ...tests]
    .filter(({ text }) => text.trimEnd().split("\n").length > 400)
    .map(({ file }) => file);
  const code = (text: string) => text.replace(/\/\*\*.*?\*\//gs, "");
  const loose = handwritten
    .filter(({ text }) => /\bas any\b|: any\b|<any>|@ts-ignore|biome-ignore/.test(code(text)))
    .map(({ file }) => file);
  expect(long).toEqual([]);
  expect(loose).toEqual([]);
});

describe("every prop of the public API is documented", () => {
  const exported = fs.readFileSync(path.join(LIB, "index.ts"), "utf8");
  const members = handwritten.flatMap(({ file, text }) =>
    [
      ...text.matchAll(
        /export interface (\w+(?:Props|Options|Facts)|Digest|DirectBoot|GuestUser|GuestFile|NetworkAttachment)[^{]*\{\n(.*?)\n\}/gs,
      ),
    ]
      .filter(([, name = ""]) => new RegExp(`\\b${name}\\b`).test(exported))
      .flatMap(([, name, body = ""]) =>
        [...body.matchAll(/((?: {2}\/\*\*(?:(?!\*\/).)*\*\/\n)?) {2}readonly (\w+)(\??): ([^;]*)/gs)].map(
          ([, doc = "", prop = "", mark]) => ({
            where: `${file} ${name}.${prop}`,
            doc,
            isOptional: mark === "?",
            isReference: ["host", "network"].includes(prop),
          }),
        ),
      ),
  );

  test("there are props to look at", () => {
    expect(members.length).toBeGreaterThan(100);
  });

  test("each says what it is; each optional one what its default is", () => {
    expect(members.filter(({ doc, isReference }) => doc === "" && !isReference).map(({ where }) => where)).toEqual([]);
    expect(
      members.filter(({ doc, isOptional }) => isOptional && !doc.includes("@default")).map(({ where }) => where),
    ).toEqual([]);
  });

  test("each that reaches the provider says which attribute it becomes, and what a change costs", () => {
    const quiet =
      /^(core\/machine|kvm\/file-source|kvm\/guest-image|cloud-init|docker\/healthcheck|docker\/volume-mount|kvm\/uploaded|kvm\/root|kvm\/guest-seed|kvm\/direct-boot)/;
    const props = members.filter(
      ({ where, isReference }) => !quiet.test(where) && !isReference && !/\.machine$|MountOptions/.test(where),
    );
    expect(props.filter(({ doc }) => !/Becomes/.test(doc)).map(({ where }) => where)).toEqual([]);
    const cost =
      /[Cc]hang|[Rr]estarts|first boot only|moves nothing|[Aa]dding|no way back|rebuilds|builds again|Acts at/;
    expect(props.filter(({ doc }) => !cost.test(doc)).map(({ where }) => where)).toEqual([]);
  });
});
