import { AwsError } from '../../kernel/aws-error.ts';
import { invalidArgument } from './kinesis-error.ts';

/** A place in a shard, up to and with `afterSequence`, from which reading goes on. */
export interface ShardIterator {
  readonly streamName: string;
  readonly shard: number;
  readonly afterSequence: number;
  readonly issuedMs: number;
}

/** Source: API_GetShardIterator.html. */
const LIFETIME_MS = 5 * 60 * 1000;

/** Everything is in the text: an iterator is as good after a restart as before. */
export function formatIterator({ streamName, shard, afterSequence, issuedMs }: ShardIterator): string {
  return `${streamName}|${shard}|${afterSequence}|${issuedMs}`;
}

export function parseIterator(text: unknown, nowMs: number): ShardIterator {
  const [, streamName, shard, after, issued] =
    (typeof text === 'string' && /^([\w.-]+)\|(\d+)\|(\d+)\|(\d+)$/.exec(text)) || [];
  if (streamName === undefined) throw invalidArgument('Invalid ShardIterator.');
  const issuedMs = Number(issued);
  if (nowMs - issuedMs > LIFETIME_MS) {
    const ageMs = nowMs - issuedMs;
    const message = `Iterator expired. The iterator was created at time ${new Date(issuedMs).toISOString()} while right now it is ${new Date(nowMs).toISOString()} which is further in the future than the tolerated delay of ${LIFETIME_MS} milliseconds (${ageMs}).`;
    throw new AwsError('ExpiredIteratorException', message);
  }
  return { streamName, shard: Number(shard), afterSequence: Number(after), issuedMs };
}
