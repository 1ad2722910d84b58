import type { MarketTick } from '@brokerage/contracts/market-feed';
import { assert } from '@brokerage/domain/assert';
import type { Log } from '../platform/log.ts';

/** A record of a Kinesis batch, as far as it is read. */
export interface StreamRecord {
  readonly kinesis: { readonly sequenceNumber: string; readonly data: string };
}

/**
 * The ticks of a batch of the stream MarketData, and the sequence numbers of the records that are none. Ticks were checked where they came in; parsing
 * all of each again in every consumer would cost more than their work.
 */
export function readTicks(
  records: readonly StreamRecord[],
  log: Log,
): { readonly ticks: readonly MarketTick[]; readonly unreadable: readonly string[] } {
  const ticks: MarketTick[] = [];
  const unreadable: string[] = [];
  for (const { kinesis } of records) {
    try {
      ticks.push(tickOf(kinesis.data));
    } catch (error) {
      log.error('record is no tick', error, { sequenceNumber: kinesis.sequenceNumber });
      unreadable.push(kinesis.sequenceNumber);
    }
  }
  return { ticks, unreadable };
}

function tickOf(data: string): MarketTick {
  const tick: MarketTick = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
  assert(
    Number.isInteger(tick.seq) && typeof tick.symbol === 'string' && typeof tick.figures === 'object',
    'the record is not a tick',
  );
  return tick;
}

/** Lambda's answer by which the mapping tries each of these records again by itself, and then puts it aside. */
export function failuresOf(sequenceNumbers: readonly string[]): { batchItemFailures: { itemIdentifier: string }[] } {
  return { batchItemFailures: sequenceNumbers.map((itemIdentifier) => ({ itemIdentifier })) };
}
