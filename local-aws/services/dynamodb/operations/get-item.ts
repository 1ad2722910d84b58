import type { Operation } from '../../../kernel/service.ts';
import { capacityDetail, consumedCapacity, readUnits } from '../capacity.ts';
import type { Database } from '../database.ts';
import { type ReadInput, readGet, shownItem } from './read-request.ts';

export function getItem(database: Database): Operation {
  return (input: ReadInput) => {
    const { table, key, shown } = readGet(database, input);
    const detail = capacityDetail(input);
    database.throttle();
    const stored = database.items.read(key);
    const output = shownItem(stored, shown);
    if (detail === 'NONE') return output;
    const tableUnits = readUnits(stored?.sizeBytes ?? 0, input.ConsistentRead === true);
    return { ...output, ConsumedCapacity: consumedCapacity({ table, tableUnits }, detail) };
  };
}
