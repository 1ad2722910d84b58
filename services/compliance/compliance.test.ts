import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { AlertView } from '@brokerage/contracts/rest/staff';
import { describe, expect, it } from 'vitest';
import { orderEventMessage } from '../operations/order-event-message.ts';
import { acceptedOrder, eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { type AlertItem, alertOf, alertView, monthOf } from './alert.ts';
import { archiveAudit } from './archive-audit.ts';
import { listAlerts, type ReadAlerts } from './list-alerts.ts';

const large = orderEventMessage(acceptedOrder(4_100, 2_500).event);
const small = orderEventMessage(acceptedOrder(4_000, 2_500).event);

describe('alertOf', () => {
  it('raises one for an order above R$ 100,000.00, and the same one again for the same event', () => {
    const alert = alertOf(large);
    expect(alert).toMatchObject({ month: '2026-11', kind: 'LARGE_ORDER', orderId: 'ORD-1', amount: '102500.00' });
    expect(alertOf(large)).toEqual(alert);
    expect(AlertView.parse(alert)).toEqual(alert && alertView(alert));
  });

  it('raises none for others', () => {
    expect(alertOf(small)).toBeNull();
  });

  it('goes by São Paulo’s month', () => {
    expect(monthOf(Date.parse('2026-12-01T02:59:59Z'))).toBe('2026-11');
    expect(monthOf(Date.parse('2026-12-01T03:00:00Z'))).toBe('2026-12');
  });
});

describe('listAlerts', () => {
  const alerts = ['c', 'b', 'a'].map((id) => ({ ...alertOf(large), alertId: id }) as AlertItem);
  const months: string[] = [];
  const read: ReadAlerts = async (month, afterId, limit) => {
    months.push(month);
    const start = afterId === null ? 0 : alerts.findIndex(({ alertId }) => alertId === afterId) + 1;
    const page = alerts.slice(start, start + limit);
    return { alerts: page, lastId: start + limit < alerts.length ? (page.at(-1)?.alertId ?? null) : null };
  };

  it('pages through a month, which its cursor keeps', async () => {
    const first = await listAlerts({ month: '2026-10', limit: 2 }, Date.parse('2026-11-24T15:00:00Z'), read);
    if (!first.ok || first.body.nextCursor === null) throw new Error('no second page');
    const second = await listAlerts(
      { cursor: first.body.nextCursor, limit: 2 },
      Date.parse('2026-12-24T15:00:00Z'),
      read,
    );
    expect(first.body.items.map(({ alertId }) => alertId)).toEqual(['c', 'b']);
    expect(second).toMatchObject({ body: { items: [{ alertId: 'a' }], nextCursor: null } });
    expect(months).toEqual(['2026-10', '2026-10']);
  });

  it('refuses a foreign cursor', async () => {
    expect(await listAlerts({ cursor: 'e30', limit: 2 }, 0, read)).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

describe('archiveAudit', () => {
  const events = eventsOfFilledOrder().map(orderEventMessage);

  async function archived(batch: readonly OrderEventMessage[]) {
    const objects: [string, string][] = [];
    await archiveAudit(batch, { put: async (key, text) => void objects.push([key, text]) });
    return objects;
  }

  it('writes one object a batch, an event a line', async () => {
    const [[key, text] = ['', '']] = await archived(events);
    expect(key).toMatch(/^events\/date=2026-11-24\/[0-9a-f]{32}\.ndjson$/);
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(events);
  });

  it('overwrites itself when the batch comes again, in whatever order and however often', async () => {
    expect(await archived([...events].reverse())).toEqual(await archived([...events, events[0]!]));
  });

  it('keeps other batches apart', async () => {
    expect((await archived(events.slice(1)))[0]?.[0]).not.toBe((await archived(events))[0]?.[0]);
  });
});
