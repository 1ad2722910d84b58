import type { FileFormat } from '../file-format.ts';
import { InputError } from '../input-error.ts';
import type { Line } from '../read-lines.ts';
import type { RecordedDay, RecordedEvent } from '../recorded-day.ts';
import { DayCheck } from './check-day.ts';
import { COLUMNS } from './columns.ts';
import { parseRow } from './parse-row.ts';

const HEADER = COLUMNS.join(',');
/** A header with a wrong column is still meant to be this file, and deserves to hear which column. */
const FIRST_COLUMNS = COLUMNS.slice(0, 2).join(',');

/** Order events of B3's former OFER_CPA and OFER_VDA files as comma-separated values (the layout of facts on B3, 6.3). */
export const ORDER_EVENTS_CSV: FileFormat = {
  name: 'order events CSV',
  recognises: (firstLine) => firstLine.startsWith(FIRST_COLUMNS),
  read: readOrderEvents,
};

async function readOrderEvents(file: string, lines: AsyncIterable<Line>): Promise<RecordedDay> {
  const events: RecordedEvent[] = [];
  let sessionDate: string | null = null;
  for await (const { number, text, isEnded } of lines) {
    if (!isEnded)
      throw new InputError(file, number, lastColumnOf(text), 'the line has no end: the file was cut short here');
    if (number === 1) {
      checkHeader(file, text);
      continue;
    }
    const row = parseRow(number, text);
    if (!row.ok) throw new InputError(file, number, row.fault.field, row.fault.reason);
    sessionDate ??= row.sessionDate;
    if (row.sessionDate !== sessionDate)
      throw new InputError(file, number, 'SessionDate', `${row.sessionDate} in a file of ${sessionDate}`);
    events.push(row.event);
  }
  if (sessionDate === null) throw new InputError(file, null, null, 'there is no event behind the header');
  return { sessionDate, events: inOrderOfEvents(file, events) };
}

/** Half a record must not pass for a whole one: a price that lost its last digits is still a price. */
function lastColumnOf(text: string): string {
  return COLUMNS[Math.min(text.split(',').length, COLUMNS.length) - 1] as string;
}

function checkHeader(file: string, text: string): void {
  if (text === HEADER) return;
  const found = text.split(',');
  const at = COLUMNS.findIndex((column, index) => found[index] !== column);
  const reason =
    at < 0 ? `the header has ${found.length} columns, not ${COLUMNS.length}` : `the header says "${found[at] ?? ''}"`;
  throw new InputError(file, 1, COLUMNS[at] ?? null, reason);
}

/**
 * The file's lines stand in order of seconds, by instrument, and within a second in none: SecondaryOrderID is the exchange's
 * count of events of an instrument, and it alone says what came first.
 */
function inOrderOfEvents(file: string, events: readonly RecordedEvent[]): RecordedEvent[] {
  const ordered = events.toSorted((one, other) => one.timeMs - other.timeMs || one.sequence - other.sequence);
  const check = new DayCheck();
  const latest = new Map<string, RecordedEvent>();
  for (const event of ordered) {
    const before = latest.get(event.symbol);
    if (before && before.sequence >= event.sequence) {
      const reason = `${event.sequence} does not come after ${before.sequence} of line ${before.line}, though its PriorityTime does`;
      throw new InputError(file, event.line, 'SecondaryOrderID', reason);
    }
    latest.set(event.symbol, event);
    const fault = check.faultOf(event);
    if (fault) throw new InputError(file, event.line, fault.field, fault.reason);
  }
  return ordered;
}
