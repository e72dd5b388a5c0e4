import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import {
  DockerHost,
  DockerImage,
  DockerNetwork,
  DockerService,
  DockerVolume,
  Duration,
  Healthcheck,
  HostStack,
} from "../../../lib/index";
import { berth } from "../berth";
import type { Asking, Case, Environment, World } from "../case";
import { equal, matches } from "../checks";
import { WEB_IMAGE } from "../fixtures";

const STACK = "rollout";
const NAMES = ["e2e-web-1", "e2e-web-2", "e2e-web-3"];

/** Three services that do the same, and one that does something else. */
class Rollout extends HostStack {
  constructor(
    app: App,
    { WORD = "a", SUBNET = "172.29.60.0/24", IMAGE, STORE = "e2e-store-a" }: Environment,
    { capabilities, scratch }: World,
  ) {
    super(app, STACK);
    const docker = new DockerHost(this, "docker", { host: capabilities.dockerHost });
    const image = IMAGE === undefined ? undefined : this.imageOn(docker, IMAGE, STORE, scratch);
    const front = new DockerNetwork(this, "e2e-front", { host: docker, subnet: SUBNET });
    for (const name of [...NAMES, "e2e-other"]) {
      new DockerService(this, name, {
        host: docker,
        image: image !== undefined && name !== "e2e-other" ? image : WEB_IMAGE,
        networks: [front],
        environment: { WORD },
        stopGracePeriod: Duration.seconds(1),
        healthcheck: Healthcheck.http("/", { interval: Duration.seconds(1), timeout: Duration.seconds(2) }),
      });
    }
  }

  /** An image that waits for a volume: a target brings both. */
  private imageOn(host: DockerHost, word: string, store: string, scratch: string): DockerImage {
    const context = path.join(scratch, "rollout-image");
    fs.mkdirSync(context, { recursive: true });
    fs.writeFileSync(path.join(context, "Dockerfile"), `FROM ${WEB_IMAGE}\nARG WORD\nENV BUILT=$WORD\n`);
    const volume = new DockerVolume(this, "store", { host, name: store, onDestroy: "delete" });
    const image = new DockerImage(this, "image", {
      host,
      reference: "berth-e2e/rollout:1",
      build: { context, args: { WORD: word } },
    });
    image.resource.addOverride("depends_on", [`docker_volume.${volume.resource.friendlyUniqueId}`]);
    return image;
  }
}

const started = (ask: Asking, name: string) => ask.docker("inspect", "-f", "{{.State.StartedAt}}", name);
const word = (ask: Asking, name: string) =>
  /WORD=(\w)/.exec(ask.docker("inspect", "-f", "{{.Config.Env}}", name))?.[1] ?? "";
const built = (ask: Asking, name: string) =>
  /BUILT=(\w)/.exec(ask.docker("inspect", "-f", "{{.Config.Env}}", name))?.[1] ?? "";
const words = (ask: Asking) => [...NAMES, "e2e-other"].map((name) => word(ask, name)).join("");

/** Members are replaced singly, what stops halfway goes on, and what cannot be done singly is refused. */
export const rollout: Case = {
  name: STACK,
  needs: ["docker"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new Rollout(app, environment, world),
  guests: [],
  steps: () => [
    { name: "first", check: (ask) => equal("words", words(ask), "aaaa") },
    {
      name: "stopped at the second, and gone on with",
      environment: { WORD: "b" },
      before: (ask) => {
        const told = berth(ask, STACK, "rollout", "rollout/e2e-web-*");
        equal("what is only told", [told.code, words(ask)], [0, "aaaa"]);
        const bad = "test $BERTH_NAME != e2e-web-2 || { echo no luck >&2; false; }";
        const stop = berth(ask, STACK, "rollout", "rollout/e2e-web-*", "--apply", "--wait", "8", "--ready", bad);
        equal("the one that stopped", stop.code, 1);
        matches(
          "what it said",
          stop.out,
          /STOPPED: rollout\/e2e-web-2 does not serve within 8 s: the command that asks says no: no luck; the others are as they were/,
        );
        equal("words after it stopped", words(ask), "bbaa");
        const third = started(ask, "e2e-web-3");
        const again = berth(ask, STACK, "rollout", "rollout/e2e-web-*", "--apply", "--wait", "8", "--ready", bad);
        equal("stopped again, at the one that does not serve", again.code, 1);
        equal("the third is left alone meanwhile", started(ask, "e2e-web-3"), third);
        const done = berth(ask, STACK, "rollout", "rollout/e2e-web-*", "--apply");
        equal("the one that went through", done.code, 0);
        equal("words after it went through", words(ask), "bbba");
      },
      check: (ask) => {
        matches("what was left", ask.applied, /1 added, 0 changed, 1 destroyed/);
        equal("words", words(ask), "bbbb");
      },
    },
    {
      name: "one after another",
      environment: { WORD: "c" },
      before: (ask) => {
        const { code } = berth(ask, STACK, "rollout", "rollout/e2e-web-*", "--apply");
        equal("the rollout", code, 0);
        const times = NAMES.map((name) => Date.parse(started(ask, name)));
        equal(
          "each started after the one before served",
          times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) > 1000),
          true,
        );
      },
      check: (ask) => matches("what was left", ask.applied, /1 added, 0 changed, 1 destroyed/),
    },
    {
      name: "what they share is replaced",
      environment: { WORD: "c", SUBNET: "172.29.61.0/24" },
      before: (ask) => {
        const { code, out } = berth(ask, STACK, "rollout", "rollout/e2e-web-*", "--apply");
        equal("the rollout", code, 1);
        matches("what it said", out, /STOPPED: rollout\/e2e-web-1 cannot be replaced by itself/);
      },
      check: (ask) => matches("the apply", ask.applied, /5 added, 0 changed, 5 destroyed/),
    },
    {
      name: "an image of their own",
      environment: { WORD: "c", SUBNET: "172.29.61.0/24", IMAGE: "1" },
      before: (ask) => {
        const { code, out } = berth(ask, STACK, "rollout", "rollout/e2e-web-*", "--apply");
        equal(`the rollout: ${out}`, code, 0);
        matches("what it did first", out, /^first {3}docker_image\.image_\w+$/m);
      },
      check: (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        equal("built", built(ask, "e2e-web-3"), "1");
      },
    },
    {
      name: "what the image stands on would be lost",
      environment: { WORD: "c", SUBNET: "172.29.61.0/24", IMAGE: "2", STORE: "e2e-store-b" },
      before: (ask) => {
        const { code, out } = berth(ask, STACK, "rollout", "rollout/e2e-web-*", "--apply");
        equal("the rollout", code, 1);
        matches(
          "what it said",
          out,
          /STOPPED: it would do more than was said: docker_volume\.store_\w+: data-lost: .*what is in it is lost/,
        );
        equal("the volumes", ask.docker("volume", "ls", "-q", "-f", "name=e2e-store"), "e2e-store-a");
        equal("built", built(ask, "e2e-web-3"), "1");
      },
      check: (ask) => {
        matches("the apply", ask.applied, /5 added, 0 changed, 5 destroyed/);
        equal("the volumes", ask.docker("volume", "ls", "-q", "-f", "name=e2e-store"), "e2e-store-b");
      },
    },
  ],
};
