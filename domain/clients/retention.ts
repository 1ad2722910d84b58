import { type EpochMs, epochMs } from '../calendar/instant.ts';

/** Why a client's data may not be erased though the client asks for it: LGPD (Lei 13.709/2018), article 16, I. */
export type RetentionDuty =
  | { readonly reason: 'ACCOUNT_NOT_EMPTY' }
  | { readonly reason: 'RECORDS_MUST_BE_KEPT'; readonly untilMs: EpochMs };

/** Registration and operations are kept five years after the last of them: Lei 9.613/1998, article 10, § 2; CVM Resolution 50/2021. */
const YEARS_KEPT = 5;

export interface ClientRecords {
  readonly openedAtMs: number;
  /** Of the ledger; null when there never was an entry. */
  readonly lastEntryAtMs: number | null;
  /** Money or shares, owned or owed. */
  readonly hasHoldings: boolean;
}

/** The duty that stands against erasure now, the weightier first; null when none does. */
export function retentionDuty(records: ClientRecords, nowMs: number): RetentionDuty | null {
  if (records.hasHoldings) return { reason: 'ACCOUNT_NOT_EMPTY' };
  const until = new Date(Math.max(records.openedAtMs, records.lastEntryAtMs ?? 0));
  until.setUTCFullYear(until.getUTCFullYear() + YEARS_KEPT);
  const untilMs = epochMs(until.getTime());
  return nowMs < untilMs ? { reason: 'RECORDS_MUST_BE_KEPT', untilMs } : null;
}
