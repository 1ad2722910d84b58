import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';
import type { ConnectionKey, StreamConnection } from './stream-connection.ts';

/** Item of the table StreamConnections: the symbols as one text, which many readers a second take apart faster than a list. */
type StreamConnectionItem = Omit<StreamConnection, 'symbols'> & {
  readonly symbols: string;
  /** Seconds, for DynamoDB's time to live: what `$disconnect`, which is best effort, left behind. */
  readonly expiresAt: number;
};

/** Who follows prices, and which. */
export type PriceSubscriber = ConnectionKey & Pick<StreamConnection, 'symbols' | 'grouped'>;

export interface StreamConnectionsStore {
  find(key: ConnectionKey): Promise<StreamConnection | null>;
  /** Every account of which a connection may follow the orders, strongly consistent. */
  followedAccounts(): Promise<ReadonlySet<string>>;
  /** All of one account, strongly consistent. */
  ofAccount(accountId: string): Promise<readonly StreamConnection[]>;
  /** False when somebody changed or removed it meanwhile. `former` null: it is new. */
  save(connection: StreamConnection, former: StreamConnection | null): Promise<boolean>;
  remove(key: ConnectionKey): Promise<void>;
  priceSubscribers(): Promise<readonly PriceSubscriber[]>;
}

export function createStreamConnectionsStore(tables: Tables, table: string): StreamConnectionsStore {
  return {
    async find({ accountId, connectionId }) {
      const item = await tables.get<StreamConnectionItem>(table, { accountId, connectionId });
      return item && toConnection(item);
    },
    async followedAccounts() {
      const key = { expression: 'accountId = :marks', values: { ':marks': ORDERS_FOLLOWED } };
      const marks = await readAll<ConnectionKey>((after) => tables.query({ table, key, after }));
      return new Set(marks.map(({ connectionId }) => connectionId));
    },
    async ofAccount(accountId) {
      const key = { expression: 'accountId = :account', values: { ':account': accountId } };
      const items = await readAll<StreamConnectionItem>((after) => tables.query({ table, key, after }));
      return items.map(toConnection);
    },
    async save(connection, former) {
      const item = toItem({ ...connection, revision: (former?.revision ?? 0) + 1 });
      // Before the connection: from the moment it follows, events must find it.
      if (connection.orders !== 'OFF') await markFollowed(tables, table, item);
      return tables.put(
        table,
        item,
        former
          ? { expression: 'revision = :former', values: { ':former': former.revision } }
          : { expression: 'attribute_not_exists(accountId)' },
      );
    },
    async remove({ accountId, connectionId }) {
      await tables.delete(table, { accountId, connectionId });
    },
    async priceSubscribers() {
      const filter = { expression: 'symbols <> :none', values: { ':none': '' } };
      const projection = { expression: 'accountId, connectionId, symbols, grouped' };
      const items = await readAll<StreamConnectionItem>((after) => tables.scan({ table, projection, filter, after }));
      return items.map((item) => ({ ...item, symbols: item.symbols.split(SEPARATOR) }));
    },
  };
}

const SEPARATOR = ',';
/**
 * Partition of the marks of followed accounts, an item each, which stands for as long as the account's longest connection may. No account's id has
 * such a sign.
 */
const ORDERS_FOLLOWED = '#ORDERS_FOLLOWED';

async function markFollowed(
  tables: Tables,
  table: string,
  { accountId, expiresAt }: StreamConnectionItem,
): Promise<void> {
  await tables.put(
    table,
    { accountId: ORDERS_FOLLOWED, connectionId: accountId, symbols: '', expiresAt },
    { expression: 'attribute_not_exists(accountId) OR expiresAt < :later', values: { ':later': expiresAt } },
  );
}

function toItem(connection: StreamConnection): StreamConnectionItem {
  const expiresAt = Math.ceil(connection.endsByMs / 1000);
  return { ...connection, symbols: connection.symbols.join(SEPARATOR), expiresAt };
}

function toConnection({ expiresAt: _expiresAt, symbols, ...item }: StreamConnectionItem): StreamConnection {
  return { ...item, symbols: symbols === '' ? [] : symbols.split(SEPARATOR) };
}
