import type { SecondaryIndex } from '../tables/table.ts';
import type { AttributeMap, AttributeValue } from './attribute-value.ts';

/** What an index holds of an item. */
export function projectedItem(index: SecondaryIndex, item: AttributeMap): AttributeMap {
  if (!index.projected) return item;
  const result: Record<string, AttributeValue> = {};
  for (const name in item) if (index.projected.has(name)) result[name] = item[name] as AttributeValue;
  return result;
}
