import type { AccountId } from '@brokerage/domain/identifiers';
import { type Balance, ZERO_BALANCE } from '@brokerage/domain/ledger/balance';
import type { Position } from '@brokerage/domain/positions/position';
import { BALANCE_ITEM, CLIENT_ITEM, POSITION_PREFIX } from '../platform/account-item.ts';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';
import type { Client } from './client.ts';

/** Reads a client's account, strongly consistent: what an order shows as filled is seen here too. */
export interface AccountsStore {
  client(accountId: AccountId): Promise<Client | null>;
  balance(accountId: AccountId): Promise<Balance>;
  positions(accountId: AccountId): Promise<readonly Position[]>;
}

export function createAccountsStore(tables: Tables, table: string): AccountsStore {
  return {
    client: (accountId) => tables.get<Client>(table, { accountId, item: CLIENT_ITEM }),
    async balance(accountId) {
      return (await tables.get<Balance>(table, { accountId, item: BALANCE_ITEM })) ?? ZERO_BALANCE;
    },
    async positions(accountId) {
      const key = {
        expression: 'accountId = :account AND begins_with(#item, :prefix)',
        names: { '#item': 'item' },
        values: { ':account': accountId, ':prefix': POSITION_PREFIX },
      };
      return readAll<Position>((after) => tables.query({ table, key, after }));
    },
  };
}
