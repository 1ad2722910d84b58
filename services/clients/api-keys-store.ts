import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';
import type { TransactAction } from '../platform/transaction.ts';
import type { IssuedKeyRecord } from './api-key-record.ts';
import { recordAction, type StaffAction } from './staff-action.ts';

export interface ApiKeyTables {
  readonly apiKeys: string;
  readonly staffActions: string;
}

export interface ApiKeysStore {
  /** All that a client ever had, oldest first. The index may lag a little. */
  ofClient(accountId: string): Promise<readonly IssuedKeyRecord[]>;
  add(key: IssuedKeyRecord, action: StaffAction): Promise<void>;
  /** Adds a key in the place of another, which ends at an instant. False when that one was replaced or revoked meanwhile. */
  replace(former: IssuedKeyRecord, endsAtMs: number, key: IssuedKeyRecord, action: StaffAction): Promise<boolean>;
  revoke(keys: readonly IssuedKeyRecord[], atMs: number, action: StaffAction): Promise<void>;
}

const IS_ACTIVE = { expression: 'attribute_not_exists(revokedAt) AND attribute_not_exists(validUntilMs)' };

export function createApiKeysStore(tables: Tables, names: ApiKeyTables): ApiKeysStore {
  const putKey = (item: IssuedKeyRecord): TransactAction => ({ kind: 'PUT', table: names.apiKeys, item });
  return {
    async ofClient(accountId) {
      const key = { expression: 'accountId = :account', values: { ':account': accountId } };
      return readAll<IssuedKeyRecord>((after) =>
        tables.query({ table: names.apiKeys, index: 'byAccount', key, after }),
      );
    },
    async add(key, action) {
      await tables.transact([putKey(key), recordAction(names.staffActions, action)]);
    },
    async replace({ keyHash }, endsAtMs, key, action) {
      const update = { expression: 'SET validUntilMs = :until', values: { ':until': endsAtMs } };
      const outcome = await tables.transact([
        { kind: 'UPDATE', table: names.apiKeys, key: { keyHash }, update, condition: IS_ACTIVE },
        putKey(key),
        recordAction(names.staffActions, action),
      ]);
      return outcome.kind === 'WRITTEN';
    },
    async revoke(keys, atMs, action) {
      const ended = keys.map((key) => revokeAction(names.apiKeys, key, atMs));
      await tables.transact([...ended, recordAction(names.staffActions, action)]);
    },
  };
}

/** The first revocation is the one that counts. */
export function revokeAction(table: string, { keyHash }: IssuedKeyRecord, atMs: number): TransactAction {
  const values = { ':at': formatInstant(epochMs(atMs)) };
  const update = { expression: 'SET revokedAt = if_not_exists(revokedAt, :at)', values };
  return { kind: 'UPDATE', table, key: { keyHash }, update };
}
