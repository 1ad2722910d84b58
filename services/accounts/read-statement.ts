import type { StatementItem, StatementPage } from '@brokerage/contracts/rest/accounts';
import { formatInstant } from '@brokerage/domain/calendar/instant';
import type { AccountId } from '@brokerage/domain/identifiers';
import { addBalance, type Balance, balanceDeltaOf, ZERO_BALANCE } from '@brokerage/domain/ledger/balance';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import * as z from 'zod';
import type { ApiAnswer } from '../platform/api-answer.ts';
import { answer, problem } from '../platform/api-answer.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { balancesView } from './account-view.ts';
import type { LedgerStore } from './ledger-store.ts';

const amount = z.int().transform(cents);
/** The last entry read and the balances after it, so that no page has to add up all those before it. */
const StatementPlace = z.strictObject({
  key: z.string(),
  balance: z.strictObject({
    availableCents: amount,
    blockedCents: amount,
    receivableCents: amount,
    payableCents: amount,
  }),
});

/** A page of the statement with running balances; from the first page on, the last balances are those of the account. */
export async function readStatement(
  accountId: AccountId,
  query: { readonly cursor?: string; readonly limit: number },
  ledger: LedgerStore,
): Promise<ApiAnswer<z.infer<typeof StatementPage>>> {
  const place = decodeCursor(StatementPlace, query.cursor, accountId);
  if (place === null) return problem('INVALID_CURSOR');
  const { entries, lastKey } = await ledger.page(accountId, place?.key ?? null, query.limit);
  let balance: Balance = place?.balance ?? ZERO_BALANCE;
  const items = entries.map((entry) => {
    const delta = balanceDeltaOf([entry]);
    balance = addBalance(balance, delta);
    return statementItem(entry, delta, balance);
  });
  return answer({ items, nextCursor: lastKey === null ? null : encodeCursor({ key: lastKey, balance }, accountId) });
}

function statementItem(entry: LedgerEntry, delta: Balance, balance: Balance): StatementItem {
  const changed = {
    available: delta.availableCents,
    blocked: delta.blockedCents,
    receivable: delta.receivableCents,
    payable: delta.payableCents,
  };
  return {
    entryId: entry.entryId,
    kind: entry.kind,
    time: formatInstant(entry.atMs),
    tradeDate: entry.tradeDate,
    settlementDate: entry.settlementDate,
    orderId: entry.orderId,
    executionId: entry.executionId,
    amounts: Object.fromEntries(
      Object.entries(changed).flatMap(([name, value]) => (value === 0 ? [] : [[name, formatCents(value)]])),
    ),
    balances: balancesView(balance),
  };
}
