import { COLUMNS, type Row } from '../order-events/columns.ts';
import type { RecordedDay, RecordedEvent } from '../recorded-day.ts';

/** An invented New of 10 shares at R$ 7.80, as a record of the file. */
export function aRow(change: Partial<Row> = {}): string {
  const row: Row = {
    SessionDate: '2024-03-04',
    InstrumentSymbol: 'TEST4F',
    OrderSide: 'Buy',
    SequentialOrderNumber: '1001',
    SecondaryOrderID: '501',
    ExecutionType: 'New',
    PriorityTime: '10:00:00.000000',
    PriorityIndicator: '0000000000',
    OrderPrice: '7.800000',
    TotalQuantity: '10',
    TradedQuantity: '0',
    OrderDatetime: '2024-03-04T13:00:00Z',
    OrderStatus: 'New',
    AgressorIndicator: '0',
    Member: '3',
    ...change,
  };
  return COLUMNS.map((column) => row[column]).join(',');
}

/** A file's text with its header and an end to each line. */
export function aFile(...rows: readonly string[]): string {
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

export function anEvent(change: Partial<RecordedEvent> = {}): RecordedEvent {
  return {
    line: 2,
    symbol: 'TEST4F',
    orderNumber: '1001',
    member: '3',
    side: 'BUY',
    kind: 'NEW',
    sequence: 501,
    timeMs: 36_000_000,
    priceCents: 780,
    quantity: 10,
    filledQuantity: 0,
    aggression: 'NEUTRAL',
    ...change,
  };
}

/** A day of these events, each a second and a sequence number after the one before. */
export function aDay(...changes: readonly Partial<RecordedEvent>[]): RecordedDay {
  const events = changes.map((change, index) =>
    anEvent({ line: index + 2, sequence: 501 + index, timeMs: 36_000_000 + index * 1_000, ...change }),
  );
  return { sessionDate: '2024-03-04', events };
}

/** The two records of a trade between resting order `1001` (a sale) and aggressor `2001` (a purchase). */
export function aTradeBetween(resting: Partial<RecordedEvent>, aggressor: Partial<RecordedEvent>): RecordedEvent[] {
  const trade = { kind: 'TRADE', filledQuantity: 10 } as const;
  return [
    anEvent({ ...trade, side: 'SELL', aggression: 'PASSIVE', sequence: 601, ...resting }),
    anEvent({ ...trade, orderNumber: '2001', aggression: 'AGGRESSOR', sequence: 602, ...aggressor }),
  ];
}
