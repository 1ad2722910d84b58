import { BatchWriteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { MAX_STREAM_SYMBOLS, StreamMessage } from '@brokerage/contracts/stream';
import { describe, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { TickFeed } from '../stack/tick-feed.ts';
import { aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';
import { getTicket, StreamClient } from './stream-client.ts';

const stack = await useStack();
const { ana, bruno, carla } = stack;
const { apiPort } = stack.addresses;
const prices = (...symbols: readonly string[]) => ({ action: 'subscribe', channel: 'prices', symbols });
const ORDERS = { action: 'subscribe', channel: 'orders' };

describe('a ticket', () => {
  it('opens the stream once, for a minute at most', async () => {
    const { ticket, expiresAt } = await getTicket(ana);
    expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
    const lifeMs = Date.parse(expiresAt) - Date.now();
    expect(lifeMs).toBeGreaterThan(20_000);
    expect(lifeMs).toBeLessThanOrEqual(60_000);
    const stream = await StreamClient.open(apiPort, ticket);
    expect(await stream?.ask({ action: 'ping' }, 'pong')).toEqual({ type: 'pong' });
    expect(await StreamClient.open(apiPort, ticket)).toBeNull();
    await stream?.close();
  });

  it.each([
    ['was never given', 'A'.repeat(43)],
    ['is empty', ''],
    ['is an API key', 'local-key-ana-000000000000'],
  ])('that %s opens nothing', async (_what, ticket) => {
    expect(await StreamClient.open(apiPort, ticket)).toBeNull();
  });

  it('opens nothing after its time', async () => {
    const { ticket } = await getTicket(ana);
    await stack.advance('PT61S');
    expect(await StreamClient.open(apiPort, ticket)).toBeNull();
  });

  it('is for clients with a key alone', async () => {
    for (const client of [stack.clientWith(null), stack.operator]) {
      expect((await client.request('POST', '/v1/stream-tickets')).status).toBe(403);
    }
  });
});

describe('a frame', () => {
  it.each([
    ['no JSON', '{"action":', 'INVALID_MESSAGE'],
    ['an unknown action', { action: 'buy' }, 'UNKNOWN_ACTION'],
    ['an unknown channel', { action: 'subscribe', channel: 'news' }, 'UNKNOWN_CHANNEL'],
    ['an unknown symbol', prices('PETR4', 'XXXX9'), 'UNKNOWN_SYMBOL'],
    [
      'too many symbols',
      prices(...Array.from({ length: MAX_STREAM_SYMBOLS + 1 }, (_none, index) => `X${index}`)),
      'TOO_MANY_SYMBOLS',
    ],
    ["another client's orders", { ...ORDERS, accountId: 'bruno' }, 'INVALID_MESSAGE'],
    ['an event of nobody', { ...ORDERS, after: 'ORD-NONE#1' }, 'UNKNOWN_EVENT'],
  ])('with %s is refused, and the connection stays', async (_what, frame, code) => {
    const stream = await StreamClient.of(apiPort, ana);
    expect(await stream.ask(frame, 'error')).toMatchObject({ type: 'error', code });
    expect(await stream.ask({ action: 'ping' }, 'pong')).toEqual({ type: 'pong' });
    await stream.close();
  });

  it('of 200 KB closes its connection with 1009, and no other', async () => {
    const [large, other] = await Promise.all([StreamClient.of(apiPort, ana), StreamClient.of(apiPort, bruno)]);
    large.send('x'.repeat(200 * 1024));
    expect(await large.closed()).toBe(1009);
    expect(await other.ask({ action: 'ping' }, 'pong')).toEqual({ type: 'pong' });
    await other.close();
  });
});

it('tells the prices of the symbols that are followed, and of no others', async () => {
  const stream = await StreamClient.of(apiPort, ana);
  expect(await stream.ask(prices('PETR4'), 'subscribed')).toEqual({
    type: 'subscribed',
    channel: 'prices',
    symbols: ['PETR4'],
  });
  const feed = new TickFeed(apiPort, ['VALE3', 'PETR4']);
  const tick = async () => {
    await feed.send(2);
    return stream.received.find((message) => message.type === 'price');
  };
  const price = await eventually('a price', tick, (message) => message !== undefined);
  expect(StreamMessage.parse(price)).toEqual(price);
  expect(price).toMatchObject({ symbol: 'PETR4', change: (Number(price?.price) - 30).toFixed(2) });
  expect(stream.received.filter((message) => message.type === 'price' && message.symbol !== 'PETR4')).toEqual([]);
  expect(await stream.ask({ action: 'unsubscribe', channel: 'prices' }, 'unsubscribed')).toMatchObject({ symbols: [] });
  await stream.close();
});

const fromFirst = (events: readonly { readonly seq: number }[]) => events.map((_event, index) => index + 1);

describe('orders', () => {
  it('come with every step, to their own client alone', async () => {
    const [anas, brunos] = await Promise.all([StreamClient.of(apiPort, ana), StreamClient.of(apiPort, bruno)]);
    await Promise.all([anas.ask(ORDERS, 'subscribed'), brunos.ask(ORDERS, 'subscribed')]);
    const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
    await bruno.trade(aLimitOrder('SELL', 100, '29.00'));
    const filled = await anas.next('order', ({ order }) => order.status === 'FILLED');
    await brunos.next('order', ({ order }) => order.status === 'FILLED');
    expect(StreamMessage.parse(filled)).toMatchObject({
      order: { orderId },
      fills: [{ quantity: 100, price: '30.01' }],
    });
    expect(anas.orders().map(({ seq }) => seq)).toEqual(fromFirst(anas.orders()));
    expect(anas.orders().every(({ order }) => order.accountId === 'ana')).toBe(true);
    expect(brunos.orders().every(({ order }) => order.accountId === 'bruno')).toBe(true);
    await Promise.all([anas.close(), brunos.close()]);
  });

  it('that were missed come first, in order, and then what happens', async () => {
    const first = await StreamClient.of(apiPort, ana);
    await first.ask(ORDERS, 'subscribed');
    const seen = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
    const last = await first.next('order', ({ order }) => order.orderId === seen.orderId && order.status === 'FILLED');
    await first.close();

    const missed = await ana.trade(aLimitOrder('BUY', 200, '30.25'));
    const second = await StreamClient.of(apiPort, ana);
    await second.ask({ ...ORDERS, after: last.eventId }, 'subscribed');
    await second.next('order', ({ order }) => order.orderId === missed.orderId && order.status === 'FILLED');
    const replayed = second.orders().filter(({ order }) => order.orderId === missed.orderId);
    expect(replayed.map(({ seq }) => seq)).toEqual(fromFirst(replayed));
    expect(second.orders().filter(({ order }) => order.orderId === seen.orderId)).toEqual([]);

    const live = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
    await second.next('order', ({ order }) => order.orderId === live.orderId && order.status === 'FILLED');
    await second.close();
  });

  it("of another client are not replayed by their events' names", async () => {
    const { orderId } = await bruno.trade(aLimitOrder('SELL', 100, '29.00'));
    const stream = await StreamClient.of(apiPort, ana);
    expect(await stream.ask({ ...ORDERS, after: `${orderId}#1` }, 'error')).toMatchObject({ code: 'UNKNOWN_EVENT' });
    await stream.close();
  });
});

describe('a connection that is gone', () => {
  const TableName = 'StreamConnections';

  /** What `$disconnect`, which is best effort, left behind, or what others hold. */
  const connection = (accountId: string, connectionId: string, follows: object) => ({
    ...{ accountId, connectionId, connectedAtMs: 0, endsByMs: Date.now() + 3_600_000, expiresAt: 4_102_444_800 },
    ...{ symbols: '', grouped: false, orders: 'OFF', replayEndsAtMs: 0, revision: 1, ...follows },
  });

  async function put(items: readonly object[]): Promise<void> {
    const requests = items.map((item) => ({ PutRequest: { Item: marshall(item) } }));
    for (let start = 0; start < requests.length; start += 25) {
      const some = requests.slice(start, start + 25);
      await stack.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: some } }));
    }
  }

  async function connectionsOf(accountId: string): Promise<readonly string[]> {
    const { Items = [] } = await stack.dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'accountId = :account',
        ExpressionAttributeValues: { ':account': { S: accountId } },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => String(unmarshall(item).connectionId));
  }

  it('is forgotten when it is told of an order, or of a price', async () => {
    await put([
      connection('#ORDERS_FOLLOWED', 'bruno', {}),
      connection('bruno', 'gone-by-orders', { orders: 'LIVE' }),
      connection('bruno', 'gone-by-prices', { symbols: 'PETR4' }),
    ]);
    await bruno.trade(aLimitOrder('SELL', 100, '29.00'));
    const feed = new TickFeed(apiPort, ['PETR4']);
    const tick = async () => {
      await feed.send(2);
      return connectionsOf('bruno');
    };
    await eventually('both are gone', tick, (left) => left.length === 0);
  });

  it('is forgotten when its own request is answered', async () => {
    const stream = await StreamClient.of(apiPort, carla);
    // The answers take a moment, in which the client leaves.
    await stack.underAwsFaults({ throttlingProbability: 0.5 }, async () => {
      for (let frame = 0; frame < 10; frame += 1) stream.send(prices(`NONE${frame}`));
      await stream.close();
    });
    await eventually(
      'it is gone',
      () => connectionsOf('carla'),
      (left) => left.length === 0,
    );
  });

  it('leaves its place to another: an account has 250 at most', async () => {
    const others = Array.from({ length: 250 }, (_none, index) => connection('carla', `other-${index}`, {}));
    await put(others);
    expect(await StreamClient.open(apiPort, (await getTicket(carla)).ticket)).toBeNull();
    expect(await connectionsOf('carla')).toHaveLength(others.length);
  });
});

it('leaves the books in order', () => stack.audit());
