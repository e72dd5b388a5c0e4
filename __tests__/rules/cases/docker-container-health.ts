import { type Case, container } from "./case";
import { check, LOOK } from "./container-parts";

export const dockerContainerHealthCases: Readonly<Record<string, Case>> = {
  "docker/container/healthcheck-duration": container(
    check({ interval: "100us" }),
    "'healthcheck.interval' must be a duration of at least 1 ms, such as 1m30s, got 100us",
    check({ interval: "1m30s", start_period: "0s" }),
  ),
  "docker/container/healthcheck-retries": container(
    check({ retries: 0 }),
    "'healthcheck.retries' must be a whole number from 1, got 0",
    check({ retries: 1 }),
    { look: LOOK("{{json .Config.Healthcheck}}") },
  ),
  "docker/container/healthcheck-test": container(
    { healthcheck: [{ test: ["true"] }] },
    `'healthcheck.test' must be "CMD" or "CMD-SHELL" and what to run, got ["true"]`,
    { healthcheck: [{ test: ["NONE"] }] },
    { look: LOOK("{{json .State.Health}} {{json .Config.Healthcheck}}") },
  ),
  "docker/container/healthcheck-form": container(
    check({ interval: "60s" }),
    `'healthcheck.interval' must be written as the provider reads it back, got "60s" (write "1m0s")`,
    check({ interval: "1m0s", timeout: "1m30s", start_period: "0s" }),
  ),
  "docker/container/healthcheck-shell": container(
    { healthcheck: [{ test: ["CMD-SHELL", "wget", "-q", "http://127.0.0.1/"] }] },
    `'healthcheck.test' must be one line after "CMD-SHELL", got ["CMD-SHELL","wget","-q","http://127.0.0.1/"] (join the words, or begin with "CMD")`,
    { healthcheck: [{ test: ["CMD-SHELL", "wget -q http://127.0.0.1/"] }] },
    { read: true },
  ),
  "docker/container/healthcheck-line": container(
    check({ test: ["CMD", "wget -q http://localhost/"] }),
    `'healthcheck.test' must name a program, and each of its arguments, after "CMD", got ["CMD","wget -q http://localhost/"] (write "CMD-SHELL" for a whole line)`,
    check({ test: ["CMD-SHELL", "wget -q http://localhost/"] }),
    { look: ["sh", "-c", "sleep 3; docker inspect -f '{{(index .State.Health.Log 0).Output}}' %"] },
  ),
};
