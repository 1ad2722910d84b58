import { createReadStream } from 'node:fs';
import { InputError } from './input-error.ts';

/** Far above any record of B3's files; a longer line means that this is no text file. */
const MAX_LINE_CHARACTERS = 4_096;

/** A line without its end. `number` counts from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** False for a last line without an end: the file was cut while it was written or copied. */
  readonly isEnded: boolean;
}

/** Streams the lines of a text file, ended by LF or CRLF. Throws InputError. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let pending = '';
  let number = 0;
  for await (const chunk of chunksOf(file)) {
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const text of lines) yield lineOf(file, ++number, text.endsWith('\r') ? text.slice(0, -1) : text, true);
    checkLength(file, number + 1, pending);
  }
  if (pending !== '') yield lineOf(file, number + 1, pending, false);
}

function lineOf(file: string, number: number, text: string, isEnded: boolean): Line {
  checkLength(file, number, text);
  return { number, text, isEnded };
}

async function* chunksOf(file: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(file, { encoding: 'latin1' }) as AsyncIterable<string>;
  } catch (error) {
    throw new InputError(file, null, null, `cannot be read (${(error as NodeJS.ErrnoException).code})`, {
      cause: error,
    });
  }
}

function checkLength(file: string, line: number, text: string): void {
  if (text.length <= MAX_LINE_CHARACTERS) return;
  throw new InputError(file, line, null, `the line has more than ${MAX_LINE_CHARACTERS} characters`);
}
