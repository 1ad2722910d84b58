import { MAX_LIVE_API_KEYS, ROTATION_GRACE_MS } from '@brokerage/domain/clients/api-key';
import { describe, expect, it } from 'vitest';
import { authorize } from '../platform/authorize.ts';
import { issueApiKey, listApiKeys, revokeApiKey, rotateApiKey } from './api-key-desk.ts';
import { aRegisteredClient, aStaffRequest, MemoryRegistry, NOW_MS } from './testing/memory-registry.ts';

function aDesk(registry = new MemoryRegistry(aRegisteredClient())) {
  let made = 0;
  const newApiKey = () => {
    made += 1;
    return { prefix: `brk_${made}`, secret: `brk_${made}_secret` };
  };
  const { clients, keys, planKeys } = registry;
  const ports = { clients, keys, planKeys, newApiKey };
  const holderOf = async (key: string, atMs = NOW_MS) =>
    (await authorize(key, async (hash) => registry.keysByHash.get(hash) ?? null, atMs))?.accountId ?? null;
  return { registry, ports, holderOf };
}

async function issued(desk: ReturnType<typeof aDesk>) {
  const given = await issueApiKey(aStaffRequest(), 'dora', desk.ports);
  if (!given.ok) throw new Error(given.code);
  return given.body;
}

async function rotated(desk: ReturnType<typeof aDesk>, keyId: string) {
  const given = await rotateApiKey(aStaffRequest(), { clientId: 'dora', keyId }, desk.ports);
  if (!given.ok) throw new Error(given.code);
  return given.body;
}

describe('an issued key', () => {
  it('opens the client’s account, on its plan, and is nowhere afterwards', async () => {
    const desk = aDesk();
    const { apiKey, keyId } = await issued(desk);
    expect(await desk.holderOf(apiKey)).toBe('dora');
    expect([...desk.registry.planKeyIds]).toEqual([`STANDARD usage-plan-key-of-${keyId}`]);
    expect(JSON.stringify([...desk.registry.keysByHash.values()])).not.toContain(apiKey);
    const listed = await listApiKeys('dora', desk.ports);
    expect(listed).toMatchObject({ body: { items: [{ keyId, prefix: 'brk_1', status: 'ACTIVE' }] } });
    expect(JSON.stringify(listed)).not.toContain('secret');
    expect(desk.registry.actions).toMatchObject([{ action: 'API_KEY_ISSUED', actor: 'operator', keyId }]);
  });

  it.each([
    ['nobody', 'eva', 'NOT_FOUND'],
    ['a client who has gone', 'gone', 'ACCOUNT_CLOSED'],
  ])('is refused for %s, and no plan gets a key', async (_who, clientId, code) => {
    const desk = aDesk(new MemoryRegistry(aRegisteredClient({ accountId: 'gone' as never, state: 'CLOSED' })));
    expect(await issueApiKey(aStaffRequest(), clientId, desk.ports)).toMatchObject({ code });
    expect(desk.registry.planKeyIds.size).toBe(0);
  });

  it('is one of few', async () => {
    const desk = aDesk();
    for (let count = 0; count < MAX_LIVE_API_KEYS; count += 1) await issued(desk);
    expect(await issueApiKey(aStaffRequest(), 'dora', desk.ports)).toMatchObject({ code: 'API_KEY_LIMIT' });
  });
});

describe('a rotated key', () => {
  it('works for another day, metered as one with the new key', async () => {
    const desk = aDesk();
    const first = await issued(desk);
    const second = await rotated(desk, first.keyId);
    expect(await desk.holderOf(second.apiKey)).toBe('dora');
    expect(await desk.holderOf(first.apiKey, NOW_MS + ROTATION_GRACE_MS - 1)).toBe('dora');
    expect(await desk.holderOf(first.apiKey, NOW_MS + ROTATION_GRACE_MS)).toBeNull();
    const keys = [...desk.registry.keysByHash.values()];
    expect(new Set(keys.map(({ usageIdentifierKey }) => usageIdentifierKey)).size).toBe(1);
    expect(desk.registry.planKeyIds.size).toBe(1);
  });

  it('is rotated once', async () => {
    const desk = aDesk();
    const { keyId } = await issued(desk);
    await rotated(desk, keyId);
    const again = await rotateApiKey(aStaffRequest(), { clientId: 'dora', keyId }, desk.ports);
    expect(again).toMatchObject({ code: 'API_KEY_REVOKED' });
  });

  it('is not one of staff', async () => {
    const desk = aDesk();
    const { keyId } = await issued(desk);
    const [key] = desk.registry.keysByHash.values();
    desk.registry.keysByHash.set('root', { ...key!, keyHash: 'root', keyId: 'KEY-root', accountId: 'root' });
    for (const act of [rotateApiKey, revokeApiKey]) {
      const given = await act(aStaffRequest(), { clientId: 'root', keyId: 'KEY-root' }, desk.ports);
      expect(given).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await rotateApiKey(aStaffRequest(), { clientId: 'root', keyId }, desk.ports)).toMatchObject({ ok: false });
  });
});

describe('a revoked key', () => {
  it('opens nothing, nor does the one that it replaced, and its plan knows it no more', async () => {
    const desk = aDesk();
    const first = await issued(desk);
    const second = await rotated(desk, first.keyId);
    const given = await revokeApiKey(aStaffRequest(), { clientId: 'dora', keyId: second.keyId }, desk.ports);
    expect(given).toMatchObject({ ok: true, body: { status: 'REVOKED' } });
    expect([await desk.holderOf(first.apiKey), await desk.holderOf(second.apiKey)]).toEqual([null, null]);
    expect(desk.registry.planKeyIds.size).toBe(0);
  });

  it('that was replaced leaves its successor alone', async () => {
    const desk = aDesk();
    const first = await issued(desk);
    const second = await rotated(desk, first.keyId);
    await revokeApiKey(aStaffRequest(), { clientId: 'dora', keyId: first.keyId }, desk.ports);
    expect([await desk.holderOf(first.apiKey), await desk.holderOf(second.apiKey)]).toEqual([null, 'dora']);
    expect(desk.registry.planKeyIds.size).toBe(1);
  });

  it('is revoked again without a second record, and a plan’s key that was left goes', async () => {
    const desk = aDesk();
    const { keyId } = await issued(desk);
    const name = { clientId: 'dora', keyId };
    const once = await revokeApiKey(aStaffRequest(), name, desk.ports);
    const [left] = desk.registry.keysByHash.values();
    desk.registry.planKeyIds.add(left!.planKeyId);
    expect(await revokeApiKey(aStaffRequest({ nowMs: NOW_MS + 1 }), name, desk.ports)).toEqual(once);
    expect(desk.registry.planKeyIds.size).toBe(0);
    expect(desk.registry.actions.map(({ action }) => action)).toEqual(['API_KEY_ISSUED', 'API_KEY_REVOKED']);
  });
});
