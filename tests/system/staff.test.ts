import { randomUUID } from 'node:crypto';
import type { IssuedApiKey } from '@brokerage/contracts/rest/clients';
import type { StaffView } from '@brokerage/contracts/rest/staff-members';
import { expect, it } from 'vitest';
import type { ApiClient, Page } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { operator, compliance, ana } = stack;
const administrator = stack.clientWith('local-key-administrator-000');

async function hire(role: string, by: ApiClient = administrator, key: string = randomUUID()) {
  const headers = { 'Idempotency-Key': key };
  return by.request<StaffView>('POST', '/v1/staff', { name: 'Olga Reis', role }, { headers });
}

async function keyOf(staffId: string, by: ApiClient = administrator): Promise<ApiClient> {
  const { status, body } = await by.request<IssuedApiKey>('POST', `/v1/staff/${staffId}/api-keys`);
  expect(status).toBe(201);
  return stack.clientWith(body.apiKey);
}

it('are those of the seed and whom an administrator adds, in their roles and no other', async () => {
  const first = await hire('OPERATOR', administrator, 'olga-1');
  expect(first).toMatchObject({ status: 201, body: { name: 'O*** R***', role: 'OPERATOR', state: 'ACTIVE' } });
  expect((await hire('OPERATOR', administrator, 'olga-1')).body).toEqual(first.body);
  expect(await hire('COMPLIANCE', administrator, 'olga-1')).toMatchObject({ body: { code: 'IDEMPOTENCY_MISMATCH' } });
  const olga = await keyOf(first.body.staffId);
  expect((await olga.request('GET', '/v1/ops/trial-balance')).status).toBe(200);
  expect((await olga.request('GET', '/v1/compliance/alerts')).status).toBe(403);
  const { body } = await administrator.request<Page<StaffView>>('GET', '/v1/staff');
  expect(body.items[0]).toEqual(first.body);
  expect(body.items.map(({ role }) => role).sort()).toEqual(['ADMINISTRATOR', 'COMPLIANCE', 'OPERATOR', 'OPERATOR']);
  expect(JSON.stringify(body)).not.toContain('Olga');
});

it('raise nobody, least of all themselves', async () => {
  for (const member of [operator, compliance, ana]) {
    expect((await hire('ADMINISTRATOR', member)).status).toBe(403);
    expect((await member.request('POST', '/v1/staff/administrator/api-keys')).status).toBe(403);
    expect((await member.request('DELETE', '/v1/staff/administrator')).status).toBe(403);
  }
  expect((await hire('TRADER')).status).toBe(400);
  for (const id of ['ana', 'nobody']) {
    expect((await administrator.request('POST', `/v1/staff/${id}/api-keys`)).status).toBe(404);
  }
});

it('stop within a minute when they are suspended, and keep at least one administrator', async () => {
  const { body } = await hire('ADMINISTRATOR');
  const second = await keyOf(body.staffId);
  expect((await second.request('GET', '/v1/staff')).status).toBe(200);
  const own = await administrator.request('DELETE', '/v1/staff/administrator');
  expect(own).toMatchObject({ status: 409, body: { code: 'OWN_ACCESS' } });

  // Both at once: whichever comes first, the other is no administrator any more.
  const [one, other] = await Promise.all([
    administrator.request<StaffView>('DELETE', `/v1/staff/${body.staffId}`),
    second.request<StaffView>('DELETE', '/v1/staff/administrator'),
  ]);
  expect([one.status, other.status].sort()).toEqual([200, 403]);
  const [left, gone] = one.status === 200 ? [administrator, second] : [second, administrator];
  expect((await hire('OPERATOR', gone)).status).toBe(403);
  await stack.advance('PT60S');
  expect((await gone.request('GET', '/v1/staff')).body).toEqual({ message: 'Forbidden' });
  const { body: page } = await left.request<Page<StaffView>>('GET', '/v1/staff');
  const administrators = page.items.filter(({ role }) => role === 'ADMINISTRATOR');
  expect(administrators.map(({ state }) => state).sort()).toEqual(['ACTIVE', 'SUSPENDED']);
});
