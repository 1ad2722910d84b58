import { NOON } from '@brokerage/domain/testing/builders';
import { describe, expect, it } from 'vitest';
import type { StoredCandle } from './candles-store.ts';
import { getPrice, listCandles, listPrices } from './read-prices.ts';
import { type StockPrice, tickPrice } from './stock-price.ts';
import { quietFigures, ticksOf } from './testing/ticks.ts';

const [tick] = ticksOf([{ symbol: 'PETR4', priceCents: 3_010, quantity: 300, afterMs: 0 }]);
if (!tick) throw new Error('no tick');
const ARRIVED = NOON + 50;

const aPrice = (fields: Partial<StockPrice> = {}): StockPrice => ({
  ...tickPrice(tick, ARRIVED),
  movingAverageCents: 3_005,
  movingAverageAtMs: NOON,
  movingAverageSeq: 1,
  ...fields,
});
const storeOf = (...prices: readonly StockPrice[]) => ({
  find: async (symbol: string) => prices.find((price) => price.symbol === symbol) ?? null,
});

async function priceAt(nowMs: number, fields: Partial<StockPrice> = {}) {
  const answered = await getPrice('PETR4', nowMs, storeOf(aPrice(fields)));
  if (!answered.ok) throw new Error(answered.code);
  return answered.body;
}

describe('the price of a symbol', () => {
  it('is what the newest tick said', async () => {
    expect(await priceAt(ARRIVED)).toEqual({
      symbol: 'PETR4',
      price: '30.10',
      open: '30.10',
      high: '30.10',
      low: '30.10',
      previousClose: '30.00',
      change: '0.10',
      bid: '29.99',
      ask: null,
      volume: 300,
      vwap: '30.1000',
      movingAverage5m: '30.05',
      time: '2026-11-24T15:00:00.000Z',
      stale: false,
    });
  });

  it('is the previous close before the first trade', async () => {
    const quiet = { ...quietFigures('PETR4'), movingAverageCents: null };
    expect(await priceAt(ARRIVED, quiet)).toMatchObject({
      price: '30.00',
      open: null,
      change: '0.00',
      volume: 0,
      vwap: null,
      movingAverage5m: null,
    });
  });

  it('is stale 15 s after it was last heard of, by our clock', async () => {
    expect((await priceAt(ARRIVED + 15_000)).stale).toBe(false);
    expect((await priceAt(ARRIVED + 15_001)).stale).toBe(true);
  });

  it('has an average for as long as a trade is in its five minutes', async () => {
    expect((await priceAt(ARRIVED + 299_999)).movingAverage5m).toBe('30.05');
    expect((await priceAt(ARRIVED + 300_000)).movingAverage5m).toBeNull();
  });

  it('has an average and is fresh in a replay of another day', async () => {
    const then = Date.parse('2021-06-25T15:00:00Z');
    const replayed = { timeMs: then, lastTimeMs: then, movingAverageAtMs: then };
    expect(await priceAt(ARRIVED + 1_000, replayed)).toMatchObject({
      movingAverage5m: '30.05',
      stale: false,
      time: '2021-06-25T15:00:00.000Z',
    });
  });

  it('is not found when none was ever heard', async () => {
    expect(await getPrice('XXXX9', NOON, storeOf(aPrice()))).toMatchObject({
      ok: false,
      code: 'NOT_FOUND',
      facts: { symbol: 'XXXX9' },
    });
  });
});

describe('the list of prices', () => {
  it('comes in pages, each by symbol', async () => {
    const asked: unknown[] = [];
    const list = async (after: string | null, limit: number) => {
      asked.push([after, limit]);
      return { prices: [aPrice({ symbol: 'VALE3' }), aPrice()], lastSymbol: after === null ? 'PETR4' : null };
    };
    const first = await listPrices({ limit: 2 }, NOON, { list });
    if (!first.ok) throw new Error(first.code);
    expect(first.body.items.map(({ symbol }) => symbol)).toEqual(['PETR4', 'VALE3']);
    const second = await listPrices({ limit: 2, cursor: String(first.body.nextCursor) }, NOON, { list });
    expect(second).toMatchObject({ ok: true, body: { nextCursor: null } });
    expect(asked).toEqual([
      [null, 2],
      ['PETR4', 2],
    ]);
    expect(await listPrices({ limit: 2, cursor: 'x' }, NOON, { list })).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

describe('the list of candles', () => {
  const candles = [2, 1, 0].map((minute): StoredCandle => {
    const prices = { openCents: 3_000, highCents: 3_020, lowCents: 2_990, closeCents: 3_010 };
    const sums = { quantityBefore: 100, quantityAfter: 400, tradesBefore: 1, tradesAfter: 3, openSeq: 1, closeSeq: 2 };
    return { ...prices, ...sums, version: 1, startMs: NOON + minute * 60_000 };
  });
  const store = {
    list: async (_series: object, { fromMs, beforeMs }: { fromMs: number; beforeMs: number }, limit: number) =>
      candles.filter(({ startMs }) => startMs >= fromMs && startMs < beforeMs).slice(0, limit),
  };

  it('is newest first, page by page, down to its beginning', async () => {
    const query = { interval: '1m', from: '2026-11-24T15:01:00Z', limit: 1 } as const;
    const first = await listCandles('PETR4', query, store, storeOf());
    if (!first.ok) throw new Error(first.code);
    expect(first.body.items).toEqual([
      {
        start: '2026-11-24T15:02:00.000Z',
        open: '30.00',
        high: '30.20',
        low: '29.90',
        close: '30.10',
        volume: 300,
        trades: 2,
      },
    ]);
    const second = await listCandles('PETR4', { ...query, cursor: String(first.body.nextCursor) }, store, storeOf());
    expect(second).toMatchObject({
      ok: true,
      body: { items: [{ start: '2026-11-24T15:01:00.000Z' }], nextCursor: null },
    });
  });

  it('is empty of a symbol without trades, and not found of one that never was', async () => {
    const none = { list: async () => [] };
    const query = { interval: '5m', limit: 10 } as const;
    expect(await listCandles('PETR4', query, none, storeOf(aPrice()))).toMatchObject({ ok: true, body: { items: [] } });
    expect(await listCandles('XXXX9', query, none, storeOf(aPrice()))).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('takes no cursor of another list', async () => {
    const query = { interval: '5m', limit: 10, cursor: 'eyJhZnRlciI6IlBFVFI0In0' } as const;
    expect(await listCandles('PETR4', query, store, storeOf())).toMatchObject({ ok: false, code: 'INVALID_CURSOR' });
  });
});
