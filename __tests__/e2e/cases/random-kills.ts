import { recovered } from "../berth";
import type { Case, Environment, Step } from "../case";
import { random } from "../random";
import { dataIsThere, Kills, STACK } from "./kills";

const SEED = Number(process.env.BERTH_E2E_SEED ?? 1);
const COUNT = Number(process.env.BERTH_E2E_KILLS ?? 40);

/** How long an apply of these takes, in milliseconds: a kill comes at any moment of it. */
const LENGTH = 9000;

/** Edits of everything that the stack has: networks and their containers, a container, a guest, the network under it. */
function edited(environment: Environment, index: number): Environment {
  switch (index % 4) {
    case 0:
      return { ...environment, GENERATION: String((Number(environment.GENERATION) + 1) % 20) };
    case 1:
      return { ...environment, WORD: `w${index}` };
    case 2:
      return { ...environment, MEMORY: environment.MEMORY === "192" ? "208" : "192" };
    default:
      return { ...environment, SUBNET: environment.SUBNET === "10.77.40.0/24" ? "10.77.41.0/24" : "10.77.40.0/24" };
  }
}

function steps(): readonly Step[] {
  const next = random(SEED);
  const all: Step[] = [
    {
      name: "first",
      check: (ask) => {
        ask.docker("exec", "e2e-kills-db", "sh", "-c", "echo precious > /data/word");
        dataIsThere(ask);
      },
    },
  ];
  let environment: Environment = { GENERATION: "0", WORD: "a", MEMORY: "192", SUBNET: "10.77.40.0/24" };
  for (let index = 0; index < COUNT; index++) {
    // Two edits at once: more is under way when the kill comes.
    environment = edited(edited(environment, index), index + 1 + Math.floor(next() * 3));
    const killedAfter = Math.floor(next() * LENGTH);
    all.push(
      {
        name: `kill ${index + 1} after ${killedAfter} ms`,
        environment,
        killedAt: /./,
        killedAfter,
        mayEnd: true,
        check: (ask) => recovered(ask, STACK),
      },
      { name: `kill ${index + 1}: applied after it`, environment, check: dataIsThere },
    );
  }
  return all;
}

/** Applies killed at random moments of a seed: each recovers with one command and one apply, and no data is lost. */
export const randomKills: Case = {
  name: "random kills",
  needs: ["kvm", "docker"],
  full: true,
  own: "kills",
  // The next edit comes before a guest that was just started listens.
  environment: () => ({ POWER_OFF: "1" }),
  build: (app, environment, world) => new Kills(app, environment, world),
  guests: [],
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps,
};
