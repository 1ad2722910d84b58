import type { SuitabilityProfile } from '@brokerage/domain/clients/suitability';
import { CLIENT_ITEM } from '../platform/account-item.ts';
import type { DeclaredUnsuitability } from '../platform/client-suitability.ts';
import type { Expression } from '../platform/table-expression.ts';
import type { Page, Tables } from '../platform/tables.ts';
import type { TransactAction } from '../platform/transaction.ts';
import { CLIENT_DIRECTORY, type RegisteredClient } from './registered-client.ts';
import { recordAction, type StaffAction } from './staff-action.ts';

export interface ClientTables {
  readonly accounts: string;
  readonly cpfHolders: string;
  readonly staffActions: string;
}

/** Clients as staff keep them. Personal data pass here sealed: see `accounts/personal-data.ts`. */
export interface ClientsStore {
  /** Null for nobody, and for staff. */
  find(accountId: string): Promise<RegisteredClient | null>;
  /** Newest first, after an `openedKey`. The index may lag a little. */
  page(after: Pick<RegisteredClient, 'accountId' | 'openedKey'> | null, limit: number): Promise<Page<RegisteredClient>>;
  add(client: RegisteredClient, cpfIndex: string, action: StaffAction): Promise<'ADDED' | 'EXISTS' | 'CPF_TAKEN'>;
  assess(accountId: string, profile: SuitabilityProfile, atMs: number, action: StaffAction): Promise<void>;
  declare(accountId: string, declared: DeclaredUnsuitability, action: StaffAction): Promise<void>;
  /** Puts in place of a client what is left of it, and frees its CPF. */
  erase(erased: RegisteredClient, cpfIndex: string | null, action: StaffAction): Promise<void>;
  record(action: StaffAction): Promise<void>;
}

/** Place of the client among the actions of its registration: where it fails, the request is a repeated one. */
const CLIENT_INDEX = 0;

export function createClientsStore(tables: Tables, names: ClientTables): ClientsStore {
  const clientPut = (client: RegisteredClient, condition: string): TransactAction => ({
    kind: 'PUT',
    table: names.accounts,
    item: { ...client, item: CLIENT_ITEM },
    condition: { expression: condition },
  });
  const clientUpdate = (accountId: string, expression: string, values: Expression['values']): TransactAction => ({
    kind: 'UPDATE',
    table: names.accounts,
    key: { accountId, item: CLIENT_ITEM },
    update: { expression, values },
    condition: { expression: 'attribute_exists(accountId)' },
  });
  return {
    async find(accountId) {
      const client = await tables.get<RegisteredClient>(names.accounts, { accountId, item: CLIENT_ITEM });
      return client?.role === 'TRADER' ? client : null;
    },
    page: (after, limit) =>
      tables.query({
        table: names.accounts,
        index: 'byOpening',
        key: { expression: 'directory = :all', values: { ':all': CLIENT_DIRECTORY } },
        newestFirst: true,
        limit,
        after: after && { ...after, item: CLIENT_ITEM, directory: CLIENT_DIRECTORY },
      }),
    async add(client, cpfIndex, action) {
      const item = { cpfIndex, accountId: client.accountId };
      const condition = { expression: 'attribute_not_exists(cpfIndex)' };
      const outcome = await tables.transact([
        clientPut(client, 'attribute_not_exists(accountId)'),
        { kind: 'PUT', table: names.cpfHolders, item, condition },
        recordAction(names.staffActions, action),
      ]);
      if (outcome.kind === 'WRITTEN') return 'ADDED';
      return outcome.kind === 'REFUSED' && !outcome.failedActions.includes(CLIENT_INDEX) ? 'CPF_TAKEN' : 'EXISTS';
    },
    async assess(accountId, profile, atMs, action) {
      const set = 'SET suitability = :profile, suitabilityAssessedAtMs = :at';
      const update = clientUpdate(accountId, set, { ':profile': profile, ':at': atMs });
      await tables.transact([update, recordAction(names.staffActions, action)]);
    },
    async declare(accountId, declared, action) {
      const update = clientUpdate(accountId, 'SET declaredUnsuitability = :declared', { ':declared': declared });
      await tables.transact([update, recordAction(names.staffActions, action)]);
    },
    async erase(erased, cpfIndex, action) {
      const freed: readonly TransactAction[] = cpfIndex
        ? [{ kind: 'DELETE', table: names.cpfHolders, key: { cpfIndex } }]
        : [];
      const outcome = await tables.transact([
        clientPut(erased, 'attribute_exists(accountId)'),
        recordAction(names.staffActions, action),
        ...freed,
      ]);
      if (outcome.kind !== 'WRITTEN') throw new Error(`${erased.accountId} changed while it was erased`);
    },
    async record(action) {
      await tables.put(names.staffActions, action);
    },
  };
}
