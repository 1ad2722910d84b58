import type { EpochMs } from '../calendar/instant.ts';
import { yearsAfter } from './years.ts';

/**
 * Why a client's data may not be erased though the client asks for it (LGPD, Lei 13.709/2018, article 18, VI): what a law has kept is exempt
 * (article 16, I).
 */
export type RetentionDuty =
  | { readonly reason: 'ACCOUNT_OPEN' }
  | { readonly reason: 'RECORDS_MUST_BE_KEPT'; readonly untilMs: EpochMs };

/** Registration and records: at least five years from the closing of the account or the end of the transaction. Source: Lei 9.613/1998, article 10, § 2. */
const YEARS_KEPT = 5;

export interface ClientRecords {
  /** Null while the account is open. */
  readonly closedAtMs: number | null;
  /** Of the ledger; null when there never was an entry. */
  readonly lastEntryAtMs: number | null;
}

/** The duty that stands against erasure now; null when none does. */
export function retentionDuty({ closedAtMs, lastEntryAtMs }: ClientRecords, nowMs: number): RetentionDuty | null {
  if (closedAtMs === null) return { reason: 'ACCOUNT_OPEN' };
  const untilMs = yearsAfter(Math.max(closedAtMs, lastEntryAtMs ?? 0), YEARS_KEPT);
  return nowMs < untilMs ? { reason: 'RECORDS_MUST_BE_KEPT', untilMs } : null;
}
