/** Every instrument is told of at least once a second: one that is silent this long has prices that nobody vouches for. */
const STALE_AFTER_MS = 15_000;

/** Whether prices heard at `heardAtMs` are too old to act on. Both times are of one clock, ours: a replayed day is fresh while it is replayed. */
export function isStale(heardAtMs: number, nowMs: number): boolean {
  return nowMs - heardAtMs > STALE_AFTER_MS;
}
