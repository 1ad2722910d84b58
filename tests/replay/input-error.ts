/** An input file that cannot be used: says which file, which line (from 1) and which field, so that a person can repair it. */
export class InputError extends Error {
  readonly file: string;
  readonly line: number | null;
  readonly field: string | null;

  constructor(file: string, line: number | null, field: string | null, reason: string, options?: ErrorOptions) {
    super(
      [line === null ? file : `${file}:${line}`, field, reason].filter((part) => part !== null).join(': '),
      options,
    );
    this.name = 'InputError';
    this.file = file;
    this.line = line;
    this.field = field;
  }
}
