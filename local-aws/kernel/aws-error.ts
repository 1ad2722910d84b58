/** A refusal that AWS documents: it reaches the caller as the service's own error, with `code` as its type. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Members beside the message, as the service's model has them (`CancellationReasons`, `Item`, …). */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: { status?: number; members?: Record<string, unknown> } = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
  }
}

/** What this package does not have is refused with this, at the call or at start, never ignored. */
export function notSupported(what: string): AwsError {
  return new AwsError('NotSupportedByLocalAws', `${what} is not supported by local-aws`, { status: 501 });
}
