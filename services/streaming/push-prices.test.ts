import { StreamMessage } from '@brokerage/contracts/stream';
import { describe, expect, it } from 'vitest';
import { createLog } from '../platform/log.ts';
import { createMovingAverages } from './moving-averages-store.ts';
import { createPriceAudience } from './price-audience.ts';
import { PriceNews } from './price-news.ts';
import { pushPrices } from './push-prices.ts';
import { MemoryConnections, SentFrames } from './testing/stream-desk.ts';
import { aTick } from './testing/ticks.ts';
import { readTicks } from './tick-record.ts';

function aPriceDesk() {
  const connections = new MemoryConnections();
  const sent = new SentFrames();
  const lines: string[] = [];
  const follow = (connectionId: string, symbols: readonly string[], grouped = false) =>
    connections.open({ accountId: 'ana', connectionId }, { symbols, grouped });
  const desk = {
    news: new PriceNews(),
    audience: createPriceAudience(connections.priceSubscribers, () => 0),
    averages: async () => new Map([['PETR4', 3005]]),
    send: sent.send,
    remove: connections.remove,
    log: createLog({}, (line) => lines.push(line)),
  };
  return { connections, sent, follow, desk, lines };
}

describe('pushPrices', () => {
  it('tells the newest price of each symbol to those who follow it, as the contract says', async () => {
    const { follow, sent, desk } = aPriceDesk();
    follow('C1', ['PETR4']);
    follow('C2', ['VALE3', 'PETR4']);
    follow('C3', ['ITUB4']);
    const ticks = [aTick(1), aTick(3, {}, { lastCents: 2999, tradedQty: 900 }), aTick(2, { symbol: 'VALE3' })];
    expect(await pushPrices(ticks, 0, desk)).toBe(true);
    const petr4 = {
      type: 'price',
      symbol: 'PETR4',
      price: '29.99',
      change: '-0.01',
      volume: 900,
      movingAverage5m: '30.05',
      time: '2026-11-24T15:00:00.000Z',
    };
    expect(sent.to('C1')).toEqual([petr4]);
    expect(sent.to('C2')).toEqual([petr4, expect.objectContaining({ symbol: 'VALE3', movingAverage5m: null })]);
    expect(sent.frames).toHaveLength(3);
    for (const { message } of sent.frames) expect(StreamMessage.parse(message)).toEqual(message);
  });

  it('puts the prices in one frame for those who asked for it', async () => {
    const { follow, sent, desk } = aPriceDesk();
    follow('C1', ['VALE3', 'PETR4'], true);
    await pushPrices([aTick(1), aTick(2, { symbol: 'VALE3' })], 0, desk);
    await pushPrices([aTick(3, {}, { trades: 8 })], 0, desk);
    const [together, alone] = sent.to('C1');
    expect(StreamMessage.parse(together)).toMatchObject({
      type: 'prices',
      items: [{ symbol: 'PETR4' }, { symbol: 'VALE3' }],
    });
    expect(alone).toMatchObject({ type: 'price', symbol: 'PETR4' });
  });

  it('says that nobody heard', async () => {
    expect(await pushPrices([aTick(1)], 0, aPriceDesk().desk)).toBe(false);
  });

  it('drops what a throttled connection does not take, and harms no other', async () => {
    const { follow, sent, desk, connections, lines } = aPriceDesk();
    for (const id of ['C1', 'C2', 'C3', 'C4']) follow(id, ['PETR4', 'VALE3']);
    sent.outcomes
      .set('C1', ['THROTTLED'])
      .set('C2', ['GONE'])
      .set('C3', [new Error('no answer')]);
    await pushPrices([aTick(1), aTick(2, { symbol: 'VALE3' })], 0, desk);
    expect(['C1', 'C2', 'C3', 'C4'].map((id) => sent.to(id).length)).toEqual([0, 0, 0, 2]);
    expect((await connections.ofAccount('ana')).map(({ connectionId }) => connectionId)).toEqual(['C1', 'C3', 'C4']);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ message: 'prices dropped', connections: 1 }),
    ]);
  });
});

describe('PriceNews', () => {
  const seqs = (news: PriceNews, ticks: Parameters<PriceNews['take']>[0], nowMs: number) =>
    news.take(ticks, nowMs).map(({ seq }) => seq);

  it.each([
    ['a trade', aTick(2, {}, { trades: 8 }), 1, true],
    ['a trade taken back', aTick(2, {}, { lastCents: 3009 }), 1, true],
    ['a change of the best offer alone', aTick(2, {}, { askCents: 3012 }), 999, false],
    ['the same, a second later', aTick(2, {}, { askCents: 3012 }), 1_000, true],
    ['the same tick again', aTick(1, {}, { trades: 8 }), 5_000, false],
    ['a price of nothing', aTick(2, {}, { lastCents: null }), 5_000, false],
  ])('%s', (_what, tick, nowMs, isNews) => {
    const news = new PriceNews();
    expect(seqs(news, [aTick(1)], 0)).toEqual([1]);
    expect(seqs(news, [tick], nowMs)).toEqual(isNews ? [tick.seq] : []);
  });

  it('takes the newest of a symbol, in whatever order they come', () => {
    const ticks = [aTick(4), aTick(9, { symbol: 'VALE3' }), aTick(3)];
    expect(seqs(new PriceNews(), ticks, 0)).toEqual([4, 9]);
  });
});

describe('what is read of the tables', () => {
  it('is the subscriptions, once a second, and again after a failure', async () => {
    let [nowMs, reads] = [0, 0];
    const audience = createPriceAudience(
      async () => {
        reads += 1;
        if (reads === 2) throw new Error('throttled');
        return [{ accountId: 'ana', connectionId: 'C1', symbols: ['PETR4'], grouped: false }];
      },
      () => nowMs,
    );
    expect([...(await audience()).keys()]).toEqual(['PETR4']);
    nowMs = 999;
    await audience();
    expect(reads).toBe(1);
    nowMs = 1_000;
    await expect(audience()).rejects.toThrow('throttled');
    await audience();
    expect(reads).toBe(3);
  });

  it('is the averages of all symbols together, once a second', async () => {
    let nowMs = 0;
    const asked: string[][] = [];
    const batchGet = async (keys: readonly { readonly key: Readonly<Record<string, string | number>> }[]) => {
      asked.push(keys.map(({ key }) => String(key.symbol)));
      return keys.map(({ key }) => ({ ...key, movingAverageCents: key.symbol === 'VALE3' ? null : 3005 }));
    };
    const averages = createMovingAverages({ batchGet } as never, 'StockPrices', () => nowMs);
    expect([...(await averages(['PETR4']))]).toEqual([['PETR4', 3005]]);
    await averages(['PETR4']);
    expect([...(await averages(['VALE3']))]).toEqual([['PETR4', 3005]]);
    nowMs = 1_000;
    await averages(['PETR4']);
    expect(asked).toEqual([['PETR4'], ['PETR4', 'VALE3'], ['PETR4', 'VALE3']]);
  });
});

it('tells ticks from records that are none', () => {
  const record = (sequenceNumber: string, data: string) => ({
    kinesis: { sequenceNumber, data: Buffer.from(data).toString('base64') },
  });
  const records = [record('1', JSON.stringify(aTick(5))), record('2', 'poison'), record('3', '{"seq":1}')];
  expect(
    readTicks(
      records,
      createLog({}, () => {}),
    ),
  ).toEqual({ ticks: [aTick(5)], unreadable: ['2', '3'] });
});
