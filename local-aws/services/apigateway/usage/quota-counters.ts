import type { Row, Store } from '../../../kernel/store.ts';
import type { QuotaPeriod } from '../definitions.ts';

interface Count {
  periodStartMs: number;
  used: number;
}

const DAY_MS = 86_400_000;

/** Requests a key has used of each plan's quota in the period that runs. Periods begin at 00:00 UTC. */
export class QuotaCounters {
  readonly #counts = new Map<string, Count>();
  readonly #write: (planId: string, keyId: string, count: Count) => void;
  readonly #forget: (keyId: string) => void;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS apigateway_usage (
      plan_id TEXT, key_id TEXT, period_start_ms INTEGER NOT NULL, used INTEGER NOT NULL,
      PRIMARY KEY (plan_id, key_id)) WITHOUT ROWID`);
    const write = store.writer('INSERT OR REPLACE INTO apigateway_usage VALUES (?, ?, ?, ?)');
    const forget = store.writer('DELETE FROM apigateway_usage WHERE key_id = ?');
    this.#write = (planId, keyId, { periodStartMs, used }) => write.run(planId, keyId, periodStartMs, used);
    this.#forget = (keyId) => forget.run(keyId);
    for (const row of store.reader('SELECT * FROM apigateway_usage').all() as Row[]) {
      const count = { periodStartMs: row.period_start_ms as number, used: row.used as number };
      this.#counts.set(`${row.plan_id}/${row.key_id}`, count);
    }
  }

  /** Counts one request, unless the quota of the period is used up: then false. */
  use(planId: string, keyId: string, quota: { limit: number; period: QuotaPeriod }, nowMs: number): boolean {
    const name = `${planId}/${keyId}`;
    const periodStartMs = periodStart(quota.period, nowMs);
    let count = this.#counts.get(name);
    if (count?.periodStartMs !== periodStartMs) count = { periodStartMs, used: 0 };
    if (count.used >= quota.limit) return false;
    count.used += 1;
    this.#counts.set(name, count);
    this.#write(planId, keyId, count);
    return true;
  }

  forgetKey(keyId: string): void {
    for (const name of this.#counts.keys()) if (name.endsWith(`/${keyId}`)) this.#counts.delete(name);
    this.#forget(keyId);
  }
}

/** Weeks begin on Sunday. */
function periodStart(period: QuotaPeriod, nowMs: number): number {
  const now = new Date(nowMs);
  const dayMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  switch (period) {
    case 'DAY':
      return dayMs;
    case 'WEEK':
      return dayMs - now.getUTCDay() * DAY_MS;
    case 'MONTH':
      return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  }
}
