import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Log, LogEntry } from 'local-aws/kernel/log';

/** Lines are written this often, all at once: a busy stack logs thousands a second. */
const WRITE_INTERVAL_MS = 100;

export interface FunctionLog {
  readonly log: Log;
  /** Writes what is left. */
  close(): Promise<void>;
}

/** What functions and the stack log: JSON lines in `functions.log` of the data folder, warnings and errors on the terminal too. */
export function createFunctionLog(dataDir: string): FunctionLog {
  const file = dataDir === ':memory:' ? undefined : createWriteStream(join(dataDir, 'functions.log'), { flags: 'a' });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    timer = undefined;
    file?.write(waiting);
    waiting = '';
  };
  const log: Log = (entry) => {
    const line = lineOf(entry);
    if (entry.level === 'error' || entry.level === 'warn') process.stderr.write(line);
    if (!file) return;
    waiting += line;
    timer ??= setTimeout(write, WRITE_INTERVAL_MS);
  };
  const close = (): Promise<void> => {
    clearTimeout(timer);
    write();
    return new Promise((resolve) => (file ? file.end(resolve) : resolve()));
  };
  return { log, close };
}

function lineOf({ timeMs, source, level, message }: LogEntry): string {
  return `${JSON.stringify({ time: new Date(timeMs).toISOString(), source, level, message })}\n`;
}
