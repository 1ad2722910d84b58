import type { AccountView } from '@brokerage/contracts/rest/accounts';
import { type EpochMs, epochMs } from '@brokerage/domain/calendar/instant';
import type { AccountId } from '@brokerage/domain/identifiers';
import { accountView } from './account-view.ts';
import type { AccountsStore } from './accounts-store.ts';
import type { LedgerStore } from './ledger-store.ts';

/** Trades settle on D+2 business days; with the longest run of holidays and weekends that is under two weeks. */
const SETTLEMENT_WINDOW_MS = 14 * 86_400_000;

export async function readAccount(
  accountId: AccountId,
  nowMs: EpochMs,
  accounts: AccountsStore,
  ledger: LedgerStore,
): Promise<AccountView> {
  const balance = await accounts.balance(accountId);
  const hasUnsettled = balance.receivableCents !== 0 || balance.payableCents !== 0;
  const since = epochMs(nowMs - SETTLEMENT_WINDOW_MS);
  return accountView(accountId, balance, hasUnsettled ? await ledger.settling(accountId, since) : []);
}
