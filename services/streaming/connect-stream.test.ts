import { describe, expect, it } from 'vitest';
import { eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { toAuditItem } from '../platform/audit-item.ts';
import type { Expression, Key } from '../platform/table-expression.ts';
import type { Tables } from '../platform/tables.ts';
import { createAccountEventsStore } from './account-events-store.ts';
import { connectStream, MAX_CONNECTIONS_PER_ACCOUNT } from './connect-stream.ts';
import { createStreamTicket, TICKET_LIFE_MS } from './create-stream-ticket.ts';
import { createStreamTicketsStore } from './stream-tickets-store.ts';
import { MemoryConnections } from './testing/stream-desk.ts';

describe('a ticket', () => {
  function aTicketOffice() {
    const items = new Map<string, { ticketHash: string; expiresAtMs: number; expiresAt: number }>();
    const tables = {
      put: async (_table: string, item: { ticketHash: string; expiresAtMs: number; expiresAt: number }) =>
        items.set(item.ticketHash, item).size > 0,
      get: async (_table: string, { ticketHash }: Key) => items.get(String(ticketHash)) ?? null,
      delete: async (_table: string, { ticketHash }: Key, condition: Expression) => {
        const item = items.get(String(ticketHash));
        return !!item && item.expiresAtMs > Number(condition.values?.[':now']) && items.delete(item.ticketHash);
      },
    } as unknown as Tables;
    return { items, store: createStreamTicketsStore(tables, 'StreamTickets') };
  }
  const give = (store: ReturnType<typeof aTicketOffice>['store']) =>
    createStreamTicket('ana', 1_000, store, () => 'secret');

  it('names its account once', async () => {
    const { store } = aTicketOffice();
    expect(await give(store)).toEqual({
      ok: true,
      body: { ticket: 'secret', expiresAt: new Date(1_000 + TICKET_LIFE_MS).toISOString() },
    });
    const uses = await Promise.all([store.consume('secret', 1_000), store.consume('secret', 1_000)]);
    expect(uses.filter((accountId) => accountId === 'ana')).toHaveLength(1);
    expect(await store.consume('secret', 1_000)).toBeNull();
  });

  it.each([
    ['in its last millisecond', 'secret', 1_000 + TICKET_LIFE_MS - 1, 'ana'],
    ['after its time', 'secret', 1_000 + TICKET_LIFE_MS, null],
    ['that nobody was given', 'guessed', 1_000, null],
  ])('%s', async (_what, ticket, nowMs, accountId) => {
    const { store } = aTicketOffice();
    await give(store);
    expect(await store.consume(ticket, nowMs)).toBe(accountId);
  });

  it('is kept as a hash, and removed some time after its end', async () => {
    const { items, store } = aTicketOffice();
    await give(store);
    expect(JSON.stringify([...items.values()])).not.toContain('secret');
    expect([...items.values()][0]?.expiresAt).toBe((1_000 + TICKET_LIFE_MS) / 1_000);
  });
});

describe('connectStream', () => {
  const open = (connections: MemoryConnections, count: number, fields = {}) => {
    for (let index = 0; index < count; index += 1) {
      connections.open({ accountId: 'ana', connectionId: `OLD${index}` }, { endsByMs: 10_000, ...fields });
    }
  };
  const key = { accountId: 'ana', connectionId: 'NEW' };

  it('takes connections in up to the limit of the account', async () => {
    const connections = new MemoryConnections();
    open(connections, MAX_CONNECTIONS_PER_ACCOUNT - 1);
    connections.open({ accountId: 'bruno', connectionId: 'OTHER' });
    expect(await connectStream(key, 5_000, connections)).toBe(true);
    expect(connections.at(key)).toMatchObject({ orders: 'OFF', symbols: [], connectedAtMs: 5_000 });
    const more = { ...key, connectionId: 'MORE' };
    expect(await connectStream(more, 5_001, connections)).toBe(false);
    expect(connections.at(more)).toBeUndefined();
  });

  it('does not count those whose time is over', async () => {
    const connections = new MemoryConnections();
    open(connections, MAX_CONNECTIONS_PER_ACCOUNT, { endsByMs: 5_000 });
    expect(await connectStream(key, 5_000, connections)).toBe(true);
  });

  it('lets the older of two that come at once stay', async () => {
    const connections = new MemoryConnections();
    open(connections, MAX_CONNECTIONS_PER_ACCOUNT - 1);
    connections.open({ accountId: 'ana', connectionId: 'ALSO' }, { connectedAtMs: 5_001, endsByMs: 10_000 });
    expect(await connectStream(key, 5_000, connections)).toBe(true);
  });
});

describe("an account's events", () => {
  const events = eventsOfFilledOrder([60, 40]);
  const items = events.map(toAuditItem);
  const queries: unknown[] = [];
  const tables = {
    get: async (_table: string, key: Key) =>
      items.find(({ orderId, seq }) => orderId === key.orderId && seq === key.seq) ?? null,
    batchGet: async (keys: readonly { key: Key }[]) =>
      keys
        .toReversed()
        .flatMap(({ key }) => items.find(({ orderId, seq }) => orderId === key.orderId && seq === key.seq) ?? []),
    query: async ({ key, index }: { key: Expression; index: string }) => {
      queries.push([index, key.values]);
      return { items, lastKey: null };
    },
  } as unknown as Tables;
  const store = createAccountEventsStore(tables, 'Audit');

  it.each([
    ['ana', 'ORD-1#3', 3],
    ['ana', 'ORD-1#9', undefined],
    ['ana', 'nonsense', undefined],
    ['bruno', 'ORD-1#3', undefined],
  ])('%s finds %s: %s', async (accountId, eventId, seq) => {
    expect((await store.find(accountId, eventId))?.seq).toBe(seq);
  });

  it('are found by their names, in the order of these', async () => {
    expect(await store.named(['ORD-1#4', 'ORD-1#2'])).toEqual([events[3], events[1]]);
    await expect(store.named(['ORD-1#1', 'ORD-1#9'])).rejects.toThrow('of 2 events there are 1');
  });

  it('are those after one of them, from a little before its time, in order', async () => {
    expect(await store.since('ana', events[1]!, 10)).toEqual(events.slice(2));
    expect(queries).toEqual([['byAccount', { ':account': 'ana', ':from': '2026-11-24T14:59:58.000Z' }]]);
    expect(await store.since('ana', events[1]!, 1)).toEqual([events[2]]);
  });
});
