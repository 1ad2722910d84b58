/** What the stack itself has to say. A function's own output goes the same way, under its name. */
export type Log = (entry: LogEntry) => void;

export interface LogEntry {
  readonly timeMs: number;
  /** `local-aws/<service>` or `lambda/<function>`. */
  readonly source: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

export const silentLog: Log = () => {};
