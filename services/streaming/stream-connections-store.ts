import { readAll } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';
import type { ConnectionKey, StreamConnection } from './stream-connection.ts';

/** Item of the table StreamConnections: lists as one text each, which many readers a second take apart faster. */
type StreamConnectionItem = Omit<StreamConnection, 'symbols' | 'waiting' | 'replayed' | 'sendingUntilMs'> & {
  readonly symbols: string;
  /** These only where there is something: the table is scanned for the symbols. */
  readonly waiting?: string;
  readonly replayed?: string;
  readonly sendingUntilMs?: number;
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
      // Before the connection: from the moment it follows, events must find it. The mark then stands for as long as it may.
      const begins = connection.orders !== 'OFF' && (former?.orders ?? 'OFF') === 'OFF';
      if (begins) await markFollowed(tables, table, item);
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
      return items.map((item) => ({ ...item, symbols: listOf(item.symbols) }));
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
  const { symbols, waiting, replayed, sendingUntilMs, ...rest } = connection;
  return {
    ...rest,
    symbols: textOf(symbols),
    expiresAt,
    ...(waiting.length > 0 ? { waiting: textOf(waiting) } : {}),
    ...(replayed.length > 0 ? { replayed: textOf(replayed) } : {}),
    ...(sendingUntilMs > 0 ? { sendingUntilMs } : {}),
  };
}

function toConnection({ expiresAt: _expiresAt, ...item }: StreamConnectionItem): StreamConnection {
  const { symbols, waiting = '', replayed = '', sendingUntilMs = 0 } = item;
  return { ...item, symbols: listOf(symbols), waiting: listOf(waiting), replayed: listOf(replayed), sendingUntilMs };
}

const textOf = (list: readonly string[]): string => list.join(SEPARATOR);
const listOf = (text: string): readonly string[] => (text === '' ? [] : text.split(SEPARATOR));
