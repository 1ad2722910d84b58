import type { EventBridgeClient, PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { PublishBatchCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { describe, expect, it } from 'vitest';
import { toAttributes } from '../platform/attribute-value.ts';
import { toAuditItem } from '../platform/audit-item.ts';
import { createLog } from '../platform/log.ts';
import type { AuditRecord } from './audit-record.ts';
import { createEventPublisher } from './event-publisher.ts';
import { orderEventMessage } from './order-event-message.ts';
import { publishEvents } from './publish-events.ts';
import { republish } from './republish.ts';
import { eventsOfFilledOrder } from './testing/order-events.ts';

const SILENT = createLog({}, () => undefined);

function aRecord(event: OrderEvent, sequence: number): AuditRecord {
  return { sequenceNumber: String(sequence), image: toAttributes(toAuditItem(event)) };
}

describe('orderEventMessage', () => {
  it.each(eventsOfFilledOrder([60, 40]).map((event) => [event.payload.type, event] as const))(
    'keeps the contract for %s, also after a trip through DynamoDB',
    (_type, event) => {
      const message = orderEventMessage(event);
      expect(OrderEventMessage.parse(message)).toEqual(message);
    },
  );

  it('tells what changed', () => {
    const [accepted, reserved, filled] = eventsOfFilledOrder().map(orderEventMessage);
    expect(accepted).toMatchObject({ eventId: 'ORD-1#1', seq: 1, previousStatus: null, fills: [] });
    expect(reserved).toMatchObject({ eventId: 'ORD-1#2', previousStatus: 'PENDING_NEW' });
    expect(filled).toMatchObject({
      previousStatus: 'PENDING_NEW',
      order: { status: 'FILLED', averagePrice: '30.0100', remainingQuantity: 0, fees: { total: '0.89' } },
      fills: [
        {
          executionId: 'X1',
          quantity: 100,
          price: '30.01',
          grossAmount: '3001.00',
          fees: '0.89',
          netAmount: '3001.89',
        },
      ],
    });
  });
});

describe('publishEvents', () => {
  const events = eventsOfFilledOrder();
  const records = events.map((event, index) => aRecord(event, 100 + index));

  it('publishes each event, in order', async () => {
    const published: string[] = [];
    const answer = await publishEvents(
      records,
      async (messages) => {
        published.push(...messages.map(({ eventId }) => eventId));
        return new Set();
      },
      SILENT,
    );
    expect(answer).toBeNull();
    expect(published).toEqual(['ORD-1#1', 'ORD-1#2', 'ORD-1#3']);
  });

  it('answers the first that was refused, from which Lambda goes on', async () => {
    const answer = await publishEvents(records, async () => new Set(['ORD-1#3', 'ORD-1#2']), SILENT);
    expect(answer).toBe('101');
  });

  it('stops at an event that cannot be read, and has published those before it', async () => {
    const poison: AuditRecord = { sequenceNumber: '101', image: { orderId: { S: 'x' } } };
    const published: string[] = [];
    const answer = await publishEvents(
      [records[0]!, poison, records[2]!],
      async (messages) => {
        published.push(...messages.map(({ eventId }) => eventId));
        return new Set();
      },
      SILENT,
    );
    expect(answer).toBe('101');
    expect(published).toEqual(['ORD-1#1']);
  });

  it('takes no removal for news', async () => {
    const published: string[] = [];
    await publishEvents(
      [{ sequenceNumber: '1', image: null }],
      async (messages) => {
        published.push(...messages.map(({ eventId }) => eventId));
        return new Set();
      },
      SILENT,
    );
    expect(published).toEqual([]);
  });
});

describe('the event publisher', () => {
  const messages = Array.from({ length: 12 }, (_, index) => ({
    ...orderEventMessage(eventsOfFilledOrder()[0]!),
    eventId: `E${index}`,
  }));

  it('sends ten in a call to topic and bus, and names what either refused though both answered 200', async () => {
    const batches: PublishBatchCommandInput[] = [];
    const puts: PutEventsCommandInput[] = [];
    const sns = {
      send: async ({ input }: { input: PublishBatchCommandInput }) => {
        batches.push(input);
        return { Failed: batches.length === 1 ? [{ Id: '3', Code: 'InternalError' }] : [] };
      },
    } as unknown as SNSClient;
    const eventbridge = {
      send: async ({ input }: { input: PutEventsCommandInput }) => {
        puts.push(input);
        const answers = (input.Entries ?? []).map((_entry, index) =>
          puts.length === 2 && index === 1 ? { ErrorCode: 'ThrottlingException' } : { EventId: 'x' },
        );
        return { Entries: answers };
      },
    } as unknown as EventBridgeClient;
    const publish = createEventPublisher(sns, eventbridge, { topicArn: 'topic', busName: 'brokerage' });
    expect([...(await publish(messages))].sort()).toEqual(['E11', 'E3']);
    expect(batches.map((batch) => batch.PublishBatchRequestEntries?.length)).toEqual([10, 2]);
    expect(puts.map((put) => put.Entries?.length)).toEqual([10, 2]);
    expect(puts[0]?.Entries?.[0]).toMatchObject({ Source: 'brokerage.orders', DetailType: 'OrderEvent' });
  });
});

describe('republish', () => {
  it('publishes what the audit table holds from a seq on', async () => {
    const trail = async (_orderId: string, fromSeq: number) =>
      eventsOfFilledOrder().filter(({ seq }) => seq >= fromSeq);
    const answer = await republish({ orderId: 'ORD-1', fromSeq: 2 }, trail, async () => new Set(['ORD-1#3']));
    expect(answer).toMatchObject({ ok: true, body: { published: 1, refused: 1 } });
  });

  it('finds no order without events', async () => {
    const answer = await republish(
      { orderId: 'ORD-9', fromSeq: 1 },
      async () => [],
      async () => new Set(),
    );
    expect(answer).toMatchObject({ code: 'NOT_FOUND' });
  });
});
