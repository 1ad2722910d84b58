import { randomUUID } from 'node:crypto';
import { RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { type ApiClient, aLimitOrder } from './api-client.ts';
import { readGrants } from './role-policies.ts';
import { useStack } from './stack.ts';
import { StreamClient } from './stream-client.ts';

/** Grants for what these flows do not bring about: who, what, on what, and when it is needed. Every other grant must have been used. */
const ONLY_WHEN: readonly (readonly [grant: RegExp, reason: string])[] = [
  [/ sqs:ChangeMessageVisibility /, 'a message failed: tests/system/dead-letters'],
  [/^(suspend-order|resolve-orders)-role /, 'the exchange does not answer: tests/system/exchange-faults'],
  [/ sqs:SendMessage .*:InDoubtOrders$/, 'the exchange does not answer: tests/system/exchange-faults'],
  [/ lambda:InvokeFunction .*:suspend-order$/, 'the exchange does not answer: tests/system/exchange-faults'],
  [/^recover-publications-role /, 'publishing failed for hours: tests/system/dead-letters'],
  [
    / logs:\w+ \*$/,
    'Step Functions makes the delivery of its logs when the machine is made, which the local stack has no API for',
  ],
  [
    /^(block-balance|confirm-transaction|rollback-balance)-role dynamodb:\w+ .*table\/(Orders|Accounts|Ledger)$/,
    'another change came between, or the exchange refused: the saga reads again',
  ],
  [/^apply-executions-role dynamodb:/, 'a resting order is filled: tests/system/order-changes'],
  [
    /^(publish-ticks|update-prices|update-candles|average-prices|push-prices|list-prices|get-price|list-candles)-role /,
    'the exchange sends prices: tests/system/stream',
  ],
  [/^handle-stream-message-role /, 'a client asks by its stream: tests/system/stream'],
  [/^(push-orders|connect-stream)-role (dynamodb:DeleteItem|execute-api:ManageConnections) /, 'a connection is gone'],
  [/^(apply-bank-events|sweep-orders)-role (secretsmanager|kms|sqs|dynamodb):/, 'something is late or paid by another'],
  [
    /^(pay-withdrawals|resume-transfers|request-deposit|request-withdrawal)-role /,
    'a transfer fails, is late, or comes twice',
  ],
  [
    /^(write-receipts|get-receipt)-role (dynamodb:Query|s3:ListBucket) /,
    'a receipt is written twice, or is not there yet',
  ],
  [/^reconcile-executions-role sqs:SendMessage /, 'a report of the exchange was lost'],
  [/^(submit|cancel|cancel-all|amend)-orders?-role dynamodb:/, 'a key comes twice, or another change came between'],
  [
    /^(validate-balance|preview-order|list-positions)-role (secretsmanager|kms):/,
    'the feed has not told of a symbol yet: the exchange is asked',
  ],
  [/ lambda:InvokeFunction .*:sync-instruments$/, 'a day begins'],
  [/ sqs:(SendMessage|GetQueueAttributes|GetQueueUrl) .*:UnpublishedEvents$/, 'publishing failed for hours'],
  [/^[a-z-]+-(clients?|api-keys?|keys?)-role /, 'staff work on clients and their keys: tests/system/clients'],
];

const stack = await useStack();
const { ana, bruno, carla, operator, compliance, addresses } = stack;
const secrets = new SecretsManagerClient({
  endpoint: `http://127.0.0.1:${addresses.awsPort}`,
  region: 'sa-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
afterAll(() => secrets.destroy());

async function read(client: ApiClient, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) expect(await client.request('GET', path)).toMatchObject({ status: 200 });
}

async function trade(): Promise<string> {
  const { orderId } = await ana.trade(aLimitOrder('BUY', 3_400, '30.25'));
  await bruno.trade(aLimitOrder('SELL', 100, '30.00'));
  const resting = await ana.trade(aLimitOrder('BUY', 200, '29.50'));
  await ana.amend(resting.orderId, { quantity: 100 });
  await ana.orderWhen(resting.orderId, 'is amended', ({ status }) => status === 'NEW');
  await ana.cancel(resting.orderId);
  await ana.orderIn(resting.orderId, 'CANCELED');
  await ana.trade(aLimitOrder('BUY', 100, '29.40'));
  await ana.request('DELETE', '/v1/orders');
  await ana.request('POST', '/v1/orders/preview', aLimitOrder('BUY', 100, '30.25'));
  await carla.orderIn((await carla.place(aLimitOrder('BUY', 100, '30.25'))).orderId, 'REJECTED');
  return orderId;
}

async function moveCash(): Promise<void> {
  const headers = () => ({ headers: { 'Idempotency-Key': randomUUID() } });
  const { body } = await carla.request<{ txid: string }>('POST', '/v1/deposits', { amount: '100.00' }, headers());
  const deposit = () => carla.request<{ status: string }>('GET', `/v1/deposits/${body.txid}`);
  await eventually('the deposit is paid', deposit, (answer) => answer.body.status === 'PAID');
  const asked = await carla.request<{ withdrawalId: string }>(
    'POST',
    '/v1/withdrawals',
    { amount: '10.00' },
    headers(),
  );
  const withdrawal = () => carla.request<{ status: string }>('GET', `/v1/withdrawals/${asked.body.withdrawalId}`);
  await eventually('the withdrawal is paid', withdrawal, (answer) => answer.body.status === 'PAID');
}

it('uses every grant that is not for a path named here, and needs no other', async () => {
  const stream = await StreamClient.of(addresses.apiPort, ana);
  await stream.ask({ action: 'subscribe', channel: 'orders' }, 'subscribed');
  const orderId = await trade();
  await moveCash();
  await read(
    ana,
    '/v1/account',
    '/v1/account/statement',
    '/v1/positions',
    '/v1/fees',
    '/v1/orders',
    '/v1/openapi.json',
  );
  await read(ana, `/v1/orders/${orderId}`, `/v1/orders/${orderId}/audit`);
  await eventually(
    'the receipt is there',
    () => ana.request('GET', `/v1/orders/${orderId}/receipt`),
    ({ status }) => status === 200,
  );
  await read(operator, '/v1/ops/trial-balance');
  await read(compliance, '/v1/compliance/alerts');
  await operator.request('POST', '/v1/ops/sweep');
  await operator.request('POST', '/v1/ops/republish', { orderId });
  await secrets.send(new RotateSecretCommand({ SecretId: 'exchange-credentials' }));
  await stack.advance('PT15M');
  stream.close();
  await stack.advance('PT1M');
  const unused = (await readGrants(addresses.awsPort)).filter(({ calls }) => calls === 0);
  const names = unused.map(({ roleArn, action, resource }) => `${roleArn.split('/').at(-1)} ${action} ${resource}`);
  expect(names.filter((name) => !ONLY_WHEN.some(([grant]) => grant.test(name)))).toEqual([]);
});
