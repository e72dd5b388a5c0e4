import { Duration } from "../units/duration";
import { checkOptions, type Options } from "../units/options";
import { quote, UnitError } from "../units/unit-error";

/** When and how often a {@link Healthcheck} runs. */
export interface HealthcheckOptions {
  /**
   * Time between two checks, and before the first. At least 1 ms. Becomes `healthcheck.interval`.
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration | undefined;
  /**
   * After this long a check counts as failed. At least 1 ms. Becomes `healthcheck.timeout`.
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration | undefined;
  /**
   * Failed checks in a row that make the container unhealthy, a whole number from 1. Becomes `healthcheck.retries`.
   * @default 3
   */
  readonly retries?: number | undefined;
  /**
   * Time after the start in which failures do not count. Becomes `healthcheck.start_period`.
   * @default Duration.seconds(0)
   */
  readonly startPeriod?: Duration | undefined;
}

const DURATION = { what: "a Duration", is: (value: unknown) => value instanceof Duration } as const;
const OPTIONS: Options<HealthcheckOptions> = {
  interval: DURATION,
  timeout: DURATION,
  retries: { what: "a number", is: (value) => typeof value === "number" },
  startPeriod: DURATION,
};

/**
 * How an engine finds out whether a container does its work. The Docker provider plans a changed check as an update and
 * then does nothing; berth makes it a replacement of the container instead.
 *
 * @example Healthcheck.http("/ready", { port: 8080, interval: Duration.seconds(5) })
 */
export class Healthcheck {
  public readonly interval: Duration;
  public readonly timeout: Duration;
  public readonly retries: number;
  public readonly startPeriod: Duration;

  private constructor(
    /** The check as Docker takes it: `CMD` and words, or `CMD-SHELL` and a line. */
    public readonly test: readonly string[],
    options: HealthcheckOptions,
  ) {
    if (test.length < 2 || test.some((word) => typeof word !== "string" || word === "")) {
      throw new UnitError(
        "a command of words that are not empty",
        quote(test.slice(1)),
        'such as Healthcheck.command(["curl", "-f", "http://127.0.0.1/"])',
      );
    }
    checkOptions(options, OPTIONS);
    this.interval = options.interval ?? Duration.seconds(30);
    this.timeout = options.timeout ?? Duration.seconds(30);
    this.retries = options.retries ?? 3;
    this.startPeriod = options.startPeriod ?? Duration.seconds(0);
  }

  /** A command and its words, without a shell. Healthy while it exits with 0. */
  public static command(words: readonly string[], options: HealthcheckOptions = {}): Healthcheck {
    if (!Array.isArray(words)) {
      throw new UnitError("a list of words", quote(words), "Healthcheck.shell takes a whole line");
    }
    return new Healthcheck(["CMD", ...words], options);
  }

  /** A line for the container's own `/bin/sh`. */
  public static shell(line: string, options: HealthcheckOptions = {}): Healthcheck {
    return new Healthcheck(["CMD-SHELL", line], options);
  }

  /**
   * Asks for a path over HTTP from inside the container, with `wget` or `curl`, whichever the image has.
   *
   * @param options.port - port inside the container, 1 to 65535; default 80
   */
  public static http(
    path: string,
    { port = 80, ...options }: HealthcheckOptions & { readonly port?: number } = {},
  ): Healthcheck {
    if (!/^\/[\w./?=&%~-]*$/.test(path) || !Number.isInteger(port) || port < 1 || port > 65535) {
      throw new UnitError("a path that starts with / and a port from 1 to 65535", `${path} on port ${port}`);
    }
    const url = `http://127.0.0.1:${port}${path}`;
    return Healthcheck.shell(`wget -q -O /dev/null '${url}' || curl -fsS -o /dev/null '${url}'`, options);
  }

  /** The longest that a container may take to be called healthy or unhealthy. */
  public get longestWait(): Duration {
    const rounds = this.retries * (this.interval.toMilliseconds() + this.timeout.toMilliseconds());
    return Duration.milliseconds(this.startPeriod.toMilliseconds() + rounds);
  }
}
