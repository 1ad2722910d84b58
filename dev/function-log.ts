import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'local-aws/kernel/log';

/** What functions and the stack log: JSON lines in `functions.log` of the data folder, warnings and errors on the terminal too. */
export function createFunctionLog(dataDir: string): Log {
  const file = dataDir === ':memory:' ? undefined : createWriteStream(join(dataDir, 'functions.log'), { flags: 'a' });
  return ({ timeMs, source, level, message }) => {
    const line = `${JSON.stringify({ time: new Date(timeMs).toISOString(), source, level, message })}\n`;
    file?.write(line);
    if (level === 'error' || level === 'warn') process.stderr.write(line);
  };
}
