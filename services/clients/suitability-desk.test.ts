import { describe, expect, it } from 'vitest';
import { suitabilityOf } from '../platform/client-suitability.ts';
import { assessSuitability, declareUnsuitability } from './suitability-desk.ts';
import { aRegisteredClient, aStaffRequest, MemoryRegistry, NOW_MS } from './testing/memory-registry.ts';

const byDora = aStaffRequest({ caller: { accountId: 'dora', role: 'TRADER' } });
const aConservative = () => new MemoryRegistry(aRegisteredClient({ suitability: 'CONSERVATIVE' }));
const profileOf = (registry: MemoryRegistry) => suitabilityOf(registry.clientsById.get('dora') ?? {});

describe('a declaration', () => {
  it('is kept with its cause, among the actions too', async () => {
    const registry = aConservative();
    const given = await declareUnsuitability(
      byDora,
      { cause: 'CONSERVATIVE_PROFILE', isAware: true },
      registry.clients,
    );
    expect(given).toMatchObject({
      ok: true,
      body: { cause: 'CONSERVATIVE_PROFILE', declaredAt: '2026-11-24T15:00:00.000Z' },
    });
    expect(profileOf(registry).declaredCause).toBe('CONSERVATIVE_PROFILE');
    expect(registry.actions).toMatchObject([
      { action: 'UNSUITABILITY_DECLARED', actor: 'dora', role: 'TRADER', cause: 'CONSERVATIVE_PROFILE' },
    ]);
  });

  it.each([
    ['another cause', aConservative(), 'PROFILE_EXPIRED', 'CONSERVATIVE_PROFILE'],
    ['a profile that suits', new MemoryRegistry(aRegisteredClient()), 'CONSERVATIVE_PROFILE', null],
  ] as const)('is refused about %s', async (_what, registry, cause, present) => {
    const given = await declareUnsuitability(byDora, { cause, isAware: true }, registry.clients);
    expect(given).toMatchObject({ code: 'PROFILE_DIFFERS', facts: { cause: present } });
    expect(registry.actions).toEqual([]);
  });

  it('ends with the profile that it is about', async () => {
    const registry = aConservative();
    await declareUnsuitability(byDora, { cause: 'CONSERVATIVE_PROFILE', isAware: true }, registry.clients);
    const later = aStaffRequest({ nowMs: NOW_MS + 1 });
    expect(await assessSuitability(later, 'dora', 'CONSERVATIVE', registry.clients)).toMatchObject({
      body: { profile: 'CONSERVATIVE', expiresAt: '2031-11-24T15:00:00.001Z' },
    });
    expect(profileOf(registry)).toEqual({ profile: 'CONSERVATIVE', assessedAtMs: NOW_MS + 1, declaredCause: null });
  });
});

describe('an assessment', () => {
  it.each([
    ['nobody', 'zoe', 'NOT_FOUND'],
    ['a closed account', 'dora', 'ACCOUNT_CLOSED'],
  ])('is refused for %s', async (_what, clientId, code) => {
    const { clients } = new MemoryRegistry(aRegisteredClient({ state: 'CLOSED' }));
    expect(await assessSuitability(aStaffRequest(), clientId, 'MODERATE', clients)).toMatchObject({ code });
  });
});
