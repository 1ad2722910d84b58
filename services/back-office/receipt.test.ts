import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { ReceiptView } from '@brokerage/contracts/rest/orders';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { describe, expect, it } from 'vitest';
import { orderEventMessage } from '../operations/order-event-message.ts';
import { eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { writeReceipt } from './write-receipt.ts';

function setting(trail: readonly OrderEvent[]) {
  const objects = new Map<string, string>();
  let reads = 0;
  const bucket = {
    put: async (key: string, text: string) => void objects.set(key, text),
    putNew: async (key: string, text: string) => !objects.has(key) && Boolean(objects.set(key, text)),
    get: async (key: string) => objects.get(key) ?? null,
  };
  const readAuditTrail = async () => {
    reads += 1;
    return trail;
  };
  const receipt = () => ReceiptView.parse(JSON.parse(objects.get('ORD-1.json') ?? 'null'));
  return { ports: { bucket, readAuditTrail }, objects, receipt, reads: () => reads };
}

const last = (events: readonly OrderEvent[]): OrderEventMessage => orderEventMessage(events.at(-1)!);

describe('writeReceipt', () => {
  it('writes the order with its fill, and reads nothing when the event has them all', async () => {
    const events = eventsOfFilledOrder([100]);
    const { ports, receipt, reads } = setting(events);
    await writeReceipt(last(events), ports);
    expect(receipt()).toMatchObject({
      seq: 3,
      order: { status: 'FILLED', fills: [{ executionId: 'X1', quantity: 100 }] },
    });
    expect(reads()).toBe(0);
  });

  it('gathers the fills of earlier events', async () => {
    const events = eventsOfFilledOrder([60, 40]);
    const { ports, receipt } = setting(events);
    await writeReceipt(last(events), ports);
    expect(receipt().order.fills.map(({ quantity }) => quantity)).toEqual([60, 40]);
  });

  it('writes none while the order lives', async () => {
    const events = eventsOfFilledOrder([60]);
    const { ports, objects } = setting(events);
    for (const event of events) await writeReceipt(orderEventMessage(event), ports);
    expect(objects.size).toBe(0);
  });

  it('writes none of an order that traded nothing', async () => {
    const [event] = eventsOfFilledOrder([]).map(orderEventMessage);
    const { ports, objects } = setting([]);
    await writeReceipt({ ...event!, order: { ...event!.order, status: 'CANCELED' } }, ports);
    expect(objects.size).toBe(0);
  });

  it('gives way to a newer event, and not to an older or a repeated one', async () => {
    const events = eventsOfFilledOrder([100]);
    const { ports, objects, receipt } = setting(events);
    const filled = last(events);
    const newer = { ...filled, seq: filled.seq + 1 };
    await writeReceipt(filled, ports);
    await writeReceipt(newer, ports);
    const text = objects.get('ORD-1.json');
    await writeReceipt(filled, ports);
    await writeReceipt(newer, ports);
    expect(receipt().seq).toBe(newer.seq);
    expect(objects.get('ORD-1.json')).toBe(text);
  });
});
