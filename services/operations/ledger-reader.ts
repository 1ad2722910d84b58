import type { LedgerItem } from '../platform/ledger-item.ts';
import { forEachPage } from '../platform/paging.ts';
import type { Tables } from '../platform/tables.ts';
import type { ReadLedger } from './trial-balance.ts';

/** Comes after every character of an entry's id: the end of an instant's entries. */
const AFTER_ALL = '\uffff';

/** Walks the whole Ledger table. Entry keys begin with the instant, so text order is time order. */
export function createLedgerReader(tables: Tables, table: string): ReadLedger {
  const projection = { expression: 'money' };
  return (asOf, take) => {
    const filter = { expression: 'entryKey <= :last', values: { ':last': `${asOf}${AFTER_ALL}` } };
    return forEachPage<LedgerItem>((after) => tables.scan({ table, projection, filter, after }), take);
  };
}
