import { type AttributeMap, mapSizeBytes } from './items/attribute-value.ts';
import type { StoredItem } from './items/item-store.ts';
import { keyInIndex } from './items/key-encoding.ts';
import { projectedItem } from './items/projected-item.ts';
import type { SecondaryIndex, Table } from './tables/table.ts';
import { oneOf } from './validation.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-unit-calculations.html */
const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

export type CapacityDetail = 'NONE' | 'TOTAL' | 'INDEXES';

/** Units of one operation on one table: of the table itself and of each index by name. */
export interface Consumed {
  readonly table: Table;
  readonly tableUnits: number;
  readonly indexUnits?: ReadonlyMap<SecondaryIndex, number>;
}

export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
  readonly [detail: string]: unknown;
}

export function capacityDetail(input: { ReturnConsumedCapacity?: unknown }): CapacityDetail {
  return oneOf(input.ReturnConsumedCapacity, 'returnConsumedCapacity', ['INDEXES', 'TOTAL', 'NONE'] as const, 'NONE');
}

export function readUnits(sizeBytes: number, consistent: boolean): number {
  const units = Math.max(1, Math.ceil(sizeBytes / READ_UNIT_BYTES));
  return consistent ? units : units / 2;
}

/** `factor` is 2 in a transaction. */
export function writeConsumed(
  table: Table,
  before: StoredItem | undefined,
  after: StoredItem | undefined,
  factor = 1,
): Consumed {
  const sizeBytes = Math.max(before?.sizeBytes ?? 0, after?.sizeBytes ?? 0);
  const indexUnits = new Map<SecondaryIndex, number>();
  for (const index of table.indexes) {
    const units = indexWriteUnits(index, before?.item, after?.item);
    if (units > 0) indexUnits.set(index, units * factor);
  }
  return { table, tableUnits: writeUnits(sizeBytes) * factor, indexUnits };
}

/** One entry for each table, in the order of first use. */
export function consumedCapacities(
  consumed: readonly Consumed[],
  detail: CapacityDetail,
  kind?: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): ConsumedCapacity[] | undefined {
  if (detail === 'NONE') return undefined;
  const byTable = new Map<Table, { tableUnits: number; indexUnits: Map<SecondaryIndex, number> }>();
  for (const { table, tableUnits, indexUnits } of consumed) {
    const sum = byTable.get(table) ?? { tableUnits: 0, indexUnits: new Map() };
    sum.tableUnits += tableUnits;
    for (const [index, units] of indexUnits ?? []) sum.indexUnits.set(index, (sum.indexUnits.get(index) ?? 0) + units);
    byTable.set(table, sum);
  }
  return [...byTable].map(([table, sum]) => describe(table, sum.tableUnits, sum.indexUnits, detail, kind));
}

export function consumedCapacity(consumed: Consumed, detail: CapacityDetail): ConsumedCapacity | undefined {
  return consumedCapacities([consumed], detail)?.[0];
}

function describe(
  table: Table,
  tableUnits: number,
  indexUnits: ReadonlyMap<SecondaryIndex, number>,
  detail: CapacityDetail,
  kind: 'ReadCapacityUnits' | 'WriteCapacityUnits' | undefined,
): ConsumedCapacity {
  const units = (count: number) => ({ CapacityUnits: count, ...(kind && { [kind]: count }) });
  const total = [...indexUnits.values()].reduce((sum, count) => sum + count, tableUnits);
  const result: Record<string, unknown> = { TableName: table.name, ...units(total) };
  if (detail === 'INDEXES') {
    result.Table = units(tableUnits);
    for (const [index, count] of indexUnits) {
      const member = index.kind === 'global' ? 'GlobalSecondaryIndexes' : 'LocalSecondaryIndexes';
      result[member] = { ...(result[member] as object), [index.name]: units(count) };
    }
  }
  return result as unknown as ConsumedCapacity;
}

function writeUnits(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / WRITE_UNIT_BYTES));
}

/** Nothing when the index does not see the change; two writes when the item moves within it. */
function indexWriteUnits(
  index: SecondaryIndex,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
): number {
  const from = before && keyInIndex(index, before) && projectedItem(index, before);
  const to = after && keyInIndex(index, after) && projectedItem(index, after);
  if (!from || !to) {
    const entry = from ?? to;
    return entry ? writeUnits(mapSizeBytes(entry)) : 0;
  }
  if (JSON.stringify(from) === JSON.stringify(to)) return 0;
  const fromKey = keyInIndex(index, from);
  const toKey = keyInIndex(index, to);
  const moved = fromKey?.partition !== toKey?.partition || fromKey?.sort !== toKey?.sort;
  if (!moved) return writeUnits(Math.max(mapSizeBytes(from), mapSizeBytes(to)));
  return writeUnits(mapSizeBytes(from)) + writeUnits(mapSizeBytes(to));
}
