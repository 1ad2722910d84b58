import { type EpochMs, epochMs } from '../calendar/instant.ts';

/** The same day and time of a later year; 29 February becomes 1 March. */
export function yearsAfter(atMs: number, years: number): EpochMs {
  const then = new Date(atMs);
  then.setUTCFullYear(then.getUTCFullYear() + years);
  return epochMs(then.getTime());
}
