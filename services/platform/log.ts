/**
 * Structured logs: one JSON line an event, for CloudWatch Logs Insights. No secret, no CPF, no body of a request goes in here.
 * Own lines rather than a library's, as these few lines cost neither bundle size nor start time.
 */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, error: unknown, fields?: LogFields): void;
  /** A log whose lines also carry these fields. */
  with(fields: LogFields): Log;
}

export function createLog(fields: LogFields = {}, write: (line: string) => void = printLine): Log {
  const put = (level: string, message: string, more: LogFields = {}) =>
    write(JSON.stringify({ level, message, ...fields, ...more }));
  return {
    info: (message, more) => put('INFO', message, more),
    warn: (message, more) => put('WARN', message, more),
    error: (message, error, more) => put('ERROR', message, { ...more, error: describeError(error) }),
    with: (more) => createLog({ ...fields, ...more }, write),
  };
}

export const log = createLog();

function printLine(line: string): void {
  console.log(line);
}

function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack = '', cause } = error;
  const told = quotesItsInput(error)
    ? { name, issues: issuesOf(error), stack: framesOf(stack) }
    : { name, message, stack };
  return { ...told, ...(cause === undefined ? {} : { cause: describeError(cause) }) };
}

/** Parsers' messages repeat what they could not read: the text itself, or its keys. It is a sender's, and may be a CPF. */
function quotesItsInput({ name }: Error): boolean {
  return name === 'SyntaxError' || name === 'ZodError';
}

interface ParserIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
}

/** What is wrong where, of an error of the schema library. */
function issuesOf(error: Error & { readonly issues?: readonly ParserIssue[] }): readonly string[] | undefined {
  return error.issues?.map(({ code, path }) => `${path.map(String).join('.')}: ${code}`);
}

/** A stack begins with the message. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
