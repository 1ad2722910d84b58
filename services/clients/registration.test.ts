import { NewClientRequest } from '@brokerage/contracts/rest/clients';
import { describe, expect, it } from 'vitest';
import { OPEN_VAULT } from '../accounts/testing/builders.ts';
import { createClient } from './create-client.ts';
import { getClient } from './get-client.ts';
import { aStaffRequest, MemoryRegistry } from './testing/memory-registry.ts';
import { DORA } from './testing/registration.ts';

function aRegistration(fields: object = {}, idempotencyKey = 'key-1') {
  return { ...aStaffRequest(), body: NewClientRequest.parse({ ...DORA, ...fields }), idempotencyKey };
}

function portsOf(registry: MemoryRegistry) {
  return { clients: registry.clients, vault: OPEN_VAULT, index: { of: async (text: string) => `index of ${text}` } };
}

describe('a request', () => {
  it.each([
    ['a CPF that does not check', { cpf: '390.533.447-06' }],
    ['a name of markup', { name: '<b>Dora</b>' }],
    ['a name with a line break', { name: 'Dora\nLima' }],
    ['an e-mail without a domain', { email: 'dora' }],
    ['an e-mail with a header in it', { email: 'dora@example.com\r\nBcc: x@example.com' }],
    ['a phone of no country', { phone: '11987654321' }],
    ['a day that is none', { birthDate: '1990-02-30' }],
    ['a profile that is none', { suitability: 'BOLD' }],
    ['a field too many', { role: 'ADMINISTRATOR' }],
    ['no declarations', { kyc: undefined }],
  ])('is not taken with %s, and the CPF is not repeated', (_what, fields) => {
    const parsed = NewClientRequest.safeParse({ ...DORA, ...fields });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).not.toMatch(/390\.?533/);
  });
});

describe('a registration', () => {
  it('opens one account under its key, and for its CPF', async () => {
    const registry = new MemoryRegistry();
    const first = await createClient(aRegistration(), portsOf(registry));
    if (!first.ok) throw new Error(first.code);
    expect(await createClient(aRegistration(), portsOf(registry))).toEqual(first);
    const mismatch = await createClient(aRegistration({ plan: 'PROFESSIONAL' }), portsOf(registry));
    expect(mismatch).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    const second = await createClient(aRegistration({ name: 'Dora' }, 'key-2'), portsOf(registry));
    expect(second).toMatchObject({ code: 'CPF_ALREADY_REGISTERED' });
    expect([registry.clientsById.size, registry.actions.map(({ action }) => action)]).toEqual([1, ['CLIENT_CREATED']]);
  });

  it('is another’s under another’s key of the same name', async () => {
    const registry = new MemoryRegistry();
    const caller = { accountId: 'administrator', role: 'ADMINISTRATOR' } as const;
    const mine = await createClient(aRegistration(), portsOf(registry));
    const theirs = await createClient(
      { ...aRegistration({ cpf: '52998224725' }), caller, nowMs: aStaffRequest().nowMs },
      portsOf(registry),
    );
    expect([mine.ok, theirs.ok, registry.clientsById.size]).toEqual([true, true, 2]);
  });

  it('is refused for who is not born', async () => {
    const today = await createClient(aRegistration({ birthDate: '2026-11-24' }), portsOf(new MemoryRegistry()));
    expect(today).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('a look at a client', () => {
  it.each([
    ['OPERATOR', 'D*** L***', '***.533.447-**', null, []],
    ['ADMINISTRATOR', 'D*** L***', '***.533.447-**', null, []],
    ['COMPLIANCE', 'Dora Lima', '39053344705', '1990-05-17', ['PERSONAL_DATA_READ']],
  ] as const)('by %s shows as much as it may', async (role, name, cpf, birthDate, looks) => {
    const registry = new MemoryRegistry();
    const made = await createClient(aRegistration(), portsOf(registry));
    const clientId = made.ok ? made.body.clientId : '';
    const caller = { accountId: 'someone', role };
    const shown = await getClient(aStaffRequest({ caller }), clientId, portsOf(registry));
    expect(shown).toMatchObject({ body: { clientId, name, cpf, birthDate } });
    expect(registry.actions.slice(1).map(({ action }) => action)).toEqual(looks);
  });
});
