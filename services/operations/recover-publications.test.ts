import { type _Record, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import { toAttributes } from '../platform/attribute-value.ts';
import { toAuditItem } from '../platform/audit-item.ts';
import { createLog } from '../platform/log.ts';
import { RetryLater } from '../platform/queue-worker.ts';
import { createStreamRangeReader, parseGivenUpBatch } from './audit-stream-gateway.ts';
import { recoverPublications } from './recover-publications.ts';
import { eventsOfFilledOrder } from './testing/order-events.ts';

const log = createLog({}, () => undefined);
const EVENTS = eventsOfFilledOrder([60, 40]);
const STREAM: _Record[] = EVENTS.map((event, index) => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(100 + index), NewImage: toAttributes(toAuditItem(event)) as never },
}));

/** A stream that answers `pages`, one a call; the iterator is the number of the next. */
function aStream(...pages: readonly (readonly _Record[])[]) {
  const asked: object[] = [];
  const send = async (command: { readonly input: { ShardIterator?: string } }) => {
    asked.push(command.input);
    if (command instanceof GetShardIteratorCommand) return { ShardIterator: '0' };
    const page = Number(command.input.ShardIterator);
    return { Records: pages[page], NextShardIterator: page + 1 < pages.length ? String(page + 1) : undefined };
  };
  return { asked, readRange: createStreamRangeReader({ send } as never) };
}

function givenUp(start: number, end: number) {
  const place = { streamArn: 'arn:stream', shardId: 'shard-1', batchSize: end - start + 1 };
  const body = { DDBStreamBatchInfo: { ...place, startSequenceNumber: `${start}`, endSequenceNumber: `${end}` } };
  return parseGivenUpBatch(JSON.stringify(body));
}

async function recover(stream: ReturnType<typeof aStream>, refused: readonly string[] = []) {
  const published: string[] = [];
  const publish = async (events: readonly { readonly eventId: string }[]) => {
    published.push(...events.map(({ eventId }) => eventId));
    return new Set(refused);
  };
  await recoverPublications({ readRange: stream.readRange, publish, log }, givenUp(101, 102));
  return published;
}

describe('recoverPublications', () => {
  it('publishes the records that were given up, and none behind them', async () => {
    const stream = aStream(STREAM.slice(1));
    expect(await recover(stream)).toEqual(['ORD-1#2', 'ORD-1#3']);
    expect(stream.asked[0]).toEqual({
      ...{ StreamArn: 'arn:stream', ShardId: 'shard-1' },
      ...{ ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: '101' },
    });
  });

  it('reads on over pages, empty ones too', async () => {
    expect(await recover(aStream([STREAM[1]!], [], STREAM.slice(2)))).toEqual(['ORD-1#2', 'ORD-1#3']);
  });

  it('comes again later when an event is refused once more', async () => {
    await expect(recover(aStream(STREAM.slice(1)), ['ORD-1#3'])).rejects.toThrow(RetryLater);
  });

  it.each([
    ['begins behind the range', [STREAM.slice(2)], 'record 101 is no longer in the stream'],
    ['ends before its end', [STREAM.slice(1, 2), []], 'record 102 is not in the stream'],
  ])('fails when what the stream has %s', async (_what, pages, message) => {
    await expect(recover(aStream(...pages))).rejects.toThrow(message);
  });

  it.each(['{}', 'x', '{"DDBStreamBatchInfo":{"streamArn":"a","shardId":"s"}}'])('takes no %s for a batch', (text) => {
    expect(() => parseGivenUpBatch(text)).toThrow();
  });
});
