import { AwsError } from '../../../kernel/aws-error.ts';

/** A place in a stream, up to and with `afterSequence`, from which reading goes on. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly afterSequence: number;
  readonly issuedMs: number;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
const LIFETIME_MS = 15 * 60 * 1000;

/** Everything is in the text: an iterator is as good after a restart as before. */
export function formatIterator({ streamArn, afterSequence, issuedMs }: ShardIterator): string {
  return `${streamArn}|${afterSequence}|${issuedMs}`;
}

export function parseIterator(text: unknown, nowMs: number): ShardIterator {
  const [streamArn = '', after, issued, ...rest] = typeof text === 'string' ? text.split('|') : [];
  const afterSequence = Number(after);
  const issuedMs = Number(issued);
  if (!Number.isSafeInteger(afterSequence) || !Number.isSafeInteger(issuedMs) || rest.length > 0) {
    throw new AwsError('ValidationException', 'Invalid ShardIterator');
  }
  if (nowMs - issuedMs > LIFETIME_MS) {
    throw new AwsError('ExpiredIteratorException', 'Iterator expired. The iterator is older than 15 minutes');
  }
  return { streamArn, afterSequence, issuedMs };
}
