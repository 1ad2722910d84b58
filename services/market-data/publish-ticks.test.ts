import type { KinesisClient, PutRecordsCommand, PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { createDataStream } from '../platform/data-stream.ts';
import { createLog } from '../platform/log.ts';
import { publishTicks } from './publish-ticks.ts';
import { ticksOf } from './testing/ticks.ts';
import { readTicks } from './tick-record.ts';

const trade = { priceCents: 3_000, quantity: 100, afterMs: 10 };
const ticks = ticksOf([
  { symbol: 'PETR4', ...trade },
  { symbol: 'VALE3', ...trade },
  { symbol: 'PETR4', ...trade },
]);

/** A stream that refuses, at each call, the records of these positions. */
function aStream(...refusals: readonly (readonly number[])[]) {
  const calls: NonNullable<PutRecordsCommandInput['Records']>[] = [];
  const send = async ({ input }: PutRecordsCommand) => {
    const refused = refusals[calls.length] ?? [];
    calls.push(input.Records ?? []);
    const failure = { ErrorCode: 'ProvisionedThroughputExceededException' };
    return { Records: input.Records?.map((_record, index) => (refused.includes(index) ? failure : {})) };
  };
  const stream = createDataStream({ send } as unknown as KinesisClient, 'MarketData', async () => {});
  return { stream, calls };
}

describe('publishTicks', () => {
  it('puts each tick as a record of its symbol, which its readers understand', async () => {
    const { stream, calls } = aStream();
    await publishTicks(JSON.stringify({ ticks }), stream);
    expect(calls.map((call) => call.map(({ PartitionKey }) => PartitionKey))).toEqual([['PETR4', 'VALE3', 'PETR4']]);
    const records = (calls[0] ?? []).map(({ Data }, index) => ({
      kinesis: { sequenceNumber: String(index), data: Buffer.from(Data ?? []).toString('base64') },
    }));
    expect(
      readTicks(
        records,
        createLog({}, () => {}),
      ),
    ).toEqual({ ticks, unreadable: [] });
  });

  it('puts again what the stream refused, and nothing else', async () => {
    const { stream, calls } = aStream([0, 2], [1]);
    await publishTicks(JSON.stringify({ ticks }), stream);
    expect(calls.map((call) => call.map(({ PartitionKey }) => PartitionKey))).toEqual([
      ['PETR4', 'VALE3', 'PETR4'],
      ['PETR4', 'PETR4'],
      ['PETR4'],
    ]);
  });

  it('fails while the stream goes on refusing, so that the exchange sends again', async () => {
    const { stream, calls } = aStream(...Array.from({ length: 20 }, () => [0]));
    await expect(publishTicks(JSON.stringify({ ticks }), stream)).rejects.toThrow(
      'Kinesis refused 1 records 8 times: ProvisionedThroughputExceededException',
    );
    expect(calls).toHaveLength(8);
  });

  it.each([
    ['no JSON', '{'],
    ['no ticks', '{"ticks":[]}'],
    ['a tick of another shape', JSON.stringify({ ticks: [{ ...ticks[0], seq: 0 }] })],
  ])('puts nothing of a delivery with %s', async (_what, body) => {
    const { stream, calls } = aStream();
    await expect(publishTicks(body, stream)).rejects.toThrow();
    expect(calls).toEqual([]);
  });
});

describe('readTicks', () => {
  it.each([
    ['no JSON', 'tick'],
    ['no tick', '{"symbol":"PETR4"}'],
    ['nothing', 'null'],
  ])('names a record with %s, and reads the others', (_what, text) => {
    const lines: string[] = [];
    const records = [text, JSON.stringify(ticks[0])].map((data, index) => ({
      kinesis: { sequenceNumber: `s${index}`, data: Buffer.from(data).toString('base64') },
    }));
    const read = readTicks(
      records,
      createLog({}, (line) => void lines.push(line)),
    );
    expect(read).toEqual({ ticks: [ticks[0]], unreadable: ['s0'] });
    expect(lines).toHaveLength(1);
  });
});
