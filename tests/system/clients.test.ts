import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DepositView } from '@brokerage/contracts/rest/accounts';
import type {
  ApiKeyView,
  ClientExport,
  ClientSummary,
  ClientView,
  IssuedApiKey,
} from '@brokerage/contracts/rest/clients';
import { DORA } from '@brokerage/services/clients/testing/registration';
import { describe, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { type Answer, type ApiClient, aLimitOrder, type Page, type Refusal } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno, operator, compliance } = stack;
const administrator = stack.clientWith('local-key-administrator-000');

const PROFESSIONAL_DORA = { ...DORA, plan: 'PROFESSIONAL' };

function create(
  body: object,
  key: string = randomUUID(),
  by: ApiClient = administrator,
): Promise<Answer<ClientSummary & Refusal>> {
  return by.request('POST', '/v1/clients', body, { headers: { 'Idempotency-Key': key } });
}

async function issue(clientId: string): Promise<IssuedApiKey> {
  const { status, body } = await administrator.request<IssuedApiKey>('POST', `/v1/clients/${clientId}/api-keys`);
  expect(status).toBe(201);
  return body;
}

const created = await create(PROFESSIONAL_DORA, 'dora-1');
const doraId = created.body.clientId;

describe('a client', () => {
  it('is registered once', async () => {
    expect(created).toMatchObject({
      status: 201,
      body: { accountId: doraId, state: 'ACTIVE', suitability: 'MODERATE' },
    });
    expect(created.headers.get('location')).toBe(`/v1/clients/${doraId}`);
    expect(await create(PROFESSIONAL_DORA, 'dora-1')).toMatchObject({ status: 201, body: created.body });
    expect(await create({ ...PROFESSIONAL_DORA, name: 'Dora' }, 'dora-1')).toMatchObject({
      body: { code: 'IDEMPOTENCY_MISMATCH' },
    });
  });

  it.each([
    ['her own CPF', { cpf: '39053344705' }, 409, 'CPF_ALREADY_REGISTERED'],
    ['the CPF of a client of the seed', { cpf: '52998224725' }, 409, 'CPF_ALREADY_REGISTERED'],
    ['a CPF whose digits do not check', { cpf: '52998224724' }, 400, 'INVALID_REQUEST'],
    ['a birth date to come', { cpf: '16899535009', birthDate: '2999-01-01' }, 400, 'INVALID_REQUEST'],
  ])('is refused for %s', async (_what, fields, status, code) => {
    expect(await create({ ...PROFESSIONAL_DORA, ...fields })).toMatchObject({ status, body: { code } });
  });

  it('is listed without personal data, newest first', async () => {
    const { body } = await operator.request<Page<ClientSummary>>('GET', '/v1/clients?limit=2');
    expect(body.items[0]).toEqual(created.body);
    const rest = await operator.request<Page<ClientSummary>>('GET', `/v1/clients?cursor=${body.nextCursor}`);
    const ids = [...body.items, ...rest.body.items].map(({ clientId }) => clientId);
    expect(ids.sort()).toEqual(['ana', 'bruno', 'carla', doraId].sort());
  });

  it('is masked for all but compliance, whose look is written down', async () => {
    const masked = await operator.request<ClientView>('GET', `/v1/clients/${doraId}`);
    expect(masked.body).toMatchObject({ name: 'D*** L***', cpf: '***.533.447-**', birthDate: null, kyc: null });
    const clear = await compliance.request<ClientView>('GET', `/v1/clients/${doraId}`);
    expect(clear.body).toMatchObject({
      name: 'Dora Lima',
      cpf: '39053344705',
      email: PROFESSIONAL_DORA.email,
      phone: PROFESSIONAL_DORA.phone,
    });
    const exported = await compliance.request<ClientExport>('GET', `/v1/clients/${doraId}/export`);
    expect(exported.body.client).toEqual(clear.body);
    const looks = exported.body.items.filter(({ data }) => data.action === 'PERSONAL_DATA_READ');
    expect(looks).toMatchObject([{ kind: 'STAFF_ACTION', data: { actor: 'compliance', accountId: doraId } }]);
  });

  it('keeps its data while a law says so', async () => {
    const refused = await compliance.request('DELETE', `/v1/clients/${doraId}`);
    const facts = { reason: 'ACCOUNT_OPEN', until: null };
    expect(refused).toMatchObject({ status: 409, body: { code: 'RETENTION_DUTY', facts } });
  });

  it('is none of staff', async () => {
    for (const path of ['operator', 'administrator', 'nobody'].map((id) => `/v1/clients/${id}`)) {
      expect((await operator.request('GET', path)).status).toBe(404);
      expect((await operator.request('POST', `${path}/api-keys`)).status).toBe(404);
      expect((await operator.request('POST', `${path}/api-keys/KEY-administrator/rotations`)).status).toBe(404);
    }
  });
});

