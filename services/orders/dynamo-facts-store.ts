import type { Balance } from '@brokerage/domain/ledger/balance';
import type { Position } from '@brokerage/domain/positions/position';
import { BALANCE_ITEM, CLIENT_ITEM, positionItem } from '../platform/account-item.ts';
import type { Tables } from '../platform/tables.ts';
import type { AccountFacts, ClientProfile, FactsStore } from './facts-store.ts';
import { type OrderItem, orderKey, toOrder } from './order-item.ts';

type StoredFact = Readonly<Record<string, unknown>> & { readonly item: string };

export function createFactsStore(
  tables: Tables,
  names: { readonly orders: string; readonly accounts: string },
): FactsStore {
  const accountKeys = (accountId: string, isin: string) =>
    [CLIENT_ITEM, BALANCE_ITEM, positionItem(isin)].map((item) => ({
      table: names.accounts,
      key: { accountId, item },
    }));
  return {
    async read({ orderId, accountId, isin }) {
      const key = orderKey(orderId);
      const found = await tables.batchGet<StoredFact>([{ table: names.orders, key }, ...accountKeys(accountId, isin)]);
      const order = found.find(({ item }) => item === key.item) as OrderItem | undefined;
      return { order: order ? toOrder(order) : null, ...accountFacts(found, isin) };
    },
    async readAccount(accountId, isin) {
      return accountFacts(await tables.batchGet<StoredFact>(accountKeys(accountId, isin)), isin);
    },
    async readClient(accountId) {
      return tables.get<ClientProfile>(names.accounts, { accountId, item: CLIENT_ITEM });
    },
  };
}

function accountFacts(found: readonly StoredFact[], isin: string): AccountFacts {
  const itemOf = <Shape>(name: string) => (found.find(({ item }) => item === name) as Shape | undefined) ?? null;
  return {
    client: itemOf<ClientProfile>(CLIENT_ITEM),
    balance: itemOf<Balance>(BALANCE_ITEM),
    position: itemOf<Position>(positionItem(isin)),
  };
}
