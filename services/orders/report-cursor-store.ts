import type { Tables } from '../platform/tables.ts';

/** Up to which `seq` the exchange's reports have been compared with the books; 0 at first. One item, in the Orders table. */
export interface ReportCursorStore {
  read(): Promise<number>;
  /** False when another run has moved it meanwhile. */
  advance(fromSeq: number, toSeq: number): Promise<boolean>;
}

const CURSOR_KEY = { orderId: 'EXCHANGE', item: 'REPORT_CURSOR' };

export function createReportCursorStore(tables: Tables, table: string): ReportCursorStore {
  return {
    async read() {
      const kept = await tables.get<{ readonly seq: number }>(table, CURSOR_KEY);
      return kept?.seq ?? 0;
    },
    advance(fromSeq, toSeq) {
      const condition =
        fromSeq === 0
          ? { expression: 'attribute_not_exists(orderId)' }
          : { expression: 'seq = :from', values: { ':from': fromSeq } };
      return tables.put(table, { ...CURSOR_KEY, seq: toSeq }, condition);
    },
  };
}