it('deposits and trades with an issued key, changes to another, and is refused once that is revoked', async () => {
  const first = await issue(doraId);
  const dora = stack.clientWith(first.apiKey);
  const deposit = await dora.request<DepositView>('POST', '/v1/deposits', { amount: '5000.00' });
  const ask = () => dora.request<DepositView>('GET', `/v1/deposits/${deposit.body.txid}`);
  await eventually('the deposit is paid', ask, ({ body }) => body.status === 'PAID');
  const { status, orderId } = await dora.trade(aLimitOrder('BUY', 100, '30.50'));
  expect(status).toBe('FILLED');
  const exported = await compliance.request<ClientExport>('GET', `/v1/clients/${doraId}/export`);
  const kinds = new Set(exported.body.items.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['BALANCE', 'POSITION', 'LEDGER_ENTRY', 'ORDER_EVENT', 'API_KEY']));
  expect(JSON.stringify(exported.body.items)).toContain(orderId);

  const keys = `/v1/clients/${doraId}/api-keys`;
  const rotated = await operator.request<IssuedApiKey>('POST', `${keys}/${first.keyId}/rotations`);
  expect(rotated.status).toBe(201);
  const second = stack.clientWith(rotated.body.apiKey);
  expect((await second.account()).accountId).toBe(doraId);
  expect((await dora.account()).accountId).toBe(doraId);
  expect(await operator.request('POST', `${keys}/${first.keyId}/rotations`)).toMatchObject({
    status: 409,
    body: { code: 'API_KEY_REVOKED' },
  });

  const revoked = await operator.request<ApiKeyView>('DELETE', `${keys}/${rotated.body.keyId}`);
  expect(revoked).toMatchObject({ status: 200, body: { status: 'REVOKED' } });
  await stack.advance('PT60S');
  for (const client of [dora, second]) expect((await client.request('GET', '/v1/account')).status).toBe(403);

  const { body } = await compliance.request<Page<ApiKeyView>>('GET', keys);
  expect(body.items.map(({ prefix, status }) => [prefix, status])).toEqual([
    [first.prefix, 'REVOKED'],
    [rotated.body.prefix, 'REVOKED'],
  ]);
  expect(JSON.stringify(body)).not.toContain(first.apiKey.slice(String(first.prefix).length));
});

it('what is another client’s is not found', async () => {
  const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.50'));
  const deposit = await ana.request<DepositView>('POST', '/v1/deposits', { amount: '10.00' });
  const headers = { 'Idempotency-Key': randomUUID() };
  const withdrawal = await ana.request<{ withdrawalId: string }>(
    'POST',
    '/v1/withdrawals',
    { amount: '1.00' },
    { headers },
  );
  const hidden = [
    ['GET', `/v1/orders/${orderId}`],
    ['GET', `/v1/orders/${orderId}/audit`],
    ['GET', `/v1/orders/${orderId}/receipt`],
    ['DELETE', `/v1/orders/${orderId}`],
    ['GET', `/v1/deposits/${deposit.body.txid}`],
    ['GET', `/v1/withdrawals/${withdrawal.body.withdrawalId}`],
  ] as const;
  for (const [method, path] of hidden) expect([path, (await bruno.request(method, path)).status]).toEqual([path, 404]);
  expect((await bruno.amend(orderId, { quantity: 200 })).status).toBe(404);
});

it('personal data may be erased when nothing has it kept any more', async () => {
  const { body } = await create({ ...PROFESSIONAL_DORA, cpf: '16899535009', name: 'Eva Reis' });
  const key = await issue(body.clientId);
  const path = `/v1/clients/${body.clientId}`;
  expect(await operator.request('POST', `${path}/closing`)).toMatchObject({ status: 200 });
  const facts = { reason: 'RECORDS_MUST_BE_KEPT', until: expect.stringMatching(/^20\d\d-/) };
  expect(await compliance.request('DELETE', path)).toMatchObject({ status: 409, body: { facts } });
  // No test waits five years: the closing is made to be as old.
  await stack.dynamodb.send(
    new UpdateItemCommand({
      TableName: 'Accounts',
      Key: { accountId: { S: body.clientId }, item: { S: 'CLIENT' } },
      UpdateExpression: 'SET closedAtMs = :then',
      ExpressionAttributeValues: { ':then': { N: String(Date.parse('2015-01-01T00:00:00Z')) } },
    }),
  );
  const erased = await compliance.request('DELETE', path);
  expect(erased).toMatchObject({ status: 200, body: { clientId: body.clientId } });
  const left = await compliance.request<ClientView>('GET', path);
  expect(left.body).toMatchObject({ state: 'CLOSED', name: '', cpf: null, email: null });
  await stack.advance('PT61S');
  expect((await stack.clientWith(key.apiKey).request('GET', '/v1/account')).status).toBe(403);
  expect((await create({ ...PROFESSIONAL_DORA, cpf: '16899535009', name: 'Eva Reis' })).status).toBe(201);
});
