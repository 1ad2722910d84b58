import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { describe, expect, it } from 'vitest';
import { orderEventMessage } from '../operations/order-event-message.ts';
import { eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { inEventOrder } from './event-order.ts';
import { pushOrders } from './push-orders.ts';
import { MemoryConnections, SentFrames } from './testing/stream-desk.ts';

const EVENTS = eventsOfFilledOrder([60, 40]).map(orderEventMessage);

function aPushDesk() {
  const connections = new MemoryConnections();
  const sent = new SentFrames();
  const listen = (accountId: string, connectionId: string, fields = {}) =>
    connections.open({ accountId, connectionId }, { orders: 'LIVE', ...fields });
  const push = async (events: readonly OrderEventMessage[]) => {
    const messages = events.map((body) => ({ messageId: body.eventId, body, receiveCount: 1 }));
    return [
      ...(
        await pushOrders(messages, 1_000, { connections, followed: connections.followedAccounts, send: sent.send })
      ).keys(),
    ];
  };
  const heard = (connectionId: string) => sent.to(connectionId).map((message) => 'seq' in message && message.seq);
  return { connections, sent, listen, push, heard };
}

describe('pushOrders', () => {
  it("tells an account's connections that listen, in order, and no one else", async () => {
    const { connections, listen, push, heard, sent } = aPushDesk();
    listen('ana', 'C1');
    listen('ana', 'C2');
    listen('ana', 'OFF', { orders: 'OFF' });
    listen('bruno', 'FOREIGN');
    expect(await push(EVENTS.toReversed())).toEqual([]);
    expect([heard('C1'), heard('C2')]).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
    expect(sent.frames).toHaveLength(8);
    expect(await connections.ofAccount('ana')).toHaveLength(3);
  });

  it('has what was throttled, and all after it, again; other connections have had it', async () => {
    const { listen, push, heard, sent } = aPushDesk();
    listen('ana', 'C1');
    listen('ana', 'C2');
    sent.outcomes.set('C1', ['SENT', 'THROTTLED']);
    expect(await push(EVENTS)).toEqual(['ORD-1#2', 'ORD-1#3', 'ORD-1#4']);
    expect([heard('C1'), heard('C2')]).toEqual([[1], [1, 2, 3, 4]]);
  });

  it('has what failed for an unknown reason again', async () => {
    const { listen, push, sent } = aPushDesk();
    listen('ana', 'C1');
    sent.outcomes.set('C1', [new Error('no answer')]);
    expect(await push(EVENTS.slice(0, 1))).toEqual(['ORD-1#1']);
  });

  it('removes a connection that is gone', async () => {
    const { connections, listen, push, sent } = aPushDesk();
    listen('ana', 'C1');
    sent.outcomes.set('C1', ['GONE']);
    expect(await push(EVENTS)).toEqual([]);
    expect(await connections.ofAccount('ana')).toEqual([]);
  });

  it('waits for the end of a replay, unless that was cut off', async () => {
    const { listen, push, heard } = aPushDesk();
    listen('ana', 'C1');
    listen('ana', 'C2', { orders: 'REPLAYING', replayEndsAtMs: 1_001 });
    expect(await push(EVENTS.slice(0, 1))).toEqual(['ORD-1#1']);
    expect(heard('C1')).toEqual([]);
    listen('ana', 'C2', { orders: 'REPLAYING', replayEndsAtMs: 1_000 });
    expect(await push(EVENTS.slice(0, 1))).toEqual([]);
    expect([heard('C1'), heard('C2')]).toEqual([[1], []]);
  });
});

it("orders events by time, and an order's own by seq though the clock went back", () => {
  const at = (orderId: string, seq: number, occurredAt: string) => ({ orderId, seq, occurredAt });
  const given = [at('B', 2, '09:03'), at('A', 1, '09:04'), at('B', 1, '09:05'), at('B', 3, '09:06')];
  const ordered = inEventOrder(given.toReversed(), (event) => event);
  expect(ordered.map(({ orderId, seq }) => `${orderId}${seq}`)).toEqual(['B1', 'A1', 'B2', 'B3']);
});
