import type { Aggression, RecordedEvent, RecordedKind } from '../recorded-day.ts';
import { COLUMNS, type Column, FIELD_RULES, type FieldFault, type Row } from './columns.ts';

export type ParsedRow =
  | { readonly ok: true; readonly sessionDate: string; readonly event: RecordedEvent }
  | { readonly ok: false; readonly fault: FieldFault };

const KINDS: Readonly<Record<string, RecordedKind>> = {
  New: 'NEW',
  Update: 'UPDATE',
  Cancel: 'CANCEL',
  Trade: 'TRADE',
};
const STATUSES: Readonly<Record<RecordedKind, readonly string[]>> = {
  NEW: ['New'],
  UPDATE: ['Replaced'],
  CANCEL: ['Canceled'],
  TRADE: ['Partially Filled', 'Filled'],
};
const AGGRESSIONS: readonly Aggression[] = ['NEUTRAL', 'AGGRESSOR', 'PASSIVE'];

/** Reads one record; the fault is that of the first field, in the file's order, that cannot be. */
export function parseRow(line: number, text: string): ParsedRow {
  const fields = text.split(',');
  if (fields.length !== COLUMNS.length) return { ok: false, fault: wrongCount(fields.length) };
  const row = Object.fromEntries(COLUMNS.map((column, index) => [column, fields[index]])) as Row;
  const fault = malformedField(row) ?? contradiction(row);
  return fault ? { ok: false, fault } : { ok: true, sessionDate: row.SessionDate, event: toEvent(line, row) };
}

/** Names the first column that is missing, or the last one when there is too much behind it. */
function wrongCount(count: number): FieldFault {
  const field = COLUMNS[Math.min(count, COLUMNS.length - 1)] as Column;
  return { field, reason: `the record has ${count} fields, not ${COLUMNS.length}` };
}

function malformedField(row: Row): FieldFault | null {
  for (const field of COLUMNS) {
    const { pattern, meaning } = FIELD_RULES[field];
    if (!pattern.test(row[field])) return { field, reason: `"${row[field]}" is not ${meaning}` };
  }
  return null;
}

/** Fields that are well formed each, and yet cannot be. */
function contradiction(row: Row): FieldFault | null {
  const kind = KINDS[row.ExecutionType] as RecordedKind;
  const [total, traded] = [Number(row.TotalQuantity), Number(row.TradedQuantity)];
  if (!isDate(row.SessionDate)) return { field: 'SessionDate', reason: `${row.SessionDate} is no date` };
  if (!row.OrderPrice.endsWith('0000'))
    return { field: 'OrderPrice', reason: `${row.OrderPrice} is no whole centavos` };
  if (priceCents(row) === 0 && kind !== 'NEW' && kind !== 'TRADE')
    return { field: 'OrderPrice', reason: `${row.ExecutionType} needs a price above 0` };
  if (traded > total) return { field: 'TradedQuantity', reason: `${traded} is above TotalQuantity ${total}` };
  if (kind === 'NEW' && traded > 0) return { field: 'TradedQuantity', reason: `a New has traded ${traded} already` };
  if (kind === 'TRADE' && traded === 0) return { field: 'TradedQuantity', reason: 'a Trade has traded nothing' };
  if (!isInstant(row.OrderDatetime)) return { field: 'OrderDatetime', reason: `${row.OrderDatetime} is no instant` };
  const { OrderStatus: status } = row;
  if (!STATUSES[kind].includes(status))
    return { field: 'OrderStatus', reason: `${status} does not go with ${row.ExecutionType}` };
  if (kind === 'TRADE' && (status === 'Filled') !== (traded === total))
    return { field: 'OrderStatus', reason: `${status} with ${traded} of ${total} traded` };
  if ((kind === 'TRADE') === (row.AgressorIndicator === '0'))
    return { field: 'AgressorIndicator', reason: `${row.AgressorIndicator} does not go with ${row.ExecutionType}` };
  return null;
}

function toEvent(line: number, row: Row): RecordedEvent {
  return {
    line,
    symbol: row.InstrumentSymbol,
    orderNumber: row.SequentialOrderNumber,
    member: row.Member,
    side: row.OrderSide === 'Buy' ? 'BUY' : 'SELL',
    kind: KINDS[row.ExecutionType] as RecordedKind,
    sequence: Number(row.SecondaryOrderID),
    timeMs: timeOfDayMs(row.PriorityTime),
    priceCents: priceCents(row),
    quantity: Number(row.TotalQuantity),
    filledQuantity: Number(row.TradedQuantity),
    aggression: AGGRESSIONS[Number(row.AgressorIndicator)] as Aggression,
  };
}

/** Of a price that is in whole centavos; digits only, no fractions on the way. */
function priceCents({ OrderPrice }: Row): number {
  return Number(OrderPrice.slice(0, -4).replace('.', ''));
}

function timeOfDayMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(0, 8).split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + Number(time.slice(9)) / 1_000;
}

function isDate(text: string): boolean {
  return isInstant(`${text}T00:00:00Z`);
}

/** JavaScript turns 2015-02-30 into a day of March: only what comes back unchanged is an instant. */
function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && `${new Date(time).toISOString().slice(0, 19)}Z` === text;
}
