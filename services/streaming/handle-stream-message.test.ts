import { MAX_REPLAYED_EVENTS, StreamMessage } from '@brokerage/contracts/stream';
import { describe, expect, it } from 'vitest';
import { eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { AUDIENCE_TTL_MS } from './audience.ts';
import type { SendOutcome } from './connection-gateway.ts';
import { handleStreamMessage } from './handle-stream-message.ts';
import { aStreamDesk } from './testing/stream-desk.ts';

const EVENTS = eventsOfFilledOrder([60, 40]);
const ACCOUNT = EVENTS[0]!.payload.order.accountId;
const KEY = { accountId: ACCOUNT, connectionId: 'C1' };

function aConnectedDesk(events = EVENTS) {
  const desk = aStreamDesk(events);
  desk.connections.open(KEY);
  const ask = async (frame: unknown) => {
    const before = desk.sent.frames.length;
    await handleStreamMessage(desk, KEY, typeof frame === 'string' ? frame : JSON.stringify(frame), 1_000);
    return desk.sent.frames.slice(before).map(({ message }) => message);
  };
  return { ...desk, ask };
}

const prices = (symbols: readonly string[], more = {}) => ({
  action: 'subscribe',
  channel: 'prices',
  symbols,
  ...more,
});
const many = (from: number, count: number) => Array.from({ length: count }, (_none, index) => `KNOWN${from + index}`);

describe('a frame that is refused', () => {
  it.each([
    ['no JSON', '{"action":', 'INVALID_MESSAGE'],
    ['nothing', '', 'INVALID_MESSAGE'],
    ['a list', '[]', 'INVALID_MESSAGE'],
    ['no action', {}, 'INVALID_MESSAGE'],
    ['an action of no text', { action: 1 }, 'INVALID_MESSAGE'],
    ['an unknown action', { action: 'buy', channel: 'nowhere' }, 'UNKNOWN_ACTION'],
    ['an action that every object has', { action: 'constructor' }, 'UNKNOWN_ACTION'],
    ['no channel', { action: 'subscribe' }, 'UNKNOWN_CHANNEL'],
    ['an unknown channel', { action: 'subscribe', channel: 'news', symbols: 1 }, 'UNKNOWN_CHANNEL'],
    ['an unknown channel to leave', { action: 'unsubscribe', channel: 'toString' }, 'UNKNOWN_CHANNEL'],
    ['no symbols', prices([]), 'INVALID_MESSAGE'],
    ['symbols that are no list', { ...prices([]), symbols: 'PETR4' }, 'INVALID_MESSAGE'],
    ["another client's orders", { action: 'subscribe', channel: 'orders', accountId: 'ACC-2' }, 'INVALID_MESSAGE'],
    ['a ping with more', { action: 'ping', load: 'x' }, 'INVALID_MESSAGE'],
    ['too many symbols', prices([...many(0, 100), 'NONE']), 'TOO_MANY_SYMBOLS'],
    ['an unknown symbol', prices(['PETR4', 'XXXX9']), 'UNKNOWN_SYMBOL'],
    ['what cannot be a symbol', prices(['petr4']), 'UNKNOWN_SYMBOL'],
    ['an unknown event', { action: 'subscribe', channel: 'orders', after: 'ORD-9#1' }, 'UNKNOWN_EVENT'],
  ])('%s changes nothing', async (_what, frame, code) => {
    const { ask, connections } = aConnectedDesk();
    const before = connections.at(KEY);
    expect(await ask(frame)).toEqual([expect.objectContaining({ type: 'error', code })]);
    expect(connections.at(KEY)).toEqual(before);
  });

  it.each([
    [{ action: 'ping', load: 'x' }, 'Unrecognized key: "load"'],
    [{ ...prices([]), symbols: 'PETR4' }, 'symbols: Invalid input: expected array, received string'],
  ])('says what is wrong with %j', async (frame, detail) => {
    expect(await aConnectedDesk().ask(frame)).toEqual([expect.objectContaining({ detail })]);
  });

  it('names the symbols that are not known', async () => {
    const [answer] = await aConnectedDesk().ask(prices(['PETR4', 'XXXX9', 'YYYY9']));
    expect(answer).toMatchObject({ detail: 'XXXX9, YYYY9' });
  });

  it('counts the symbols that it has already', async () => {
    const { ask } = aConnectedDesk();
    await ask(prices(many(0, 60)));
    expect(await ask(prices(many(30, 70)))).toEqual([expect.objectContaining({ type: 'subscribed' })]);
    expect(await ask(prices(['PETR4']))).toEqual([expect.objectContaining({ code: 'TOO_MANY_SYMBOLS' })]);
  });

  it('is answered when something fails on our side', async () => {
    const desk = aConnectedDesk();
    desk.findInstrument = async () => Promise.reject(new Error('the table is away'));
    await handleStreamMessage(desk, KEY, JSON.stringify(prices(['PETR4'])), 0);
    expect(desk.sent.to('C1')).toEqual([{ type: 'error', code: 'INTERNAL_ERROR' }]);
  });
});

describe('prices', () => {
  it('are added and taken away, and acknowledged with what is followed now', async () => {
    const { ask, connections } = aConnectedDesk();
    expect(await ask(prices(['PETR4']))).toEqual([{ type: 'subscribed', channel: 'prices', symbols: ['PETR4'] }]);
    await ask(prices(['VALE3', 'PETR4'], { grouped: true }));
    expect(connections.at(KEY)).toMatchObject({ symbols: ['PETR4', 'VALE3'], grouped: true });
    const leave = { action: 'unsubscribe', channel: 'prices' };
    expect(await ask({ ...leave, symbols: ['PETR4'] })).toEqual([
      { type: 'unsubscribed', channel: 'prices', symbols: ['VALE3'] },
    ]);
    expect(await ask(leave)).toEqual([{ type: 'unsubscribed', channel: 'prices', symbols: [] }]);
  });

  it('keep both of two subscriptions at once', async () => {
    const { ask, connections } = aConnectedDesk();
    connections.beforeSave = () => connections.open(KEY, { symbols: ['VALE3'], revision: 2 });
    await ask(prices(['PETR4']));
    expect(connections.at(KEY)?.symbols).toEqual(['VALE3', 'PETR4']);
  });
});

it('answers a ping', async () => {
  expect(await aConnectedDesk().ask({ action: 'ping' })).toEqual([{ type: 'pong' }]);
});

describe('orders', () => {
  const after = (eventId: string) => ({ action: 'subscribe', channel: 'orders', after: eventId });

  it('come from now on', async () => {
    const { ask, connections } = aConnectedDesk();
    expect(await ask({ action: 'subscribe', channel: 'orders' })).toEqual([
      { type: 'subscribed', channel: 'orders', symbols: null },
    ]);
    expect(connections.at(KEY)?.orders).toBe('LIVE');
    await ask({ action: 'unsubscribe', channel: 'orders' });
    expect(connections.at(KEY)?.orders).toBe('OFF');
  });

  it('that were missed come first, in order, while what is live waits', async () => {
    const desk = aStreamDesk(EVENTS);
    const { connections, sent } = desk;
    connections.open(KEY);
    const standing: unknown[] = [];
    const send = (connectionId: string, text: string) => {
      standing.push(connections.at(KEY)?.orders);
      return sent.send(connectionId, text);
    };
    await handleStreamMessage({ ...desk, send }, KEY, JSON.stringify(after('ORD-1#2')), 1_000);
    expect(sent.to('C1').map((message) => ('eventId' in message ? message.eventId : message.type))).toEqual([
      'subscribed',
      'ORD-1#3',
      'ORD-1#4',
    ]);
    expect(standing).toEqual(['REPLAYING', 'REPLAYING', 'REPLAYING']);
    expect(connections.at(KEY)?.orders).toBe('LIVE');
  });

  it('that were being sent to a connection come before those that it asks for again', async () => {
    const desk = aStreamDesk(EVENTS);
    const { connections, sent } = desk;
    connections.open(KEY, { orders: 'LIVE' });
    const underWay = async () => {
      expect(connections.at(KEY)?.orders).toBe('REPLAYING');
      await sent.send('C1', JSON.stringify({ type: 'order', eventId: 'ORD-1#4' }));
    };
    await handleStreamMessage({ ...desk, pause: underWay }, KEY, JSON.stringify(after('ORD-1#2')), 1_000);
    expect(sent.to('C1').map((message) => ('eventId' in message ? message.eventId : message.type))).toEqual([
      'ORD-1#4',
      'subscribed',
      'ORD-1#3',
      'ORD-1#4',
    ]);
    expect(connections.at(KEY)?.orders).toBe('LIVE');
  });

  it('that no push could know of are read once the index has them', async () => {
    const desk = aStreamDesk(EVENTS);
    desk.connections.open(KEY, { orders: 'OFF' });
    let waitedMs = 0;
    const pause = async (delayMs: number) => {
      waitedMs += delayMs;
    };
    // Written when the environment of a push was about to learn of the subscription, and in the index a second later.
    const since = async () => (waitedMs >= AUDIENCE_TTL_MS + 1_000 ? [EVENTS[1]!] : []);
    const request = JSON.stringify(after('ORD-1#1'));
    await handleStreamMessage({ ...desk, events: { ...desk.events, since }, pause }, KEY, request, 1_000);
    expect(desk.sent.to('C1')).toEqual([
      expect.objectContaining({ type: 'subscribed' }),
      expect.objectContaining({ eventId: 'ORD-1#2' }),
    ]);
  });

  it('that happen during a replay follow it, those that it brought left out', async () => {
    const desk = aStreamDesk(EVENTS);
    const { connections, sent } = desk;
    connections.open(KEY, { orders: 'LIVE', waiting: ['ORD-1#2'] });
    const since = async () => [EVENTS[1]!, EVENTS[2]!];
    const meanwhile = async () => {
      const { revision = 0, ...now } = connections.at(KEY) ?? {};
      connections.open(KEY, { ...now, waiting: ['ORD-1#2', 'ORD-1#3', 'ORD-1#4'], revision: revision + 1 });
    };
    const nowMs = EVENTS[2]!.atMs + 1_000;
    await handleStreamMessage(
      { ...desk, events: { ...desk.events, since }, pause: meanwhile },
      KEY,
      JSON.stringify(after('ORD-1#1')),
      nowMs,
    );
    const came = sent.to('C1').map((message) => ('eventId' in message ? message.eventId : message.type));
    expect(came).toEqual(['subscribed', 'ORD-1#2', 'ORD-1#3', 'ORD-1#4']);
    expect(connections.at(KEY)).toMatchObject({ orders: 'LIVE', waiting: [], replayed: ['ORD-1#2', 'ORD-1#3'] });
  });

  it('that wait are forgotten when the client follows no more, and a new subscription begins without them', async () => {
    const { ask, connections } = aConnectedDesk();
    connections.open(KEY, { orders: 'LIVE', waiting: ['ORD-1#2'], sendingUntilMs: 9_000 });
    await ask({ action: 'subscribe', channel: 'orders' });
    expect(connections.at(KEY)).toMatchObject({ orders: 'LIVE', waiting: ['ORD-1#2'], sendingUntilMs: 9_000 });
    await ask({ action: 'unsubscribe', channel: 'orders' });
    expect(connections.at(KEY)).toMatchObject({ orders: 'OFF', waiting: [], sendingUntilMs: 0 });
    connections.open(KEY, { orders: 'REPLAYING', replayEndsAtMs: 1_000, waiting: ['ORD-1#2'] });
    await ask({ action: 'subscribe', channel: 'orders' });
    expect(connections.at(KEY)).toMatchObject({ orders: 'LIVE', waiting: [] });
  });

  it('are shown as the contract says', async () => {
    const { ask } = aConnectedDesk();
    const [, message] = await ask(after('ORD-1#3'));
    expect(StreamMessage.parse(message)).toMatchObject({
      type: 'order',
      eventId: 'ORD-1#4',
      seq: 4,
      event: 'EXECUTION_REPORTED',
      order: { orderId: 'ORD-1', status: 'FILLED', filledQuantity: 100 },
      fills: [{ quantity: 40, price: '30.01' }],
    });
  });

  it('of another account are unknown', async () => {
    const desk = aStreamDesk(EVENTS);
    const foreign = desk.connections.open({ accountId: 'ACC-OTHER', connectionId: 'C2' });
    await handleStreamMessage(desk, foreign, JSON.stringify(after('ORD-1#1')), 0);
    expect(desk.sent.to('C2')).toEqual([expect.objectContaining({ code: 'UNKNOWN_EVENT' })]);
  });

  it('are too many to bring back', async () => {
    const { ask, connections } = aConnectedDesk([EVENTS[0]!, ...Array(MAX_REPLAYED_EVENTS + 1).fill(EVENTS[1]!)]);
    expect(await ask(after('ORD-1#1'))).toEqual([expect.objectContaining({ code: 'REPLAY_TOO_LONG' })]);
    expect(connections.at(KEY)?.orders).toBe('OFF');
  });

  it('are not replayed twice at once, and again when the first replay was cut off', async () => {
    const { ask, connections } = aConnectedDesk();
    connections.open(KEY, { orders: 'REPLAYING', replayEndsAtMs: 1_001 });
    expect(await ask(after('ORD-1#3'))).toEqual([expect.objectContaining({ code: 'TRY_AGAIN' })]);
    connections.open(KEY, { orders: 'REPLAYING', replayEndsAtMs: 1_000 });
    expect(await ask(after('ORD-1#3'))).toEqual([
      expect.objectContaining({ type: 'subscribed' }),
      expect.objectContaining({ eventId: 'ORD-1#4' }),
    ]);
  });

  it.each([
    ['LIVE', 'LIVE', ['ORD-1#2']],
    ['OFF', 'OFF', []],
  ] as const)('that cannot be read leave a subscription that was %s as it was', async (orders, stands, waiting) => {
    const desk = aStreamDesk(EVENTS);
    desk.connections.open(KEY, { orders, waiting: ['ORD-1#2'] });
    const since = () => Promise.reject(new Error('throttled'));
    const request = JSON.stringify(after('ORD-1#1'));
    await handleStreamMessage({ ...desk, events: { ...desk.events, since } }, KEY, request, 1_000);
    expect(desk.sent.to('C1')).toEqual([expect.objectContaining({ code: 'INTERNAL_ERROR' })]);
    expect(desk.connections.at(KEY)).toMatchObject({ orders: stands, waiting });
  });

  const THROTTLED = Array<SendOutcome>(8).fill('THROTTLED');
  it.each<readonly [what: string, outcomes: (SendOutcome | Error)[], code: string, stands: 'LIVE' | 'OFF']>([
    ['fails', ['SENT', new Error('no answer')], 'INTERNAL_ERROR', 'OFF'],
    ['is cut short', ['SENT', ...THROTTLED], 'TRY_AGAIN', 'OFF'],
    ['cannot even begin', THROTTLED, 'TRY_AGAIN', 'LIVE'],
  ])('can be asked for again at once when their replay %s', async (_what, outcomes, code, stands) => {
    const { ask, sent, connections } = aConnectedDesk();
    connections.open(KEY, { orders: 'LIVE' });
    sent.outcomes.set('C1', outcomes);
    expect((await ask(after('ORD-1#3'))).at(-1)).toMatchObject({ type: 'error', code });
    expect(connections.at(KEY)?.orders).toBe(stands);
    expect((await ask(after('ORD-1#3'))).at(-1)).toMatchObject({ eventId: 'ORD-1#4' });
  });

  it('wait out a throttled moment of the replay', async () => {
    const { ask, sent } = aConnectedDesk();
    sent.outcomes.set('C1', ['SENT', 'THROTTLED', 'THROTTLED']);
    expect(await ask(after('ORD-1#3'))).toHaveLength(2);
  });

  it('end with a connection that is gone', async () => {
    const { ask, sent, connections } = aConnectedDesk();
    sent.outcomes.set('C1', ['SENT', 'GONE']);
    await ask(after('ORD-1#2'));
    expect(connections.at(KEY)).toBeUndefined();
  });
});
