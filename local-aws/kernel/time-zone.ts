/** Wall-clock time of IANA zones, through Intl. "Local milliseconds" are a wall clock's reading as if it were UTC. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat | undefined;

  /** Throws a RangeError when the zone is unknown. */
  constructor(name: string) {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    const options = { timeZone: name, hourCycle: 'h23', second: '2-digit', ...fields } as const;
    this.#format = name === 'UTC' ? undefined : new Intl.DateTimeFormat('en-US', options);
  }

  toLocalMs(utcMs: number): number {
    if (!this.#format) return utcMs;
    const wholeSecondMs = Math.floor(utcMs / 1000) * 1000;
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(wholeSecondMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (utcMs - wholeSecondMs);
  }

  /** The first instant at which clocks here read `localMs`; undefined when they skip it. */
  toUtcMs(localMs: number): number | undefined {
    if (!this.#format) return localMs;
    // Around a change of the clocks one of the two offsets that hold a day before and a day after is the right one.
    const instants = [-DAY_MS, DAY_MS].map((awayMs) => {
      const probeMs = localMs + awayMs;
      return localMs - (this.toLocalMs(probeMs) - probeMs);
    });
    const valid = instants.filter((utcMs) => this.toLocalMs(utcMs) === localMs);
    return valid.length > 0 ? Math.min(...valid) : undefined;
  }
}

export const DAY_MS = 86_400_000;
