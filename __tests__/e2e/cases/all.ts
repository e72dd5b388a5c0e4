import type { Case } from "../case";
import { byHand } from "./by-hand";
import { containersInsideVm } from "./containers-inside-vm";
import { engineAddress } from "./engine-address";
import { faultsInsideVm } from "./faults-inside-vm";
import { guestEdits } from "./guest-edits";
import { keeping } from "./keeping";
import { kills } from "./kills";
import { moving } from "./moving";
import { overSsh } from "./over-ssh";
import { ownKeys } from "./own-keys";
import { randomKills } from "./random-kills";
import { rollout } from "./rollout";
import { services } from "./services";
import { severalGuests } from "./several-guests";
import { sideBySide } from "./side-by-side";
import { singleContainer } from "./single-container";
import { singleGuest } from "./single-guest";
import { smallGuests } from "./small-guests";
import { tlsHost } from "./tls-host";
import { upgradeApps, upgradeShop } from "./upgrade";

/** Every case of the real run, in the order it is run. */
export const CASES: readonly Case[] = [
  singleContainer("3.9"),
  singleContainer("4"),
  services("3.9"),
  services("4"),
  tlsHost("3.9"),
  tlsHost("4"),
  smallGuests,
  rollout,
  guestEdits,
  upgradeShop,
  keeping,
  kills,
  byHand("3.9"),
  byHand("4"),
  moving,
  overSsh,
  singleGuest,
  containersInsideVm("3.9"),
  containersInsideVm("4"),
  sideBySide("3.9"),
  sideBySide("4"),
  severalGuests,
  faultsInsideVm,
  ownKeys,
  engineAddress,
  upgradeApps,
  randomKills,
];
