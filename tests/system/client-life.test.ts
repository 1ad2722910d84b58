import { randomUUID } from 'node:crypto';
import type { DepositView } from '@brokerage/contracts/rest/accounts';
import type { ClientExport, ClientSummary, IssuedApiKey } from '@brokerage/contracts/rest/clients';
import { DORA } from '@brokerage/services/clients/testing/registration';
import { describe, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { type ApiClient, aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, operator, compliance } = stack;

async function register(fields: object): Promise<{ readonly clientId: string; readonly client: ApiClient }> {
  const headers = { 'Idempotency-Key': randomUUID() };
  const body = { ...DORA, plan: 'PROFESSIONAL', ...fields };
  const { clientId } = (await operator.request<ClientSummary>('POST', '/v1/clients', body, { headers })).body;
  const issued = await operator.request<IssuedApiKey>('POST', `/v1/clients/${clientId}/api-keys`);
  return { clientId, client: stack.clientWith(issued.body.apiKey) };
}

async function deposit(client: ApiClient, amount: string): Promise<string> {
  const { body } = await client.request<DepositView>('POST', '/v1/deposits', { amount });
  const ask = () => client.request<DepositView>('GET', `/v1/deposits/${body.txid}`);
  await eventually('the deposit is paid', ask, ({ body: now }) => now.status === 'PAID');
  return body.txid;
}

async function withdraw(client: ApiClient, amount: string): Promise<string> {
  const headers = { 'Idempotency-Key': randomUUID() };
  const { body } = await client.request<{ withdrawalId: string }>('POST', '/v1/withdrawals', { amount }, { headers });
  const ask = () => client.request<{ status: string }>('GET', `/v1/withdrawals/${body.withdrawalId}`);
  await eventually('the withdrawal is paid', ask, ({ body: now }) => now.status === 'PAID');
  return body.withdrawalId;
}

describe('a client whom shares do not suit', () => {
  it('buys them once they have declared to know it', async () => {
    const { clientId, client } = await register({ suitability: 'CONSERVATIVE' });
    await deposit(client, '10000.00');
    const cause = 'CONSERVATIVE_PROFILE';
    const preview = await client.request('POST', '/v1/orders/preview', aLimitOrder('BUY', 100, '29.00'));
    expect(preview.body).toMatchObject({ refusals: [{ code: 'SUITABILITY', facts: { cause } }] });
    const refused = await client.trade(aLimitOrder('BUY', 100, '29.00'));
    expect(refused).toMatchObject({ status: 'REJECTED', rejectReason: 'SUITABILITY' });

    const declare = (body: object) => client.request('POST', '/v1/account/suitability-declarations', body);
    expect(await declare({ cause, isAware: false })).toMatchObject({ status: 400 });
    expect(await declare({ cause: 'NO_PROFILE', isAware: true })).toMatchObject({
      status: 409,
      body: { code: 'PROFILE_DIFFERS', facts: { cause } },
    });
    expect(await declare({ cause, isAware: true })).toMatchObject({ status: 201, body: { cause } });
    expect(await client.trade(aLimitOrder('BUY', 100, '29.00'))).toMatchObject({ status: 'NEW' });

    const assessed = await operator.request('POST', `/v1/clients/${clientId}/suitability`, { profile: 'CONSERVATIVE' });
    expect(assessed).toMatchObject({ status: 200, body: { profile: 'CONSERVATIVE' } });
    expect(await client.trade(aLimitOrder('BUY', 100, '29.00'))).toMatchObject({ rejectReason: 'SUITABILITY' });
    await operator.request('POST', `/v1/clients/${clientId}/suitability`, { profile: 'MODERATE' });
    expect(await client.trade(aLimitOrder('BUY', 100, '29.00'))).toMatchObject({ status: 'NEW' });
  });

  it('is one who has not answered yet, too', async () => {
    const { client } = await register({ suitability: null, cpf: '16899535009' });
    await deposit(client, '5000.00');
    const refused = await client.trade(aLimitOrder('BUY', 100, '29.00'));
    expect(refused).toMatchObject({ status: 'REJECTED', rejectReason: 'SUITABILITY' });
  });
});

describe('an account', () => {
  it('is closed when nothing is in it, after which no key opens it', async () => {
    const { clientId, client } = await register({ cpf: '11122233396' });
    const close = () => operator.request('POST', `/v1/clients/${clientId}/closing`);
    const txid = await deposit(client, '5000.00');
    expect(await close()).toMatchObject({
      status: 409,
      body: { code: 'ACCOUNT_NOT_EMPTY', facts: { reason: 'MONEY' } },
    });
    const { orderId } = await client.trade(aLimitOrder('BUY', 100, '29.00'));
    expect(await close()).toMatchObject({ status: 409, body: { facts: { reason: 'OPEN_ORDERS' } } });
    await client.cancel(orderId);
    await client.orderIn(orderId, 'CANCELED');
    const withdrawalId = await withdraw(client, '5000.00');

    const closed = await close();
    expect(closed).toMatchObject({ status: 200, body: { clientId } });
    expect(await close()).toEqual({ ...closed, headers: expect.anything() });
    expect(await operator.request('POST', `/v1/clients/${clientId}/api-keys`)).toMatchObject({
      status: 409,
      body: { code: 'ACCOUNT_CLOSED' },
    });
    await stack.advance('PT60S');
    expect((await client.request('GET', '/v1/account')).status).toBe(403);

    const { body } = await compliance.request<ClientExport>('GET', `/v1/clients/${clientId}/export`);
    const transfers = body.items.filter(({ kind }) => ['DEPOSIT', 'PAYMENT', 'WITHDRAWAL'].includes(kind));
    expect(transfers.map(({ kind }) => kind).sort()).toEqual(['DEPOSIT', 'PAYMENT', 'WITHDRAWAL']);
    expect(transfers.map(({ data }) => data.transferId)).toEqual(expect.arrayContaining([txid, withdrawalId]));
    expect(JSON.stringify(body.items)).toContain('CLIENT_CLOSED');
  });

  it.each([
    ['ana, who has money', 'ana', 'MONEY'],
    ['bruno, who has money and shares', 'bruno', 'MONEY'],
  ])('of %s is not', async (_who, clientId, reason) => {
    const refused = await operator.request('POST', `/v1/clients/${clientId}/closing`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_EMPTY', facts: { reason } } });
    expect((await ana.account()).accountId).toBe('ana');
  });
});
