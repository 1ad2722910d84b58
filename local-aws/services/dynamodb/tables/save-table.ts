import type { Database } from '../database.ts';
import { expirySecond } from '../items/item-writer.ts';
import { keyInIndex } from '../items/key-encoding.ts';
import { validation } from '../validation.ts';
import { checkDeclaration } from './declare-table.ts';
import type { IndexDeclaration, Table, TableDeclaration, TableRecord } from './table.ts';

/** Makes a table as declared, or brings an existing one to the declaration: new indexes are filled, old ones dropped. */
export function saveTable(database: Database, declaration: TableDeclaration): Table {
  checkDeclaration(declaration);
  const existing = database.find(declaration.TableName);
  if (existing && JSON.stringify(existing.record.declaration) === JSON.stringify(declaration)) return existing;
  if (existing) checkSameKeys(existing.record.declaration, declaration);
  const table = database.save(nextRecord(database, existing?.record, declaration));
  if (existing) bringUpToDate(database, existing, table);
  return table;
}

function checkSameKeys(before: TableDeclaration, after: TableDeclaration): void {
  if (JSON.stringify(before.KeySchema) === JSON.stringify(after.KeySchema)) return;
  throw validation(
    `Table ${after.TableName} exists with another KeySchema, which a table keeps for life: rename it or remove its data`,
  );
}

function nextRecord(database: Database, before: TableRecord | undefined, declaration: TableDeclaration): TableRecord {
  const { kernel } = database;
  const indexNumbers: Record<string, number> = {};
  let nextIndexNumber = before?.nextIndexNumber ?? 1;
  for (const index of allIndexes(declaration)) {
    const kept = before && keepsIndex(before.declaration, index) ? before.indexNumbers[index.IndexName] : undefined;
    indexNumbers[index.IndexName] = kept ?? nextIndexNumber++;
  }
  return {
    id: before?.id ?? database.nextTableId(),
    createdMs: before?.createdMs ?? kernel.clock.nowMs(),
    tableId: before?.tableId ?? kernel.random.uuid(),
    declaration,
    indexNumbers,
    nextIndexNumber,
    stream: nextStream(database, before, declaration),
  };
}

/** A stream whose view changes is a new stream; one that is turned off is gone. */
function nextStream(
  database: Database,
  before: TableRecord | undefined,
  declaration: TableDeclaration,
): TableRecord['stream'] {
  const viewType = declaration.StreamViewType;
  if (!viewType) return undefined;
  if (before?.stream?.viewType === viewType) return before.stream;
  const id = database.tables().reduce((highest, table) => Math.max(highest, table.stream?.id ?? 0), 0) + 1;
  const label = new Date(database.kernel.clock.nowMs()).toISOString().replace('Z', '');
  return { id, label, viewType };
}

function allIndexes(declaration: TableDeclaration): IndexDeclaration[] {
  return [...declaration.GlobalSecondaryIndexes, ...declaration.LocalSecondaryIndexes];
}

/** Entries hold keys alone: an index whose projection changes keeps them. */
function keepsIndex(before: TableDeclaration, index: IndexDeclaration): boolean {
  const same = allIndexes(before).find(({ IndexName }) => IndexName === index.IndexName);
  return same !== undefined && JSON.stringify(same.KeySchema) === JSON.stringify(index.KeySchema);
}

function bringUpToDate(database: Database, before: Table, after: Table): void {
  const kept = new Set(after.indexes.map(({ id }) => id));
  const known = new Set(before.indexes.map(({ id }) => id));
  for (const index of before.indexes) if (!kept.has(index.id)) database.indexes.drop(index.id);
  const added = after.indexes.filter(({ id }) => !known.has(id));
  const expiryChanged = before.timeToLiveAttribute !== after.timeToLiveAttribute;
  if (added.length === 0 && !expiryChanged) return;
  for (const { key, item } of database.items.all(after.id)) {
    for (const index of added) {
      const place = keyInIndex(index, item.item);
      if (place) database.indexes.put(index.id, place, key);
    }
    if (expiryChanged) database.items.setExpiry(after.id, key, expirySecond(after, item.item));
  }
  if (expiryChanged) database.resume();
}
