import { quote, UnitError } from "../units/unit-error";

const UBUNTU = ["20.04", "22.04", "24.04"] as const;
const DEBIAN = ["12", "13"] as const;

/** Ubuntu releases with a profile. */
export type UbuntuRelease = (typeof UBUNTU)[number];
/** Debian releases with a profile. */
export type DebianRelease = (typeof DEBIAN)[number];

/**
 * What runs in a guest, as libosinfo names it: tools such as virt-manager choose icons and advice by it. Changing it
 * redefines the guest: a restart, disks kept. Becomes `metadata`.
 *
 * @example Os.ubuntu("20.04") // what virt-install calls --os-variant ubuntu20.04
 */
export class Os {
  private constructor(
    /** The system's id in libosinfo's database; undefined for a system that nothing is known of. */
    public readonly osinfo: string | undefined,
  ) {}

  public static ubuntu(release: UbuntuRelease): Os {
    return new Os(`http://ubuntu.com/ubuntu/${known(release, UBUNTU)}`);
  }
  public static debian(release: DebianRelease): Os {
    return new Os(`http://debian.org/debian/${known(release, DEBIAN)}`);
  }
  /** Any other system. */
  public static generic(): Os {
    return new Os(undefined);
  }
}

function known<T extends string>(release: T, releases: readonly T[]): T {
  if (!releases.includes(release)) {
    throw new UnitError(`one of ${releases.join(", ")}`, quote(release), "Os.generic() for any other system");
  }
  return release;
}
