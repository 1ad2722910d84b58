import type { AccountContents } from '@brokerage/domain/clients/closing';
import { ZERO_BALANCE } from '@brokerage/domain/ledger/balance';
import { cents } from '@brokerage/domain/money/cents';
import { describe, expect, it } from 'vitest';
import { issueApiKey } from './api-key-desk.ts';
import { closeClient } from './close-client.ts';
import { aRegisteredClient, aStaffRequest, MemoryRegistry, NOW_MS } from './testing/memory-registry.ts';

const EMPTY: AccountContents = {
  balance: ZERO_BALANCE,
  hasShares: false,
  hasOpenOrders: false,
  hasPendingTransfers: false,
};

async function aClosing(contents: Partial<AccountContents> = {}) {
  const registry = new MemoryRegistry(aRegisteredClient());
  const { clients, keys, planKeys, closeAccount } = registry;
  const newApiKey = () => ({ prefix: 'brk_1', secret: 'brk_1_secret' });
  await issueApiKey(aStaffRequest(), 'dora', { clients, keys, planKeys, newApiKey });
  const ports = {
    clients,
    keys,
    planKeys,
    closeAccount,
    records: { contents: async () => ({ ...EMPTY, ...contents }) },
  };
  return { registry, ports, close: (request = aStaffRequest()) => closeClient(request, 'dora', ports) };
}

describe('an account', () => {
  it('that is empty is closed, and its keys end', async () => {
    const { registry, close } = await aClosing();
    expect(await close()).toMatchObject({ ok: true, body: { clientId: 'dora', closedAt: '2026-11-24T15:00:00.000Z' } });
    expect(registry.clientsById.get('dora')).toMatchObject({ state: 'CLOSED', closedAtMs: NOW_MS });
    expect([...registry.keysByHash.values()].map(({ revokedAt }) => revokedAt)).toEqual(['2026-11-24T15:00:00.000Z']);
    expect(registry.planKeyIds.size).toBe(0);
    expect(registry.actions.at(-1)).toMatchObject({ action: 'CLIENT_CLOSED', actor: 'operator', accountId: 'dora' });
  });

  it.each([
    ['SHARES', { hasShares: true }],
    ['OPEN_ORDERS', { hasOpenOrders: true }],
    ['PENDING_TRANSFERS', { hasPendingTransfers: true }],
    ['MONEY', { balance: { ...ZERO_BALANCE, availableCents: cents(1) } }],
  ])('is not closed over %s', async (reason, contents) => {
    const { registry, close } = await aClosing(contents);
    expect(await close()).toMatchObject({ code: 'ACCOUNT_NOT_EMPTY', facts: { reason } });
    expect(registry.clientsById.get('dora')).toEqual(aRegisteredClient());
    expect(registry.planKeyIds.size).toBe(1);
  });

  it('is not closed over money that comes meanwhile', async () => {
    const { registry, close } = await aClosing();
    registry.hasMoneyMeanwhile = true;
    expect(await close()).toMatchObject({ code: 'ACCOUNT_NOT_EMPTY', facts: { reason: 'MONEY' } });
    expect(registry.planKeyIds.size).toBe(1);
  });

  it('is closed once, and a plan’s key that a crash left goes', async () => {
    const { registry, close } = await aClosing();
    const first = await close();
    const [key] = registry.keysByHash.values();
    registry.planKeyIds.add(key!.planKeyId);
    expect(await close(aStaffRequest({ nowMs: NOW_MS + 1 }))).toEqual(first);
    expect(registry.planKeyIds.size).toBe(0);
    expect(registry.actions.map(({ action }) => action)).toEqual(['API_KEY_ISSUED', 'CLIENT_CLOSED']);
  });

  it('of nobody is not found', async () => {
    const { ports } = await aClosing();
    expect(await closeClient(aStaffRequest(), 'zoe', ports)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
