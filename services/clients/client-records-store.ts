import type { AccountContents } from '@brokerage/domain/clients/closing';
import { type Balance, ZERO_BALANCE } from '@brokerage/domain/ledger/balance';
import type { Order } from '@brokerage/domain/orders/order';
import { hasEnded } from '@brokerage/domain/orders/status';
import type { Deposit, Payment, Withdrawal } from '../accounts/transfer.ts';
import { BALANCE_ITEM, POSITION_PREFIX } from '../platform/account-item.ts';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';

/** What of a client decides on closing and on erasure, beside its registration. */
export interface ClientRecordsStore {
  contents(accountId: string, nowMs: number): Promise<AccountContents>;
  lastEntryAtMs(accountId: string): Promise<number | null>;
}

export interface RecordTables {
  readonly accounts: string;
  readonly ledger: string;
  readonly orders: string;
  readonly transfers: string;
}

type AccountItem = { readonly item: string } & Partial<Balance> &
  Partial<Record<'freeQuantity' | 'blockedQuantity', number>>;

/** Orders looked at, newest first. An older one that lives holds money or shares, which stand against the closing by themselves. */
const NEWEST_ORDERS = 100;

export function createClientRecordsStore(tables: Tables, names: RecordTables): ClientRecordsStore {
  const key = (accountId: string) => ({ expression: 'accountId = :account', values: { ':account': accountId } });
  return {
    async contents(accountId, nowMs) {
      const [items, hasOpenOrders, transfers] = await Promise.all([
        readAll<AccountItem>((after) => tables.query({ table: names.accounts, key: key(accountId), after })),
        hasOpenOrder(tables, names.orders, key(accountId)),
        readAll<Deposit | Payment | Withdrawal>((after) =>
          tables.query({ table: names.transfers, index: 'byAccount', key: key(accountId), after }),
        ),
      ]);
      return {
        balance: { ...ZERO_BALANCE, ...items.find(({ item }) => item === BALANCE_ITEM) },
        hasShares: items.some(hasShares),
        hasOpenOrders,
        hasPendingTransfers: transfers.some((transfer) => isPending(transfer, nowMs)),
      };
    },
    async lastEntryAtMs(accountId) {
      const newest = { table: names.ledger, key: key(accountId), newestFirst: true, limit: 1 };
      const { items } = await tables.query<{ readonly entryKey: string }>(newest);
      // The key begins with the entry's time.
      return items[0] ? Date.parse(items[0].entryKey.split('#', 1)[0] ?? '') : null;
    },
  };
}

async function hasOpenOrder(
  tables: Tables,
  table: string,
  key: { readonly expression: string; readonly values: Readonly<Record<string, string>> },
): Promise<boolean> {
  const newest = { table, index: 'byAccount', key, newestFirst: true, limit: NEWEST_ORDERS };
  const { items } = await tables.query<{ readonly orderId: string; readonly item: string }>(newest);
  if (items.length === 0) return false;
  const orders = await tables.batchGet<Order>(items.map(({ orderId, item }) => ({ table, key: { orderId, item } })));
  return orders.some(({ status }) => !hasEnded(status));
}

function hasShares({ item, freeQuantity = 0, blockedQuantity = 0 }: AccountItem): boolean {
  return item.startsWith(POSITION_PREFIX) && freeQuantity + blockedQuantity !== 0;
}

/** A charge that may still be paid is as good as money on its way. */
function isPending(transfer: Deposit | Payment | Withdrawal, nowMs: number): boolean {
  switch (transfer.kind) {
    case 'DEPOSIT':
      return transfer.paidCents + transfer.returnedCents === 0 && nowMs < transfer.expiresAtMs;
    case 'WITHDRAWAL':
      return transfer.status === 'PENDING';
    case 'PAYMENT':
      return transfer.status === 'RETURNING';
  }
}
