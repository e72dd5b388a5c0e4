import { givesAway, holdsSecret, isSecret } from "../../lib/core/secrets";

describe("what gives a secret away", () => {
  test.each([
    ["DB_PASSWORD_1", "x"],
    ["DB_PASSWORD2", "x"],
    ["API_KEY", "x"],
    ["URL", "postgres://app:pw@db/x"],
    ["X", `ghp_${"a1".repeat(18)}`],
    ["X", "AKIAIOSFODNN7EXAMPLE"],
    ["X", `Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${"a".repeat(20)}`],
    ["X", "glpat-aaaaaaaaaaaaaaaaaaaa"],
    ["X", "-----BEGIN OPENSSH PRIVATE KEY-----"],
  ])("%s=%s does", (name, value) => {
    expect(isSecret(name, value)).toBe(true);
  });

  test.each([
    ["DB_PASSWORD_1", "/run/secrets/x"],
    ["DB_PASSWORD_FILE", "x"],
    ["PASSWORD_RESET_DAYS", "30"],
    ["TOKENS_PER_MINUTE", "x"],
    ["URL", "https://ops@example.com/a:b@c"],
    ["X", "AKIAIOSFODNN7EXAMPLEX"],
    ["X", "monkey_ghp_x"],
    ["X", "eyJhbGciOiJIUzI1NiJ9"],
  ])("%s=%s does not", (name, value) => {
    expect(isSecret(name, value)).toBe(false);
  });

  test.each([
    ["#cloud-config\npassword: x\n", true],
    ["#cloud-config\nchpasswd:\n  list: a:b\n", true],
    ["#cloud-config\nssh_pwauth: true\n", true],
    ["#cloud-config\nssh_pwauth: false\n", false],
    ["#cloud-config\nusers:\n  - name: a\n    plain_text_passwd: b\n", true],
    ["#cloud-config\npackages: [passwd]\nruncmd:\n  - echo password\n", false],
    ["curl https://ops:pw@example.com/", true],
  ])("user-data %j: %s", (text, given) => {
    expect(givesAway(text)).toBe(given);
  });

  test("takes no time for long text", () => {
    const started = Date.now();
    for (const unit of ["-", "a", "eyJaaaaaaaaaaa.", "://a:", "://", "_", "SG.aaaaaaaaaaaaaaaa.", "password", " "]) {
      holdsSecret(unit.repeat(100_000));
      givesAway(unit.repeat(100_000));
    }
    expect(Date.now() - started).toBeLessThan(5000);
  });
});
