import type { Balance } from '@brokerage/domain/ledger/balance';
import { BALANCE_ITEM, POSITION_PREFIX } from '../platform/account-item.ts';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';

/** What of a client decides on erasure, beside its registration. */
export interface ClientRecordsStore {
  hasHoldings(accountId: string): Promise<boolean>;
  lastEntryAtMs(accountId: string): Promise<number | null>;
}

type Holding = { readonly item: string; readonly quantity?: number } & Partial<Balance>;

export function createClientRecordsStore(
  tables: Tables,
  names: { readonly accounts: string; readonly ledger: string },
): ClientRecordsStore {
  const key = (accountId: string) => ({ expression: 'accountId = :account', values: { ':account': accountId } });
  return {
    async hasHoldings(accountId) {
      const items = await readAll<Holding>((after) =>
        tables.query({ table: names.accounts, key: key(accountId), after }),
      );
      return items.some((item) => (item.item === BALANCE_ITEM ? hasMoney(item) : hasShares(item)));
    },
    async lastEntryAtMs(accountId) {
      const newest = { table: names.ledger, key: key(accountId), newestFirst: true, limit: 1 };
      const { items } = await tables.query<{ readonly entryKey: string }>(newest);
      // The key begins with the entry's time.
      return items[0] ? Date.parse(items[0].entryKey.split('#', 1)[0] ?? '') : null;
    },
  };
}

function hasMoney({ availableCents, blockedCents, receivableCents, payableCents }: Holding): boolean {
  return [availableCents, blockedCents, receivableCents, payableCents].some((amount) => (amount ?? 0) !== 0);
}

function hasShares({ item, quantity = 0 }: Holding): boolean {
  return item.startsWith(POSITION_PREFIX) && quantity !== 0;
}
