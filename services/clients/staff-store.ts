import { CLIENT_ITEM } from '../platform/account-item.ts';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';
import type { TransactAction } from '../platform/transaction.ts';
import type { IssuedKeyRecord } from './api-key-record.ts';
import { revokeAction } from './api-keys-store.ts';
import { STAFF_DIRECTORY } from './registered-client.ts';
import { recordAction, type StaffAction } from './staff-action.ts';
import type { StaffMember } from './staff-member.ts';

export interface StaffTables {
  readonly accounts: string;
  readonly apiKeys: string;
  readonly staffActions: string;
}

/** FORBIDDEN: whoever asks is no administrator any more, though the authorizer's cache may still say so. REFUSED: the change's own condition. */
export type KeptStaff = 'KEPT' | 'FORBIDDEN' | 'REFUSED';

/**
 * Staff as administrators keep them. Every change holds only while `actor` is an active administrator, in the same transaction: of two who
 * suspend each other one is refused, so that one is always left.
 */
export interface StaffStore {
  /** Null for nobody, and for clients. */
  find(staffId: string): Promise<StaffMember | null>;
  /** Newest first. The index may lag a little. */
  all(): Promise<readonly StaffMember[]>;
  /** REFUSED when there is such a member. */
  add(member: StaffMember, action: StaffAction): Promise<KeptStaff>;
  suspend(staffId: string, keys: readonly IssuedKeyRecord[], atMs: number, action: StaffAction): Promise<KeptStaff>;
  /** Adds a key of a member, and ends others. REFUSED when the member is suspended. */
  addKey(
    key: IssuedKeyRecord,
    ending: readonly IssuedKeyRecord[],
    atMs: number,
    action: StaffAction,
  ): Promise<KeptStaff>;
}

/** Keys of one BatchGetItem. */
const MAX_BATCH_KEYS = 100;
const IS_ADMINISTRATOR = {
  expression: '#state = :active AND #role = :administrator',
  names: { '#state': 'state', '#role': 'role' },
  values: { ':active': 'ACTIVE', ':administrator': 'ADMINISTRATOR' },
};
const IS_ACTIVE = { expression: '#state = :active', names: { '#state': 'state' }, values: { ':active': 'ACTIVE' } };
/** Place of the check of who asks among a change's actions. */
const ACTOR_INDEX = 0;

export function createStaffStore(tables: Tables, names: StaffTables): StaffStore {
  const key = (accountId: string) => ({ accountId, item: CLIENT_ITEM });
  const keep = async (action: StaffAction, ...changes: readonly TransactAction[]): Promise<KeptStaff> => {
    const check = {
      kind: 'CHECK',
      table: names.accounts,
      key: key(action.actor),
      condition: IS_ADMINISTRATOR,
    } as const;
    const outcome = await tables.transact([check, ...changes, recordAction(names.staffActions, action)]);
    if (outcome.kind === 'WRITTEN') return 'KEPT';
    return outcome.kind === 'REFUSED' && outcome.failedActions.includes(ACTOR_INDEX) ? 'FORBIDDEN' : 'REFUSED';
  };
  return {
    async find(staffId) {
      const found = await tables.get<StaffMember>(names.accounts, key(staffId));
      return found?.directory === STAFF_DIRECTORY ? found : null;
    },
    async all() {
      const keys = await readAll<{ readonly accountId: string }>((after) =>
        tables.query({
          table: names.accounts,
          index: 'byOpening',
          key: { expression: 'directory = :staff', values: { ':staff': STAFF_DIRECTORY } },
          newestFirst: true,
          after,
        }),
      );
      const wanted = keys.map(({ accountId }) => ({ table: names.accounts, key: key(accountId) }));
      const found: StaffMember[] = [];
      for (let start = 0; start < wanted.length; start += MAX_BATCH_KEYS) {
        found.push(...(await tables.batchGet<StaffMember>(wanted.slice(start, start + MAX_BATCH_KEYS))));
      }
      return found.toSorted((a, b) => (a.openedKey < b.openedKey ? 1 : -1));
    },
    add: (member, action) =>
      keep(action, {
        kind: 'PUT',
        table: names.accounts,
        item: { ...member, item: CLIENT_ITEM },
        condition: { expression: 'attribute_not_exists(accountId)' },
      }),
    suspend: (staffId, keys, atMs, action) => {
      const update = {
        expression: 'SET #state = :blocked',
        names: { '#state': 'state' },
        values: { ':blocked': 'BLOCKED' },
      };
      const ended = keys.map((held) => revokeAction(names.apiKeys, held, atMs));
      const suspension = { kind: 'UPDATE', table: names.accounts, key: key(staffId), update } as const;
      return keep(action, suspension, ...ended);
    },
    addKey: (added, ending, atMs, action) => {
      const ended = ending.map((held) => revokeAction(names.apiKeys, held, atMs));
      const holder = { kind: 'CHECK', table: names.accounts, key: key(added.accountId), condition: IS_ACTIVE } as const;
      const isOwn = added.accountId === action.actor;
      const put = { kind: 'PUT', table: names.apiKeys, item: added } as const;
      return keep(action, ...(isOwn ? [] : [holder]), put, ...ended);
    },
  };
}
