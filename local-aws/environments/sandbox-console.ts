import { format } from 'node:util';
import type { LogLevel } from './messages.ts';

/** A handler's console: a line an entry, to the kernel's log. */
export function createConsole(log: (level: LogLevel, line: string) => void): object {
  const writer =
    (level: LogLevel) =>
    (...values: unknown[]) =>
      log(level, typeof values[0] === 'string' && values.length === 1 ? values[0] : format(...values));
  return {
    log: writer('info'),
    info: writer('info'),
    debug: writer('debug'),
    trace: writer('debug'),
    warn: writer('warn'),
    error: writer('error'),
  };
}
