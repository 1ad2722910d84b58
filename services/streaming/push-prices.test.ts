import { StreamMessage } from '@brokerage/contracts/stream';
import { NOON } from '@brokerage/domain/testing/builders';
import { describe, expect, it } from 'vitest';
import { toAttributes } from '../platform/attribute-value.ts';
import { createLog } from '../platform/log.ts';
import { createPriceAudience } from './price-audience.ts';
import { PriceNews } from './price-news.ts';
import { readPrices } from './price-record.ts';
import { pushPrices } from './push-prices.ts';
import { aPrice } from './testing/stock-prices.ts';
import { MemoryConnections, SentFrames } from './testing/stream-desk.ts';

function aPriceDesk() {
  const connections = new MemoryConnections();
  const sent = new SentFrames();
  const lines: string[] = [];
  const follow = (connectionId: string, symbols: readonly string[], grouped = false) =>
    connections.open({ accountId: 'ana', connectionId }, { symbols, grouped });
  const desk = {
    news: new PriceNews(),
    audience: createPriceAudience(connections.priceSubscribers, () => 0),
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
    const prices = [
      aPrice(1),
      aPrice(3, { lastCents: 2999, tradedQty: 900 }),
      aPrice(2, { symbol: 'VALE3', movingAverageCents: null }),
    ];
    expect(await pushPrices(prices, NOON, desk)).toBe(true);
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
    await pushPrices([aPrice(1), aPrice(2, { symbol: 'VALE3' })], NOON, desk);
    await pushPrices([aPrice(3, { trades: 8 })], NOON, desk);
    const [together, alone] = sent.to('C1');
    expect(StreamMessage.parse(together)).toMatchObject({
      type: 'prices',
      items: [{ symbol: 'PETR4' }, { symbol: 'VALE3' }],
    });
    expect(alone).toMatchObject({ type: 'price', symbol: 'PETR4' });
  });

  it('says that nobody heard', async () => {
    expect(await pushPrices([aPrice(1)], NOON, aPriceDesk().desk)).toBe(false);
  });

  it('drops what a throttled connection does not take, and harms no other', async () => {
    const { follow, sent, desk, connections, lines } = aPriceDesk();
    for (const id of ['C1', 'C2', 'C3', 'C4']) follow(id, ['PETR4', 'VALE3']);
    sent.outcomes
      .set('C1', ['THROTTLED'])
      .set('C2', ['GONE'])
      .set('C3', [new Error('no answer')]);
    await pushPrices([aPrice(1), aPrice(2, { symbol: 'VALE3' })], NOON, desk);
    expect(['C1', 'C2', 'C3', 'C4'].map((id) => sent.to(id).length)).toEqual([0, 0, 0, 2]);
    expect((await connections.ofAccount('ana')).map(({ connectionId }) => connectionId)).toEqual(['C1', 'C3', 'C4']);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ message: 'prices dropped', connections: 1 }),
    ]);
  });
});

describe('PriceNews', () => {
  const seqs = (news: PriceNews, prices: Parameters<PriceNews['take']>[0], nowMs: number) =>
    news.take(prices, nowMs).map(({ seq }) => seq);

  it.each([
    ['a trade', aPrice(2, { trades: 8 }), 1, true],
    ['a trade taken back', aPrice(2, { lastCents: 3009 }), 1, true],
    ['a change of the best offer alone', aPrice(2, { askCents: 3012 }), 999, false],
    ['the same, a second later', aPrice(2, { askCents: 3012 }), 1_000, true],
    ['the same again', aPrice(1, { trades: 8 }), 5_000, false],
  ])('%s', (_what, price, nowMs, isNews) => {
    const news = new PriceNews();
    expect(seqs(news, [aPrice(1)], 0)).toEqual([1]);
    expect(seqs(news, [price], nowMs)).toEqual(isNews ? [price.seq] : []);
  });

  it('takes the newest of a symbol, in whatever order they come', () => {
    const prices = [aPrice(4), aPrice(9, { symbol: 'VALE3' }), aPrice(3)];
    expect(seqs(new PriceNews(), prices, 0)).toEqual([4, 9]);
  });
});

describe('the audience', () => {
  it('is read of the table once a second, and again after a failure', async () => {
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
});

it('reads what was written to the table, and not what was removed', () => {
  const records = [{ dynamodb: { NewImage: toAttributes(aPrice(5)) } }, { dynamodb: {} }];
  expect(readPrices(records)).toEqual([aPrice(5)]);
});
