import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { CandleView, PriceView } from '@brokerage/contracts/rest/prices';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { deliverTicks, ticksOfTrades } from '../stack/market-feed.ts';
import { aLimitOrder, type Page, type Refusal } from './api-client.ts';
import { depthOf } from './queues.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana } = stack;
const kinesis = new KinesisClient({
  endpoint: `http://127.0.0.1:${stack.addresses.awsPort}`,
  region: 'sa-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
afterAll(() => kinesis.destroy());

/** Twenty seconds of trades at the start of a minute; the exchange's day need not be ours. */
const OPEN_MS = Date.parse('2026-11-24T13:00:00Z');
const PRICES = Array.from({ length: 20 }, (_none, index) => 3_000 + (index % 7) * 3 - index);
const MEAN = Math.round(PRICES.reduce((sum, price) => sum + price, 0) / PRICES.length);

const reais = (cents: number) => (cents / 100).toFixed(2);

async function stackNowMs(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${stack.addresses.awsPort}/_local/clock`);
  return Date.parse(((await answer.json()) as { now: string }).now);
}
const deliver = async (ticks: Parameters<typeof deliverTicks>[2], secret?: string) =>
  deliverTicks(stack.addresses.apiPort, await stackNowMs(), ticks, secret);
const priceOf = async (symbol: string) => (await ana.request<PriceView & Refusal>('GET', `/v1/prices/${symbol}`)).body;
const candlesOf = async (symbol: string, interval: string) =>
  (await ana.request<Page<CandleView>>('GET', `/v1/prices/${symbol}/candles?interval=${interval}`)).body.items;
const priceWhen = (symbol: string, what: string, isIt: (price: PriceView) => boolean) =>
  eventually(`the price of ${symbol} ${what}`, () => priceOf(symbol), isIt);

describe('what the exchange tells of a symbol', () => {
  const symbol = 'TEST3';
  const ticks = ticksOfTrades(symbol, 1, OPEN_MS, PRICES);

  it('is its price, candles and average, whatever comes twice or late', async () => {
    const half = ticks.slice(0, 10);
    for (const some of [ticks.slice(10), half, ticks, half.toReversed()]) expect(await deliver(some)).toBe(200);
    const price = await priceWhen(symbol, 'is the last one', ({ volume }) => volume === 2_000);
    expect(price).toMatchObject({ price: reais(PRICES.at(-1) ?? 0), open: '30.00', stale: false });
    await stack.advance('PT25S');
    expect((await priceOf(symbol)).movingAverage5m).toBe(reais(MEAN));
    for (const interval of ['1m', '5m', '1d']) {
      expect(await candlesOf(symbol, interval)).toEqual([
        {
          start: interval === '1d' ? '2026-11-24T03:00:00.000Z' : '2026-11-24T13:00:00.000Z',
          open: '30.00',
          high: reais(Math.max(...PRICES)),
          low: reais(Math.min(...PRICES)),
          close: reais(PRICES.at(-1) ?? 0),
          volume: 2_000,
          trades: 20,
        },
      ]);
    }
  });

  it('is stale when nothing more comes, and has no average after five minutes', async () => {
    expect(await priceOf(symbol)).toMatchObject({ stale: true });
    await stack.advance('PT5M');
    expect(await priceOf(symbol)).toMatchObject({ stale: true, movingAverage5m: null });
  });

  it('begins anew on a new trade date', async () => {
    const [first] = ticksOfTrades(symbol, 1_000, OPEN_MS + 86_400_000, [3_100]);
    if (!first) throw new Error('no tick');
    await deliver([{ ...first, tradeDate: '2026-11-25' }]);
    const price = await priceWhen(symbol, 'is of the new day', ({ volume }) => volume === 100);
    expect(price).toMatchObject({ price: '31.00', open: '31.00', low: '31.00', stale: false });
    await stack.advance('PT2S');
    expect((await candlesOf(symbol, '1d')).map(({ open }) => open)).toEqual(['31.00', '30.00']);
  });

  it('is in the list of all', async () => {
    const { body } = await ana.request<Page<PriceView>>('GET', '/v1/prices?limit=100');
    expect(body.items.find((price) => price.symbol === symbol)).toMatchObject({ price: '31.00' });
  });
});

describe('what is refused', () => {
  it.each([
    ['/v1/prices/XXXX9', 404, 'NOT_FOUND'],
    ['/v1/prices/XXXX9/candles?interval=1m', 404, 'NOT_FOUND'],
    ['/v1/prices/TEST3/candles?interval=2m', 400, 'INVALID_REQUEST'],
    ['/v1/prices/TEST3/candles?interval=1m&cursor=x', 400, 'INVALID_CURSOR'],
    ['/v1/prices?cursor=x', 400, 'INVALID_CURSOR'],
  ])('GET %s answers %i %s', async (path, status, code) => {
    expect(await ana.request('GET', path)).toMatchObject({ status, body: { code } });
  });

  it('a delivery that the exchange did not sign', async () => {
    expect(await deliver(ticksOfTrades('FAKE3', 1, OPEN_MS, [3_000]), 'another secret')).toBe(401);
    expect(await priceOf('FAKE3')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a market order while the feed is silent', async () => {
    // Newer than all that the exchange itself will tell in this test.
    await deliver(ticksOfTrades('PETR4', 1_000_000_000, OPEN_MS, [3_000]));
    await priceWhen('PETR4', 'is there', ({ price }) => price === '30.00');
    await stack.advance('PT16S');
    const market = { symbol: 'PETR4', side: 'BUY', type: 'MARKET', quantity: 100 };
    expect(await ana.trade(market)).toMatchObject({ status: 'REJECTED', rejectReason: 'NO_REFERENCE_PRICE' });
  });
});

describe('a symbol that the feed has not told of', () => {
  let lastPrice: string | undefined;

  beforeAll(async () => {
    const { fills } = await ana.trade(aLimitOrder('BUY', 100, '61.00', { symbol: 'VALE3' }));
    lastPrice = fills[0]?.price;
    await stack.exchange.fault({ fault: 'hold-market-data' });
    // What is on its way arrives, and nothing comes after it.
    await stack.advance('PT12S');
    await stack.dynamodb.send(new DeleteItemCommand({ TableName: 'StockPrices', Key: { symbol: { S: 'VALE3' } } }));
    expect((await ana.request('GET', '/v1/prices/VALE3')).status).toBe(404);
  });
  afterAll(() => stack.exchange.clearFaults());

  it('is asked of the exchange for a position', async () => {
    expect(await stack.bruno.position('VALE3')).toMatchObject({ lastPrice });
  });

  it('is asked of the exchange for an order', async () => {
    const order = { symbol: 'VALE3', side: 'BUY', type: 'MARKET', quantity: 100 };
    expect(await ana.request('POST', '/v1/orders/preview', order)).toMatchObject({ body: { refusals: [] } });
    expect(await ana.trade(order)).toMatchObject({ status: 'FILLED' });
  });
});

describe('a record that is no tick', () => {
  it('is put aside, and its shard goes on', async () => {
    const poison = { StreamName: 'MarketData', PartitionKey: 'TEST4', Data: Buffer.from('{"symbol":"TEST4"}') };
    await kinesis.send(new PutRecordCommand(poison));
    await deliver(ticksOfTrades('TEST4', 2_000, OPEN_MS, [3_000, 3_010]));
    await stack.stepUntil(
      'PT5S',
      'the record is in the failure queue, once a consumer',
      () => depthOf(stack.sqs, 'MarketDataFailures'),
      (depth) => depth === 3,
    );
    const price = await priceWhen('TEST4', 'is there', ({ volume }) => volume === 200);
    expect(price.price).toBe('30.10');
    await stack.advance('PT12S');
    expect(await priceOf('TEST4')).toMatchObject({ movingAverage5m: '30.05' });
    expect(await candlesOf('TEST4', '1m')).toMatchObject([{ volume: 200, trades: 2 }]);
  });
});
