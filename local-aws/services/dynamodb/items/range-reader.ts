import type { StatementSync } from 'node:sqlite';
import type { Store } from '../../../kernel/store.ts';
import type { EncodedKey } from './key-encoding.ts';

/** Text from `low` (inclusive) to `high` (exclusive). */
export interface KeyRange {
  readonly low: string;
  readonly high: string | Uint8Array;
}

/** In SQLite a BLOB stands above every text: an empty one is "no upper bound". */
export const UNBOUNDED = new Uint8Array(0);
export const WHOLE_RANGE: KeyRange = { low: '', high: UNBOUNDED };

/** The smallest text above `text`. */
export function justAbove(text: string): string {
  return `${text}\0`;
}

/** The place of an item in the order that is read: after it (or before it, backwards) the reading goes on. */
export interface Position {
  readonly item: EncodedKey;
  /** Its key in the index, when an index is read. */
  readonly index: EncodedKey | undefined;
}

export interface ItemRow {
  readonly item: string;
  readonly size: number;
  /** Encoded partition key, of a scan's rows. */
  readonly partition?: string;
}

const INDEX_ROWS = `FROM dynamodb_index_entries AS e CROSS JOIN dynamodb_items AS i
  ON i.table_id = ? AND i.partition = e.item_partition AND i.sort = e.item_sort`;

/** Reads items in the order of their keys, lazily: the caller stops when its page is full. */
export class RangeReader {
  readonly #partition: { forward: StatementSync; backward: StatementSync };
  readonly #table: StatementSync;
  readonly #indexPartition: { forward: StatementSync; backward: StatementSync };
  readonly #index: StatementSync;

  constructor(store: Store) {
    const partition = (order: string) =>
      store.reader(`SELECT item, size FROM dynamodb_items
        WHERE table_id = ? AND partition = ? AND sort >= ? AND sort < ? ORDER BY sort ${order}`);
    this.#partition = { forward: partition('ASC'), backward: partition('DESC') };
    this.#table = store.reader(`SELECT item, size, partition FROM dynamodb_items
      WHERE table_id = ? AND partition >= ? AND (partition, sort) > (?, ?) ORDER BY partition, sort`);
    const indexPartition = (comparison: string, order: string) =>
      store.reader(`SELECT i.item, i.size ${INDEX_ROWS}
        WHERE e.index_id = ? AND e.partition = ? AND e.sort >= ? AND e.sort < ?
          AND (e.sort, e.item_partition, e.item_sort) ${comparison} (?, ?, ?)
        ORDER BY e.sort ${order}, e.item_partition ${order}, e.item_sort ${order}`);
    this.#indexPartition = { forward: indexPartition('>', 'ASC'), backward: indexPartition('<', 'DESC') };
    this.#index = store.reader(`SELECT i.item, i.size, e.partition ${INDEX_ROWS}
      WHERE e.index_id = ? AND e.partition >= ? AND (e.partition, e.sort, e.item_partition, e.item_sort) > (?, ?, ?, ?)
      ORDER BY e.partition, e.sort, e.item_partition, e.item_sort`);
  }

  /** One partition of a table. */
  partition(tableId: number, partition: string, range: KeyRange, forward: boolean, after: Position | undefined) {
    const low = forward && after ? later(range.low, justAbove(after.item.sort)) : range.low;
    const high = !forward && after ? after.item.sort : range.high;
    const statement = forward ? this.#partition.forward : this.#partition.backward;
    return statement.iterate(tableId, partition, low, high) as Iterable<unknown> as Iterable<ItemRow>;
  }

  /** A whole table. Differs from AWS: in the order of its keys, where AWS's order is that of their hash. */
  table(tableId: number, after: Position | undefined) {
    const from = after?.item ?? { partition: '', sort: '' };
    return this.#table.iterate(
      tableId,
      from.partition,
      from.partition,
      from.sort,
    ) as Iterable<unknown> as Iterable<ItemRow>;
  }

  /** One partition of an index. */
  indexPartition(
    place: { tableId: number; indexId: number; partition: string },
    range: KeyRange,
    forward: boolean,
    after: Position | undefined,
  ) {
    const sort = after?.index?.sort;
    const low = forward && sort !== undefined ? later(range.low, sort) : range.low;
    const high = !forward && sort !== undefined ? justAbove(sort) : range.high;
    const statement = forward ? this.#indexPartition.forward : this.#indexPartition.backward;
    const start = forward ? '' : UNBOUNDED;
    const rows = statement.iterate(
      place.tableId,
      place.indexId,
      place.partition,
      low,
      high,
      sort ?? start,
      after?.item.partition ?? start,
      after?.item.sort ?? start,
    );
    return rows as Iterable<unknown> as Iterable<ItemRow>;
  }

  /** A whole index, in the order of its keys. */
  index(place: { tableId: number; indexId: number }, after: Position | undefined) {
    const from = after?.index ?? { partition: '', sort: '' };
    const rows = this.#index.iterate(
      place.tableId,
      place.indexId,
      from.partition,
      from.partition,
      from.sort,
      after?.item.partition ?? '',
      after?.item.sort ?? '',
    );
    return rows as Iterable<unknown> as Iterable<ItemRow>;
  }
}

/** The later of two bounds in the order of their UTF-8 bytes. */
function later(a: string, b: string): string {
  if (a === '' || b === '') return a || b;
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0 ? a : b;
}
