import { BALANCE_ITEM, CLIENT_ITEM } from '../platform/account-item.ts';
import type { Tables } from '../platform/tables.ts';
import type { IssuedKeyRecord } from './api-key-record.ts';
import { revokeAction } from './api-keys-store.ts';
import { recordAction, type StaffAction } from './staff-action.ts';

export interface Closing {
  readonly closedAtMs: number;
  /** When its keys end: the same, but for what a second closing found. */
  readonly endsAtMs: number;
  readonly keys: readonly IssuedKeyRecord[];
}

/** Ends an account that holds no money, and keys of it. False when money came meanwhile. */
export type CloseAccount = (accountId: string, closing: Closing, action: StaffAction) => Promise<boolean>;

const MONEY = ['availableCents', 'blockedCents', 'receivableCents', 'payableCents'] as const;
/** An account that never had money has no balance item. Shares, which are looked for before, come by purchases alone, and those take money. */
const HOLDS_NO_MONEY = {
  expression: `attribute_not_exists(accountId) OR (${MONEY.map((name) => `${name} = :none`).join(' AND ')})`,
  values: { ':none': 0 },
};

export function createCloseAccount(
  tables: Tables,
  names: { readonly accounts: string; readonly apiKeys: string; readonly staffActions: string },
): CloseAccount {
  return async (accountId, { closedAtMs, endsAtMs, keys }, action) => {
    const outcome = await tables.transact([
      { kind: 'CHECK', table: names.accounts, key: { accountId, item: BALANCE_ITEM }, condition: HOLDS_NO_MONEY },
      {
        kind: 'UPDATE',
        table: names.accounts,
        key: { accountId, item: CLIENT_ITEM },
        update: {
          expression: 'SET #state = :closed, closedAtMs = :at',
          names: { '#state': 'state' },
          values: { ':closed': 'CLOSED', ':at': closedAtMs },
        },
      },
      ...keys.map((key) => revokeAction(names.apiKeys, key, endsAtMs)),
      recordAction(names.staffActions, action),
    ]);
    return outcome.kind === 'WRITTEN';
  };
}
