import { NewStaffRequest } from '@brokerage/contracts/rest/staff-members';
import { describe, expect, it } from 'vitest';
import { OPEN_VAULT } from '../accounts/testing/builders.ts';
import { authorize } from '../platform/authorize.ts';
import { createStaff, issueStaffKey, listStaff, suspendStaff } from './staff-desk.ts';
import { aStaffRequest, MemoryRegistry, NOW_MS } from './testing/memory-registry.ts';
import { aStaffMember, MemoryStaff } from './testing/memory-staff.ts';

const by = (accountId: string) => aStaffRequest({ caller: { accountId, role: 'ADMINISTRATOR' } });

function aDesk() {
  const registry = new MemoryRegistry();
  const staff = new MemoryStaff(registry, aStaffMember('root'), aStaffMember('second'));
  let made = 0;
  const newApiKey = () => {
    made += 1;
    return { prefix: `brk_${made}`, secret: `brk_${made}_secret` };
  };
  const index = { of: async (text: string) => `index of ${text}` };
  const ports = { staff, keys: registry.keys, planKeys: registry.planKeys, newApiKey, vault: OPEN_VAULT, index };
  const create = (fields: object = {}, idempotencyKey = 'key-1') =>
    createStaff(
      {
        ...by('root'),
        body: NewStaffRequest.parse({ name: 'Olga Reis', role: 'OPERATOR', ...fields }),
        idempotencyKey,
      },
      ports,
    );
  const holderOf = async (key: string) => authorize(key, async (hash) => registry.keysByHash.get(hash) ?? null, NOW_MS);
  return { registry, staff, ports, create, holderOf };
}

async function anOperator(desk: ReturnType<typeof aDesk>): Promise<string> {
  const given = await desk.create();
  if (!given.ok) throw new Error(given.code);
  return given.body.staffId;
}

async function keyOf(desk: ReturnType<typeof aDesk>, staffId: string): Promise<string> {
  const given = await issueStaffKey(by('root'), staffId, desk.ports);
  if (!given.ok) throw new Error(given.code);
  return given.body.apiKey;
}

describe('a member of staff', () => {
  it('is registered once under a key, by a masked name', async () => {
    const desk = aDesk();
    const first = await desk.create();
    expect(first).toMatchObject({ body: { name: 'O*** R***', role: 'OPERATOR', state: 'ACTIVE' } });
    expect(await desk.create()).toEqual(first);
    expect(await desk.create({ role: 'ADMINISTRATOR' })).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    const listed = await listStaff(desk.staff);
    expect(listed).toMatchObject({
      body: { items: [{ role: 'OPERATOR' }, { staffId: 'second' }, { staffId: 'root' }] },
    });
    expect(desk.registry.actions.map(({ action }) => action)).toEqual(['STAFF_CREATED']);
  });

  it.each([['TRADER'], ['operator'], ['']])('has no role %j', (role) => {
    expect(NewStaffRequest.safeParse({ name: 'Olga Reis', role }).success).toBe(false);
  });

  it('has one key, in the member’s role, which the next one ends', async () => {
    const desk = aDesk();
    const staffId = await anOperator(desk);
    const first = await keyOf(desk, staffId);
    expect(await desk.holderOf(first)).toMatchObject({ accountId: staffId, role: 'OPERATOR' });
    const second = await keyOf(desk, staffId);
    expect([await desk.holderOf(first), (await desk.holderOf(second))?.role]).toEqual([null, 'OPERATOR']);
    expect(desk.registry.planKeyIds.size).toBe(1);
  });

  it('who is suspended has no key, and gets none', async () => {
    const desk = aDesk();
    const staffId = await anOperator(desk);
    const key = await keyOf(desk, staffId);
    expect(await suspendStaff(by('root'), staffId, desk.ports)).toMatchObject({ body: { state: 'SUSPENDED' } });
    expect(await desk.holderOf(key)).toBeNull();
    expect(await issueStaffKey(by('root'), staffId, desk.ports)).toMatchObject({ code: 'ACCESS_SUSPENDED' });
    expect(await suspendStaff(by('root'), staffId, desk.ports)).toMatchObject({ body: { state: 'SUSPENDED' } });
    expect(desk.registry.planKeyIds.size).toBe(0);
    const actions = desk.registry.actions.map(({ action }) => action);
    expect(actions).toEqual(['STAFF_CREATED', 'API_KEY_ISSUED', 'STAFF_SUSPENDED']);
  });
});

describe('an administrator', () => {
  it('is always left', async () => {
    const desk = aDesk();
    expect(await suspendStaff(by('root'), 'root', desk.ports)).toMatchObject({ code: 'OWN_ACCESS' });
    expect(await suspendStaff(by('root'), 'second', desk.ports)).toMatchObject({ ok: true });
    // Its authorizer's answer may be a minute old.
    expect(await suspendStaff(by('second'), 'root', desk.ports)).toMatchObject({ code: 'FORBIDDEN' });
    expect(desk.staff.members.get('root')?.state).toBe('ACTIVE');
  });

  it('who is suspended makes neither members nor keys', async () => {
    const desk = aDesk();
    await suspendStaff(by('root'), 'second', desk.ports);
    const body = { name: 'Olga Reis', role: 'ADMINISTRATOR' } as const;
    const made = await createStaff({ ...by('second'), body, idempotencyKey: 'key-2' }, desk.ports);
    const key = await issueStaffKey(by('second'), 'root', desk.ports);
    expect([made, key]).toMatchObject([{ code: 'FORBIDDEN' }, { code: 'FORBIDDEN' }]);
    expect([desk.staff.members.size, desk.registry.keysByHash.size, desk.registry.planKeyIds.size]).toEqual([2, 0, 0]);
  });

  it('keeps staff alone', async () => {
    const desk = aDesk();
    for (const act of [suspendStaff, issueStaffKey]) {
      expect(await act(by('root'), 'ana', desk.ports)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});
