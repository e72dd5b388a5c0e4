import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { CHECK_SCRIPT, FETCH_SCRIPT } from "../../lib/kvm/uploaded-volume";

const CONTENT = "an image";
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");
const SHA512 = createHash("sha512").update(CONTENT).digest("hex");

let asked = 0;
const server = http.createServer((request, response) => {
  asked++;
  response.writeHead(request.url === "/image" ? 200 : 404).end(request.url === "/image" ? CONTENT : "");
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** Runs the script as Terraform does, and returns what it said and left. */
async function fetch(
  environment: Readonly<Record<string, string>>,
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-fetch-")),
  script = FETCH_SCRIPT,
) {
  const file = path.join(folder, "cache", "image");
  const env = {
    PATH: process.env.PATH ?? "",
    BERTH_URL: `${url}/image`,
    BERTH_FILE: file,
    BERTH_ALGORITHM: "",
    BERTH_DIGEST: "",
    ...environment,
  };
  const error = await new Promise<string>((resolve) =>
    execFile("/bin/sh", ["-c", script], { env }, (failure, _out, stderr) => resolve(failure ? stderr : "")),
  );
  const left = fs.existsSync(path.dirname(file)) ? fs.readdirSync(path.dirname(file)) : [];
  return { error, left, file, folder };
}

test.each([
  ["sha256", SHA256],
  ["sha512", SHA512],
  ["", ""],
])("fetches a file and checks its %s digest", async (algorithm, digest) => {
  const { error, left, file } = await fetch({ BERTH_ALGORITHM: algorithm, BERTH_DIGEST: digest });
  expect(error).toBe("");
  expect(left).toEqual(["image"]);
  expect(fs.readFileSync(file, "utf8")).toBe(CONTENT);
});

test("does not ask again for what it has, and asks again for what was damaged", async () => {
  const environment = { BERTH_ALGORITHM: "sha256", BERTH_DIGEST: SHA256 };
  const { folder, file } = await fetch(environment);
  const before = asked;
  await fetch(environment, folder);
  expect(asked).toBe(before);
  fs.writeFileSync(file, "damaged");
  await fetch(environment, folder);
  expect(asked).toBe(before + 1);
  expect(fs.readFileSync(file, "utf8")).toBe(CONTENT);
});

test("keeps nothing whose digest is wrong, and says both digests", async () => {
  const wrong = "0".repeat(64);
  const { error, left } = await fetch({ BERTH_ALGORITHM: "sha256", BERTH_DIGEST: wrong });
  expect(error).toBe(`berth: ${url}/image has the sha256 digest ${SHA256}, not ${wrong}; nothing was kept\n`);
  expect(left).toEqual([]);
});

test("says what it could not fetch", async () => {
  const { error, left } = await fetch({ BERTH_URL: `${url}/missing` });
  expect(error).toContain(`berth: cannot fetch ${url}/missing\n`);
  expect(left).toEqual([]);
});

test("looks at what was uploaded, and says how it comes right", async () => {
  const environment = { BERTH_ALGORITHM: "sha256", BERTH_DIGEST: SHA256, BERTH_CONSTRUCT: "st/vm/Root/Base/Fetch" };
  const { folder, file } = await fetch(environment);
  expect((await fetch(environment, folder, CHECK_SCRIPT)).error).toBe("");
  fs.writeFileSync(file, "another");
  const found = createHash("sha256").update("another").digest("hex");
  expect((await fetch(environment, folder, CHECK_SCRIPT)).error).toBe(
    `berth: ${file} has the sha256 digest ${found}, not ${SHA256}, and was uploaded: terraform apply -replace=ADDRESS, with that of st/vm/Root/Base/Fetch, fetches and uploads it again\n`,
  );
});

describe("over https", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-https-"));
  const [key, certificate] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  let secure: https.Server;
  let address = "";
  beforeAll(async () => {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    const files = ["-keyout", key, "-out", certificate];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files], {
      stdio: "ignore",
    });
    secure = https.createServer(
      { key: fs.readFileSync(key), cert: fs.readFileSync(certificate) },
      (request, response) => {
        if (request.url === "/away") {
          response.writeHead(302, { location: `${url}/image` }).end();
        } else {
          response.writeHead(200).end(CONTENT);
        }
      },
    );
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    address = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  });
  afterAll(() => secure.close());

  test("is fetched without a digest, too", async () => {
    const { error, left } = await fetch({ BERTH_URL: `${address}/image`, CURL_CA_BUNDLE: certificate });
    expect([error, left]).toEqual(["", ["image"]]);
  });

  test.each(["https", "HTTPS"])("%s is not led away to plain http", async (scheme) => {
    const before = asked;
    const { error, left } = await fetch({
      BERTH_URL: `${address}/away`.replace("https", scheme),
      CURL_CA_BUNDLE: certificate,
    });
    expect(error).toContain("/away\n");
    expect([left, asked]).toEqual([[], before]);
  });
});
