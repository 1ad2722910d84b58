import { InputError } from './input-error.ts';
import { ORDER_EVENTS_CSV } from './order-events/read-order-events.ts';
import { type Line, readLines } from './read-lines.ts';
import type { RecordedDay } from './recorded-day.ts';

/** A kind of file that a day can be replayed from. Chosen by the file's first line, never by its name. */
export interface FileFormat {
  readonly name: string;
  recognises(firstLine: string): boolean;
  /** Reads and checks the whole file, its first line included. Throws InputError. */
  read(file: string, lines: AsyncIterable<Line>): Promise<RecordedDay>;
}

const FORMATS: readonly FileFormat[] = [ORDER_EVENTS_CSV];

/** Reads a day out of a file of any known kind. Nothing is returned unless all of it is sound. Throws InputError. */
export async function readRecordedDay(file: string): Promise<RecordedDay> {
  const firstLine = await firstLineOf(file);
  const format = FORMATS.find((candidate) => candidate.recognises(firstLine));
  if (format) return format.read(file, readLines(file));
  const known = FORMATS.map(({ name }) => name).join(', ');
  throw new InputError(file, 1, null, `this is none of the files that can be replayed (${known})`);
}

/** The first line tells what kind of file it is. Throws InputError. */
export async function firstLineOf(file: string): Promise<string> {
  for await (const { text } of readLines(file)) return text;
  throw new InputError(file, null, null, 'the file is empty');
}
