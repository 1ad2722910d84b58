import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { type ApiClient, aLimitOrder } from './api-client.ts';
import { isFor } from './role-policies.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, operator, compliance, addresses } = stack;

let orderId = '';
beforeAll(async () => {
  ({ orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.25')));
});

const answers = async (client: ApiClient, method: string, path: string, body?: object) =>
  (await client.request<unknown>(method, path, body)).status;
let orders = 0;
const anOrder = () => aLimitOrder('BUY', 100, '1.00', { clientOrderId: `permission-${orders++}` });

/** What a function must be allowed, and what a client sees of it: the status with it, for without it is a fault of ours. */
const needed: [role: string, action: string, status: number, flow: () => Promise<number>][] = [
  ['get-account-role', 'dynamodb:GetItem', 200, () => answers(ana, 'GET', '/v1/account')],
  ['get-statement-role', 'dynamodb:Query', 200, () => answers(ana, 'GET', '/v1/account/statement')],
  ['list-positions-role', 'dynamodb:Query', 200, () => answers(ana, 'GET', '/v1/positions')],
  ['list-orders-role', 'dynamodb:Query', 200, () => answers(ana, 'GET', '/v1/orders')],
  ['get-order-role', 'dynamodb:Query', 200, () => answers(ana, 'GET', `/v1/orders/${orderId}`)],
  ['get-order-audit-role', 'dynamodb:Query', 200, () => answers(ana, 'GET', `/v1/orders/${orderId}/audit`)],
  ['submit-order-role', 'dynamodb:PutItem', 202, () => answers(ana, 'POST', '/v1/orders', anOrder())],
  ['preview-order-role', 'dynamodb:BatchGetItem', 200, () => answers(ana, 'POST', '/v1/orders/preview', anOrder())],
  ['list-alerts-role', 'dynamodb:Query', 200, () => answers(compliance, 'GET', '/v1/compliance/alerts')],
  ['get-trial-balance-role', 'dynamodb:Scan', 200, () => answers(operator, 'GET', '/v1/ops/trial-balance')],
  ['sweep-orders-role', 'dynamodb:Query', 200, () => answers(operator, 'POST', '/v1/ops/sweep')],
];

it.each(needed)('%s needs %s', async (role, action, status, flow) => {
  expect(await flow()).toBe(status);
  expect(await stack.withoutStatements(role, isFor(action), flow)).toBeGreaterThanOrEqual(500);
  expect(await flow()).toBe(status);
  const denial = `assumed-role/${role}/${role.slice(0, -'-role'.length)} is not authorized to perform: ${action} on resource: arn:`;
  await eventually(`the log has ${denial}`, async () => logged(denial), Boolean);
});

/** Lines are written behind what they tell of. */
function logged(text: string): boolean {
  return readFileSync(join(addresses.dataDir, 'functions.log'), 'utf8').includes(text);
}
