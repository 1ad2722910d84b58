import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../operations/audit-record.ts';
import { eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { toAttributes } from '../platform/attribute-value.ts';
import { toAuditItem } from '../platform/audit-item.ts';
import { RetryLater } from '../platform/queue-worker.ts';
import { pushWaitingOrders } from './push-waiting-orders.ts';
import { aStreamDesk } from './testing/stream-desk.ts';
import {
  type OrderStreamMessage,
  parseOrderStreamMessage,
  type UntoldEvents,
  type WaitingConnection,
} from './waiting-message.ts';

const EVENTS = eventsOfFilledOrder(Array.from({ length: 10 }, () => 10));
const IDS = EVENTS.map(({ subjectId, seq }) => `${subjectId}#${seq}`);
const SEQS = EVENTS.map(({ seq }) => seq);
const KEY = { accountId: 'ana', connectionId: 'C1' };
const NOW_MS = 1_000;

function aWaitingDesk(fields = {}) {
  const desk = aStreamDesk(EVENTS);
  desk.connections.open(KEY, { orders: 'LIVE', waiting: IDS, ...fields });
  const closed: string[] = [];
  const told: WaitingConnection[] = [];
  const left: UntoldEvents[] = [];
  const records: readonly AuditRecord[] = EVENTS.map((event) => ({
    sequenceNumber: String(event.seq),
    image: toAttributes(toAuditItem(event)),
  }));
  const pushDesk = {
    ...desk,
    followed: desk.connections.followedAccounts,
    tellWaiting: async (connection: WaitingConnection) => void told.push(connection),
    pushLater: async (events: UntoldEvents) => void left.push(events),
    close: async (connectionId: string) => void closed.push(connectionId),
    readRange: async () => records,
  };
  const work = async (messages: readonly OrderStreamMessage[], receiveCount = 1) =>
    pushWaitingOrders(
      messages.map((body, index) => ({ messageId: `M${index}`, body, receiveCount })),
      NOW_MS,
      pushDesk,
    );
  const heard = () => desk.sent.to('C1').map((message) => 'seq' in message && message.seq);
  return { ...desk, pushDesk, closed, told, left, work, heard };
}

const waits = (isOverrun = false): OrderStreamMessage => ({
  kind: 'CONNECTION',
  connection: { ...KEY, isOverrun },
});
const RANGE = parseOrderStreamMessage(
  JSON.stringify({
    DDBStreamBatchInfo: { streamArn: 'arn', shardId: 's', startSequenceNumber: '1', endSequenceNumber: '12' },
  }),
);

describe('pushWaitingOrders', () => {
  it('sends what waits, in order, and the connection is free again', async () => {
    const { work, heard, connections } = aWaitingDesk();
    expect(await work([waits(), waits()])).toEqual(new Map());
    expect(heard()).toEqual(SEQS);
    expect(connections.at(KEY)).toMatchObject({ orders: 'LIVE', waiting: [], sendingUntilMs: 0 });
  });

  it('sends what comes to wait while it sends, too, and no one else does so meanwhile', async () => {
    const { work, heard, connections, pushDesk, sent } = aWaitingDesk({ waiting: IDS.slice(0, 2) });
    let isFirst = true;
    pushDesk.send = async (connectionId, text) => {
      const now = connections.at(KEY);
      if (isFirst && now) {
        isFirst = false;
        connections.open(KEY, { ...now, waiting: IDS, revision: now.revision + 1 });
        expect([...(await work([waits()])).values()]).toEqual([expect.any(RetryLater)]);
      }
      return sent.send(connectionId, text);
    };
    expect(await work([waits()])).toEqual(new Map());
    expect(heard()).toEqual(SEQS);
  });

  it('stops at what is refused, and goes on there', async () => {
    const { work, heard, sent, connections } = aWaitingDesk();
    sent.outcomes.set('C1', ['THROTTLED']);
    expect([...(await work([waits()])).values()]).toEqual([expect.any(RetryLater)]);
    expect(connections.at(KEY)).toMatchObject({ waiting: IDS, sendingUntilMs: 0 });
    expect(await work([waits()])).toEqual(new Map());
    expect(heard()).toEqual(SEQS);
  });

  it('does not close a connection that takes some each time, however often', async () => {
    const { work, heard, sent, connections, told, closed } = aWaitingDesk();
    sent.outcomes.set('C1', ['SENT', 'SENT', 'THROTTLED']);
    expect(await work([waits()], 15)).toEqual(new Map());
    expect([told, closed]).toEqual([[{ ...KEY, isOverrun: false }], []]);
    expect(connections.at(KEY)).toMatchObject({ waiting: IDS.slice(2), sendingUntilMs: 0 });
    expect(await work([waits()])).toEqual(new Map());
    expect(heard()).toEqual(SEQS);
  });

  it('lets others in after a while though as much comes as it sends, and goes on by a message of its own', async () => {
    const { work, heard, connections, pushDesk, sent, told } = aWaitingDesk({ waiting: ['ORD-1#1'] });
    let nowMs = NOW_MS;
    let seq = 1;
    pushDesk.events.named = async (ids) => ids.map((id) => ({ ...EVENTS[0]!, seq: Number(id.split('#')[1]) }));
    pushDesk.now = () => nowMs;
    pushDesk.send = async (connectionId, text) => {
      nowMs += 100;
      const { revision = 0, waiting = [], ...now } = connections.at(KEY) ?? {};
      connections.open(KEY, { ...now, waiting: [...waiting, `ORD-1#${++seq}`], revision: revision + 1 });
      return sent.send(connectionId, text);
    };
    expect(await work([waits()])).toEqual(new Map());
    expect(nowMs).toBe(NOW_MS + 20_000);
    expect(heard()).toEqual(Array.from({ length: 200 }, (_none, index) => index + 1));
    expect(told).toEqual([{ ...KEY, isOverrun: false }]);
    expect(connections.at(KEY)).toMatchObject({ waiting: ['ORD-1#201'], sendingUntilMs: 0 });
  });

  it('does not count the tries of a message while somebody else sends', async () => {
    const { work, told } = aWaitingDesk({ sendingUntilMs: NOW_MS + 1 });
    expect(await work([waits(), waits()], 15)).toEqual(new Map());
    expect(told).toEqual([{ ...KEY, isOverrun: false }]);
  });

  it('leaves the claim to who has made it meanwhile', async () => {
    const { work, connections, pushDesk } = aWaitingDesk();
    pushDesk.send = async () => {
      const { revision = 0, ...now } = connections.at(KEY) ?? {};
      connections.open(KEY, { ...now, sendingUntilMs: 99_000, revision: revision + 1 });
      return 'THROTTLED';
    };
    expect((await work([waits()])).size).toBe(1);
    expect(connections.at(KEY)).toMatchObject({ waiting: IDS, sendingUntilMs: 99_000 });
  });

  it.each([
    ['a replay is under way', { orders: 'REPLAYING', replayEndsAtMs: NOW_MS + 1 }, 1],
    ['somebody else sends', { sendingUntilMs: NOW_MS + 1 }, 1],
    ['nothing waits', { waiting: [] }, 0],
    ['it follows no orders', { orders: 'OFF' }, 0],
    ['its replay was cut off', { orders: 'REPLAYING', replayEndsAtMs: NOW_MS }, 0],
  ])('sends nothing while %s', async (_what, fields, again) => {
    const { work, heard } = aWaitingDesk(fields);
    expect((await work([waits()], 14)).size).toBe(again);
    expect(heard()).toEqual([]);
  });

  it('leaves the rest to a replay that begins meanwhile', async () => {
    const { work, heard, connections, pushDesk, sent } = aWaitingDesk();
    pushDesk.send = (connectionId, text) => {
      const { revision = 0, ...now } = connections.at(KEY) ?? {};
      const replaying = { orders: 'REPLAYING', replayEndsAtMs: NOW_MS + 1, sendingUntilMs: 0 } as const;
      connections.open(KEY, { ...now, ...replaying, revision: revision + 1 });
      return sent.send(connectionId, text);
    };
    expect((await work([waits()])).size).toBe(1);
    expect(heard()).toEqual(SEQS.slice(0, 10));
    expect(connections.at(KEY)).toMatchObject({ orders: 'REPLAYING', waiting: IDS.slice(10) });
  });

  it('forgets a connection that is gone', async () => {
    const { work, sent, connections } = aWaitingDesk();
    sent.outcomes.set('C1', ['GONE']);
    expect(await work([waits()])).toEqual(new Map());
    expect(connections.at(KEY)).toBeUndefined();
    expect(await work([waits()])).toEqual(new Map());
  });

  it.each([
    ['has taken nothing for half a minute', false, 15],
    ['is overrun', true, 1],
  ])('closes a connection that %s', async (_what, isOverrun, receiveCount) => {
    const { work, sent, closed, connections } = aWaitingDesk();
    sent.outcomes.set('C1', ['THROTTLED']);
    expect(await work([waits(), waits(isOverrun)], receiveCount)).toEqual(new Map());
    expect(closed).toEqual(['C1']);
    expect(connections.at(KEY)).toBeUndefined();
  });

  it('pushes what Lambda gave up', async () => {
    const { work, heard } = aWaitingDesk({ waiting: [] });
    expect(await work([RANGE])).toEqual(new Map());
    expect(heard()).toEqual(SEQS);
  });

  it('has what Lambda gave up again when it fails once more', async () => {
    const { work, pushDesk } = aWaitingDesk();
    const away = () => Promise.reject(new Error('the queue is away'));
    Object.assign(pushDesk, { tellWaiting: away, pushLater: away });
    expect([...(await work([RANGE])).keys()]).toEqual(['M0']);
  });

  it('pushes what failed for an account, in its order, and again when it fails once more', async () => {
    const { work, heard, pushDesk, connections } = aWaitingDesk({ waiting: [] });
    const untold = parseOrderStreamMessage(JSON.stringify({ accountId: 'ana', eventIds: IDS.slice(0, 3) }));
    const { ofAccount } = connections;
    connections.ofAccount = () => Promise.reject(new Error('throttled'));
    expect([...(await work([untold, waits()])).keys()]).toEqual(['M0']);
    connections.ofAccount = ofAccount;
    expect(await work([untold])).toEqual(new Map());
    expect(heard()).toEqual([1, 2, 3]);
    pushDesk.events.named = () => Promise.reject(new Error('no event'));
    expect((await work([untold])).size).toBe(1);
  });

  it.each([['poison'], ['{}'], ['null'], ['{"accountId":"ana"}'], ['{"accountId":"ana","eventIds":[]}']])(
    'takes %s for no message',
    (text) => {
      expect(() => parseOrderStreamMessage(text)).toThrow();
    },
  );
});
