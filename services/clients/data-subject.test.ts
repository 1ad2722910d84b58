import type { ClientExport } from '@brokerage/contracts/rest/clients';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { OPEN_VAULT } from '../accounts/testing/builders.ts';
import { eraseClient } from './erase-client.ts';
import { type ExportSection, exportClient } from './export-client.ts';
import { aRegisteredClient, aStaffRequest, MemoryRegistry, NOW_MS } from './testing/memory-registry.ts';

const byCompliance = aStaffRequest({ caller: { accountId: 'compliance', role: 'COMPLIANCE' } });

/** `count` records, read a hundred at a time. */
function aSection(kind: string, count: number): ExportSection {
  return {
    place: z.strictObject({ at: z.int() }),
    read: async (_account, after) => {
      const from = Number(after?.at ?? 0);
      const to = Math.min(from + 100, count);
      const items = Array.from({ length: to - from }, (_, index) => ({ kind, data: { number: from + index } }));
      return { items, lastKey: to < count ? { at: to } : null };
    },
  };
}

describe('an export', () => {
  const registry = new MemoryRegistry(aRegisteredClient());
  const sections = [aSection('LEDGER_ENTRY', 730), aSection('EMPTY', 0), aSection('ORDER_EVENT', 20)];
  const ports = { clients: registry.clients, vault: OPEN_VAULT, sections };
  const page = (cursor?: string) => exportClient(byCompliance, { clientId: 'dora', cursor }, ports);

  it('gives everything once, page by page, who the client is on the first', async () => {
    const pages: ClientExport[] = [];
    let cursor: string | undefined;
    do {
      const given = await page(cursor);
      if (!given.ok) throw new Error(given.code);
      pages.push(given.body);
      cursor = given.body.nextCursor ?? undefined;
    } while (cursor);
    expect(pages.map(({ client }) => client?.name ?? null)).toEqual(['Dora Lima', null]);
    const numbers = (kind: string) => pages.flatMap(({ items }) => items.filter((item) => item.kind === kind)).length;
    expect([numbers('LEDGER_ENTRY'), numbers('ORDER_EVENT')]).toEqual([730, 20]);
    expect(new Set(pages.flatMap(({ items }) => items.map((item) => JSON.stringify(item)))).size).toBe(750);
    expect(registry.actions.map(({ action }) => action)).toEqual(['DATA_EXPORTED', 'DATA_EXPORTED']);
  });

  it.each([
    ['no cursor', 'x'],
    ['a section that is not there', JSON.stringify({ section: 9, after: null })],
    ['keys of another table', JSON.stringify({ section: 0, after: { accountId: 'ana' } })],
  ])('refuses %s', async (_what, text) => {
    expect(await page(Buffer.from(text).toString('base64url'))).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

describe('erasure', () => {
  const SIX_YEARS_AGO = Date.parse('2020-11-24T15:00:00Z');
  const closed = { state: 'CLOSED', requestMac: 'mac' } as const;
  const gone = aRegisteredClient({ ...closed, closedAtMs: SIX_YEARS_AGO });

  function portsOf(registry: MemoryRegistry, lastEntryAtMs: number | null = null) {
    return { clients: registry.clients, records: { lastEntryAtMs: async () => lastEntryAtMs }, vault: OPEN_VAULT };
  }

  it.each([
    ['an open account', aRegisteredClient({ openedAtMs: SIX_YEARS_AGO }), null, 'ACCOUNT_OPEN', null],
    [
      'one closed now',
      aRegisteredClient({ ...closed, closedAtMs: NOW_MS }),
      null,
      'RECORDS_MUST_BE_KEPT',
      '2031-11-24T15:00:00.000Z',
    ],
    ['a late entry', gone, NOW_MS, 'RECORDS_MUST_BE_KEPT', '2031-11-24T15:00:00.000Z'],
  ])('is refused for %s, with the reason, and written down', async (_what, client, entry, reason, until) => {
    const registry = new MemoryRegistry(client);
    const given = await eraseClient(byCompliance, 'dora', portsOf(registry, entry));
    expect(given).toMatchObject({ code: 'RETENTION_DUTY', facts: { reason, until } });
    expect(registry.clientsById.get('dora')).toEqual(client);
    expect(registry.actions).toMatchObject([{ action: 'ERASURE_REFUSED', actor: 'compliance' }]);
  });

  it('leaves nothing of who the client was', async () => {
    const registry = new MemoryRegistry(gone);
    const given = await eraseClient(byCompliance, 'dora', portsOf(registry));
    expect(given).toMatchObject({ ok: true, body: { clientId: 'dora', erasedAt: '2026-11-24T15:00:00.000Z' } });
    const left = registry.clientsById.get('dora');
    expect(left).toMatchObject({ state: 'CLOSED', cpfIndex: null, erasedAtMs: NOW_MS });
    expect(JSON.stringify(left)).not.toMatch(/Dora|39053344705|mac/);
  });
});
