import type { AccountId } from '@brokerage/domain/identifiers';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../operations/audit-record.ts';
import { eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { toAttributes } from '../platform/attribute-value.ts';
import { toAuditItem } from '../platform/audit-item.ts';
import { createLog } from '../platform/log.ts';
import { inEventOrder } from './event-order.ts';
import { MAX_WAITING_EVENTS } from './let-wait.ts';
import { pushOrders } from './push-orders.ts';
import { MemoryConnections, SentFrames } from './testing/stream-desk.ts';
import type { UntoldEvents, WaitingConnection } from './waiting-message.ts';

const EVENTS = eventsOfFilledOrder([60, 40]);
const ALL = ['ORD-1#1', 'ORD-1#2', 'ORD-1#3', 'ORD-1#4'];
const C1 = { accountId: 'ana', connectionId: 'C1' };

const BRUNO = 'bruno' as AccountId;
/** The same of another account. */
const ofBruno = (event: OrderEvent): OrderEvent => ({
  ...event,
  subjectId: 'ORD-2',
  payload: { ...event.payload, order: { ...event.payload.order, accountId: BRUNO } },
});

const aRecord = (event: OrderEvent): AuditRecord => ({
  sequenceNumber: `${100 + event.seq}`,
  image: toAttributes(toAuditItem(event)),
});

function aPushDesk() {
  const connections = new MemoryConnections();
  const sent = new SentFrames();
  const told: WaitingConnection[] = [];
  const left: UntoldEvents[] = [];
  const listen = (accountId: string, connectionId: string, fields = {}) =>
    connections.open({ accountId, connectionId }, { orders: 'LIVE', ...fields });
  const desk = {
    connections,
    followed: connections.followedAccounts,
    send: sent.send,
    tellWaiting: async (connection: WaitingConnection) => void told.push(connection),
    pushLater: async (events: UntoldEvents) => void left.push(events),
    log: createLog({}, () => {}),
  };
  const push = (records: readonly AuditRecord[]) => pushOrders(records, 1_000, desk);
  const heard = (connectionId: string) => sent.to(connectionId).map((message) => 'seq' in message && message.seq);
  return { connections, sent, told, left, listen, desk, push, heard };
}

describe('pushOrders', () => {
  it("tells an account's connections that listen, in order, and no one else", async () => {
    const { connections, listen, push, heard, sent, told } = aPushDesk();
    listen('ana', 'C1');
    listen('ana', 'C2');
    listen('ana', 'OFF', { orders: 'OFF' });
    listen('bruno', 'FOREIGN');
    expect(await push(EVENTS.map(aRecord))).toBeNull();
    expect([heard('C1'), heard('C2')]).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
    expect(sent.frames).toHaveLength(8);
    expect(told).toEqual([]);
    expect(await connections.ofAccount('ana')).toHaveLength(3);
  });

  it('asks nothing about accounts that nobody follows, and does not read their events', async () => {
    const { desk, listen, push } = aPushDesk();
    listen('bruno', 'C1');
    desk.connections.ofAccount = () => Promise.reject(new Error('asked'));
    const unreadable = { sequenceNumber: '1', image: { accountId: { S: 'ana' } } };
    expect(await push([unreadable, { sequenceNumber: '2', image: null }, ...EVENTS.map(aRecord)])).toBeNull();
  });

  it('lets what was throttled, and all after it, wait; other connections have had it', async () => {
    const { connections, listen, push, heard, sent, told } = aPushDesk();
    listen('ana', 'C1');
    listen('ana', 'C2');
    sent.outcomes.set('C1', ['SENT', 'THROTTLED']);
    expect(await push(EVENTS.slice(0, 3).map(aRecord))).toBeNull();
    expect([heard('C1'), heard('C2')]).toEqual([[1], [1, 2, 3]]);
    expect(connections.at(C1)?.waiting).toEqual(ALL.slice(1, 3));
    expect(told).toEqual([{ ...C1, isOverrun: false }]);
    await push(EVENTS.slice(3).map(aRecord));
    expect([heard('C1'), heard('C2')]).toEqual([[1], [1, 2, 3, 4]]);
    expect(connections.at(C1)?.waiting).toEqual(ALL.slice(1));
  });

  it('lets what failed for an unknown reason wait', async () => {
    const { connections, listen, push, sent } = aPushDesk();
    listen('ana', 'C1');
    sent.outcomes.set('C1', [new Error('no answer')]);
    expect(await push(EVENTS.slice(0, 1).map(aRecord))).toBeNull();
    expect(connections.at(C1)?.waiting).toEqual(['ORD-1#1']);
  });

  it('lets a batch that comes again wait once, and the queue hear of it again', async () => {
    const { connections, listen, push, told } = aPushDesk();
    listen('ana', 'C1', { waiting: ['ORD-1#1'] });
    await push(EVENTS.slice(0, 2).map(aRecord));
    await push(EVENTS.slice(0, 2).map(aRecord));
    expect(connections.at(C1)?.waiting).toEqual(ALL.slice(0, 2));
    expect(told).toHaveLength(2);
  });

  it('removes a connection that is gone', async () => {
    const { connections, listen, push, sent } = aPushDesk();
    listen('ana', 'C1');
    sent.outcomes.set('C1', ['GONE']);
    expect(await push(EVENTS.map(aRecord))).toBeNull();
    expect(await connections.ofAccount('ana')).toEqual([]);
  });

  it('waits for the end of a replay, unless that was cut off', async () => {
    const { connections, listen, push, heard } = aPushDesk();
    listen('ana', 'C1', { orders: 'REPLAYING', replayEndsAtMs: 1_001 });
    const cutOff = listen('ana', 'C2', { orders: 'REPLAYING', replayEndsAtMs: 1_000 });
    await push(EVENTS.slice(0, 1).map(aRecord));
    expect([heard('C1'), heard('C2')]).toEqual([[], []]);
    expect(connections.at(C1)?.waiting).toEqual(['ORD-1#1']);
    expect(connections.at(cutOff)?.waiting).toEqual([]);
  });

  it('does not send again what a replay has just brought', async () => {
    const { listen, push, heard } = aPushDesk();
    listen('ana', 'C1', { replayed: ALL.slice(0, 2) });
    await push(EVENTS.map(aRecord));
    expect(heard('C1')).toEqual([3, 4]);
  });

  it('gives up a connection for which too much waits: it hears no more, and is to be closed', async () => {
    const { connections, listen, push, told } = aPushDesk();
    const waiting = Array.from({ length: MAX_WAITING_EVENTS - 1 }, (_none, index) => `ORD-0#${index}`);
    listen('ana', 'C1', { waiting });
    await push(EVENTS.slice(0, 1).map(aRecord));
    expect(connections.at(C1)?.waiting).toHaveLength(MAX_WAITING_EVENTS);
    await push(EVENTS.slice(1).map(aRecord));
    expect(connections.at(C1)).toMatchObject({ orders: 'OFF', waiting: [] });
    expect(told.map(({ isOverrun }) => isOverrun)).toEqual([false, true]);
  });

  it('leaves an event that cannot be read to the queue, alone, and tells the others', async () => {
    const { listen, push, heard, left } = aPushDesk();
    listen('ana', 'C1');
    const { image } = aRecord(EVENTS[1]!);
    const poison = { sequenceNumber: '102', image: { ...image, payload: { S: '{' } } };
    const records = EVENTS.map(aRecord).with(1, poison);
    expect(await push(records)).toBeNull();
    expect(heard('C1')).toEqual([1, 3, 4]);
    expect(left).toEqual([{ accountId: 'ana', eventIds: ['ORD-1#2'] }]);
    expect(await push([poison])).toBeNull();
    expect(left).toHaveLength(2);
  });

  type Desk = ReturnType<typeof aPushDesk>['desk'];
  it.each<readonly [what: string, failing: (desk: Desk) => void]>([
    [
      'connections cannot be read',
      ({ connections }) => {
        const { ofAccount } = connections;
        connections.ofAccount = async (accountId) => {
          if (accountId === 'ana') throw new Error('throttled');
          return ofAccount(accountId);
        };
      },
    ],
    [
      'connection can neither take them nor have them wait',
      (desk) => {
        const { send } = desk;
        desk.send = async (connectionId, text) => (connectionId === 'C1' ? 'THROTTLED' : send(connectionId, text));
        desk.tellWaiting = () => Promise.reject(new Error('the queue is away'));
      },
    ],
  ])("leaves an account's events to the queue when its %s, and the batch goes on", async (_what, failing) => {
    const { desk, listen, push, heard, left } = aPushDesk();
    listen('ana', 'C1');
    listen('bruno', 'C2');
    failing(desk);
    expect(await push(EVENTS.flatMap((event) => [event, ofBruno(event)]).map(aRecord))).toBeNull();
    expect(left).toEqual([{ accountId: 'ana', eventIds: ALL }]);
    expect(heard('C2')).toEqual([1, 2, 3, 4]);
  });

  it('has a batch again, from the first event that the queue did not take either', async () => {
    const { desk, connections, listen, push } = aPushDesk();
    listen('ana', 'C1');
    connections.ofAccount = () => Promise.reject(new Error('throttled'));
    desk.pushLater = () => Promise.reject(new Error('the queue is away'));
    expect(await push([ofBruno(EVENTS[0]!), ...EVENTS.slice(1)].map(aRecord))).toBe('102');
  });
});

it("orders events by time, and an order's own by seq though the clock went back", () => {
  const at = (orderId: string, seq: number, occurredAt: string) => ({ orderId, seq, occurredAt });
  const given = [at('B', 2, '09:03'), at('A', 1, '09:04'), at('B', 1, '09:05'), at('B', 3, '09:06')];
  const ordered = inEventOrder(given.toReversed(), (event) => event);
  expect(ordered.map(({ orderId, seq }) => `${orderId}${seq}`)).toEqual(['B1', 'A1', 'B2', 'B3']);
});
