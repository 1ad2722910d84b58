import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DepositView, WithdrawalView } from '@brokerage/contracts/rest/accounts';
import { expect, it } from 'vitest';
import type { output } from 'zod';
import { MONEYLESS, openBenchAccounts } from '../load/bench-accounts.ts';
import { eventually } from '../stack/eventually.ts';
import type { Answer, Refusal } from './api-client.ts';
import { useStack } from './stack.ts';

type Deposit = output<typeof DepositView>;
type Withdrawal = output<typeof WithdrawalView>;

const stack = await useStack();
const { bank } = stack;
/** On a plan that lets it ask as often as these tests do. */
const [apiKey = ''] = await openBenchAccounts(stack.addresses.awsPort, 1, MONEYLESS);
const client = stack.clientWith(apiKey);

function deposit(amount: string, key: string = randomUUID()): Promise<Answer<Deposit & Refusal>> {
  return client.request('POST', '/v1/deposits', { amount }, { headers: { 'Idempotency-Key': key } });
}

function depositIn(txid: string, status: Deposit['status']): Promise<Answer<Deposit>> {
  const ask = () => client.request<Deposit>('GET', `/v1/deposits/${txid}`);
  return eventually(`${txid} is ${status}`, ask, ({ body }) => body.status === status);
}

function withdraw(amount: string, key: string = randomUUID()): Promise<Answer<Withdrawal & Refusal>> {
  return client.request('POST', '/v1/withdrawals', { amount }, { headers: { 'Idempotency-Key': key } });
}

function withdrawalIn(id: string, status: Withdrawal['status']): Promise<Answer<Withdrawal>> {
  const ask = () => client.request<Withdrawal>('GET', `/v1/withdrawals/${id}`);
  return eventually(`${id} is ${status}`, ask, ({ body }) => body.status === status);
}

async function available(): Promise<string> {
  return (await client.account()).available;
}

it('credits a PIX deposit once the bank says that it was paid', async () => {
  const { status, body } = await deposit('100.00', 'deposit-1');
  expect(status).toBe(201);
  expect((await deposit('100.00', 'deposit-1')).body.txid).toBe(body.txid);
  expect(body).toMatchObject({ amount: '100.00', copyAndPaste: expect.stringMatching(/^000201/) });
  expect((await depositIn(body.txid, 'PAID')).body).toMatchObject({ paidAmount: '100.00' });
  expect(await client.account()).toMatchObject({ available: '100.00', buyingPower: '100.00' });
});

it('credits it once though the bank says so twice', async () => {
  await bank.during({ fault: 'duplicate-webhooks' }, async () => {
    await depositIn((await deposit('50.00')).body.txid, 'PAID');
  });
  expect(await available()).toBe('150.00');
});

it('credits what was paid, not what was asked for', async () => {
  const paid = await bank.during({ fault: 'pay-other-amount', amountCents: 1234 }, async () =>
    depositIn((await deposit('20.00')).body.txid, 'PAID'),
  );
  expect(paid.body).toMatchObject({ amount: '20.00', paidAmount: '12.34' });
  expect(await available()).toBe('162.34');
});

it('sends back what another CPF paid', async () => {
  const returned = await bank.during({ fault: 'pay-as-other-cpf' }, async () =>
    depositIn((await deposit('70.00')).body.txid, 'RETURNED'),
  );
  expect(returned.body.paidAmount).toBe('70.00');
  expect(await available()).toBe('162.34');
});

it('sends back later what the bank would not take back at first, be it for a charge of ours or not', async () => {
  await bank.fault({ fault: 'hold-payments' });
  const { body } = await deposit('80.00');
  const [txid, debtorCpf] = [randomUUID().replaceAll('-', ''), '52998224725'];
  await bank.call('POST', '/charges', { txid, amountCents: 900, debtorCpf });
  await bank.fault({ fault: 'pay-as-other-cpf' });
  await bank.fault({ fault: 'error' });
  await bank.fault({ fault: 'hold-payments', probability: 0 });
  const returning = new QueryCommand({
    TableName: 'Transfers',
    IndexName: 'byPending',
    KeyConditionExpression: 'pendingKind = :kind',
    ExpressionAttributeValues: { ':kind': { S: 'RETURN' } },
  });
  const pending = () => stack.dynamodb.send(returning);
  await eventually('both are to be sent back', pending, ({ Count }) => Count === 2);
  await stack.advance('PT1S');
  await bank.clearFaults();
  await stack.stepUntil('PT1M', 'both are sent back', pending, ({ Count }) => Count === 0);
  await depositIn(body.txid, 'RETURNED');
  expect(await available()).toBe('162.34');
});

it('pays a withdrawal to the client', async () => {
  const { status, body } = await withdraw('62.34');
  expect(status).toBe(202);
  expect(body).toMatchObject({ amount: '62.34' });
  await withdrawalIn(body.withdrawalId, 'PAID');
  expect(await available()).toBe('100.00');
});

it('pays it once under one key, and refuses the key for another amount', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => withdraw('10.00', 'key-1')));
  expect(new Set(answers.map(({ body }) => body.withdrawalId)).size).toBe(1);
  await withdrawalIn(answers[0]!.body.withdrawalId, 'PAID');
  expect(await available()).toBe('90.00');
  expect(await withdraw('11.00', 'key-1')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_MISMATCH' } });
});

it.each<readonly [status: number, code: string, amount: unknown, headers: Record<string, string>]>([
  [422, 'INSUFFICIENT_FUNDS', '90.01', { 'Idempotency-Key': 'too-much' }],
  [428, 'IDEMPOTENCY_KEY_REQUIRED', '1.00', {}],
])('refuses a withdrawal with %i %s', async (status, code, amount, headers) => {
  const answer = await client.request('POST', '/v1/withdrawals', { amount }, { headers });
  expect(answer).toMatchObject({ status, body: { code } });
});

it.each(['0.00', '-1.00', '1.001', 'all'])('refuses the amount %s', async (amount) => {
  expect((await deposit(amount)).status).toBe(400);
  expect((await withdraw(amount)).status).toBe(400);
});

it('gives the money back when the bank refuses the payout', async () => {
  await bank.during({ fault: 'fail-payout' }, async () => {
    await withdrawalIn((await withdraw('40.00')).body.withdrawalId, 'FAILED');
  });
  expect(await available()).toBe('90.00');
});

it('gives it back when the payout returns', async () => {
  await bank.during({ fault: 'return-payout' }, async () => {
    await withdrawalIn((await withdraw('40.00')).body.withdrawalId, 'RETURNED');
  });
  expect(await available()).toBe('90.00');
});

it('keeps a payout whose answer is lost in doubt, and pays it once', async () => {
  const { body } = await bank.during({ fault: 'lost-payout-answer' }, async () => {
    const asked = await withdraw('30.00');
    expect(await available()).toBe('60.00');
    await eventually(
      'the bank has paid',
      () => bank.call<{ status: string }>('GET', `/payouts/${asked.body.withdrawalId}`).catch(() => null),
      (payout) => payout?.status === 'PAID',
    );
    return asked;
  });
  const ask = () => client.request<Withdrawal>('GET', `/v1/withdrawals/${body.withdrawalId}`);
  expect((await ask()).body).toMatchObject({ status: 'PENDING' });
  await stack.stepUntil('PT1M', 'it is paid', ask, (asked) => asked.body.status === 'PAID');
  expect(await available()).toBe('60.00');
});

it('leaves books that add up', () => stack.audit());
