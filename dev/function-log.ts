import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Log, LogEntry } from 'local-aws/kernel/log';

/** Lines are written this often, all at once: a busy stack logs thousands a second. */
const WRITE_INTERVAL_MS = 100;

export interface FunctionLog {
  readonly log: Log;
  /** From now on the terminal shows the functions' own warnings and errors too: before the first data are there, some fail for want of them. */
  ready(): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

/**
 * What functions and the stack log: JSON lines in `functions.log` of the data folder, warnings and errors on the terminal too. A message that is
 * a JSON object is written as one, and the line has its level.
 */
export function createFunctionLog(
  dataDir: string,
  terminal: { write(line: string): unknown } = process.stderr,
): FunctionLog {
  const file = dataDir === ':memory:' ? undefined : createWriteStream(join(dataDir, 'functions.log'), { flags: 'a' });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  let isReady = false;
  const write = (): void => {
    timer = undefined;
    file?.write(waiting);
    waiting = '';
  };
  const log: Log = ({ timeMs, source, level: given, message: text }) => {
    const message = objectIn(text) ?? text;
    const level = typeof message === 'string' ? given : levelIn(message, given);
    const line = `${JSON.stringify({ time: new Date(timeMs).toISOString(), source, level, message })}\n`;
    if (isLoud(given) || (isReady && isLoud(level))) terminal.write(line);
    if (!file) return;
    waiting += line;
    timer ??= setTimeout(write, WRITE_INTERVAL_MS);
  };
  const close = (): Promise<void> => {
    clearTimeout(timer);
    write();
    return new Promise((resolve) => (file ? file.end(resolve) : resolve()));
  };
  const ready = (): void => {
    isReady = true;
  };
  return { log, ready, close };
}

type Level = LogEntry['level'];

function isLoud(level: Level): boolean {
  return level === 'warn' || level === 'error';
}

function objectIn(text: string): object | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // What only looks like JSON, as an object that `console.log` has printed, is text.
    return undefined;
  }
}

const LEVELS: Readonly<Record<string, Level>> = { WARN: 'warn', ERROR: 'error' };

/** The functions' lines have a level of their own; an access log's have none. */
function levelIn(message: { readonly level?: unknown }, otherwise: Level): Level {
  return LEVELS[String(message.level)] ?? otherwise;
}
