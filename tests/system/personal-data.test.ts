import { randomUUID } from 'node:crypto';
import type { DepositView, WithdrawalView } from '@brokerage/contracts/rest/accounts';
import type { ApiKeyView, ClientExport, ClientSummary, IssuedApiKey } from '@brokerage/contracts/rest/clients';
import type { StaffView } from '@brokerage/contracts/rest/staff-members';
import type { Route } from '@brokerage/contracts/routes/route';
import { ALL_ROUTES } from '@brokerage/contracts/routes/routes';
import { DEMO_CLIENTS } from '@brokerage/dev/seed/demo-clients';
import { DORA } from '@brokerage/services/clients/testing/registration';
import { describe, expect, it } from 'vitest';
import { readOperations } from '../fuzz/openapi-document.ts';
import { type ApiClient, aLimitOrder, type Page } from './api-client.ts';
import { harmlessBody, nameOf, opensFor, pathWith } from './route-secrets.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno, operator, compliance } = stack;
const administrator = stack.clientWith('local-key-administrator-000');

const headers = () => ({ 'Idempotency-Key': randomUUID() });
const dora = (
  await operator.request<ClientSummary>(
    'POST',
    '/v1/clients',
    { ...DORA, plan: 'PROFESSIONAL' },
    { headers: headers() },
  )
).body.clientId;
const member = (
  await administrator.request<StaffView>(
    'POST',
    '/v1/staff',
    { name: 'Olga Reis', role: 'OPERATOR' },
    { headers: headers() },
  )
).body.staffId;
const doras = (await operator.request<IssuedApiKey>('POST', `/v1/clients/${dora}/api-keys`)).body;

/** Who asks, and what of: ana has money, an order, transfers; dora all the personal data that a client can have. */
const order = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
const transfer = <View>(path: string) => ana.request<View>('POST', path, { amount: '7.00' }, { headers: headers() });
const { txid } = (await transfer<DepositView>('/v1/deposits')).body;
const { withdrawalId } = (await transfer<WithdrawalView>('/v1/withdrawals')).body;
const OF_ANA = { orderId: order.orderId, txid, withdrawalId, symbol: 'PETR4', clientId: 'ana', staffId: member };
const ASKERS: readonly (readonly [string, ApiClient])[] = [
  ['TRADER', ana],
  ['TRADER', bruno],
  ['TRADER', stack.clientWith(doras.apiKey)],
  ['OPERATOR', operator],
  ['COMPLIANCE', compliance],
  ['ADMINISTRATOR', administrator],
  ['nobody', stack.clientWith(null)],
];

/** As a client's data may be spelt: a CPF also with its punctuation, a name by its words. */
const PERSONAL: readonly RegExp[] = [
  ...[...DEMO_CLIENTS, DORA].flatMap(({ cpf }) => (cpf === null ? [] : [spelt(cpf.replaceAll(/\D/g, ''))])),
  ...['Ana', 'Bruno', 'Carla', 'Dora', 'Lima', 'Olga', 'Reis'].map((name) => new RegExp(`\\b${name}\\b`)),
  ...[DORA.email, DORA.phone.slice(1), DORA.birthDate, DORA.kyc.occupation, DORA.kyc.address.street].map(
    (text) => new RegExp(text.replaceAll('.', '\\.'), 'i'),
  ),
];

function spelt(cpf: string): RegExp {
  return new RegExp(cpf.replace(/^(...)(...)(...)(..)$/, '$1\\.?$2\\.?$3-?$4'));
}

const foundIn = (text: string) => PERSONAL.filter((pattern) => pattern.test(text)).map(String);

/** In clear to compliance, and to nobody else. */
const IN_CLEAR: ReadonlySet<string> = new Set(['GET /v1/clients/{clientId}', 'GET /v1/clients/{clientId}/export']);

async function answerOf(client: ApiClient, route: Route, ids: Readonly<Record<string, string>>): Promise<string> {
  const keyed = route.idempotencyKey ? headers() : {};
  const path = pathWith(route, ids);
  const given = await client.request<unknown>(route.method, path, harmlessBody(route), { headers: keyed });
  expect(given.status).toBeLessThan(500);
  return JSON.stringify([[...given.headers], given.body]);
}

/** Keys of ana's, one for each route that may end one. */
async function spareKey(): Promise<string> {
  const live = (await operator.request<Page<ApiKeyView>>('GET', '/v1/clients/ana/api-keys')).body.items;
  for (const { keyId, status } of live) {
    if (status === 'ACTIVE' && keyId !== 'KEY-ana') return keyId;
  }
  return (await operator.request<IssuedApiKey>('POST', '/v1/clients/ana/api-keys')).body.keyId;
}

const offered = new Set((await readOperations(stack.addresses.apiPort)).map(({ method, path }) => `${method} ${path}`));
const routes = ALL_ROUTES.filter((route) => offered.has(nameOf(route)));

it('the search finds what it looks for, and the routes are all that are offered', async () => {
  const { body } = await compliance.request<object>('GET', `/v1/clients/${dora}`);
  // Dora's CPF, her two names and five declarations.
  expect(foundIn(JSON.stringify(body))).toHaveLength(8);
  expect(foundIn('529.982.247-25 26821152098')).toHaveLength(2);
  expect(routes.map(nameOf).sort()).toEqual([...offered].sort());
});

describe.each(routes.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  it.each(ASKERS)('tells %s no client’s personal data but what is compliance’s to read', async (role, client) => {
    const text = await answerOf(client, route, { ...OF_ANA, keyId: await spareKey() });
    if (role === 'COMPLIANCE' && IN_CLEAR.has(name)) return expect(foundIn(text)).toContain('/\\bAna\\b/');
    expect(foundIn(text)).toEqual([]);
    if (route.method !== 'GET' || !opensFor(route, role === 'nobody' ? null : (role as never))) return;
    expect(foundIn(await answerOf(client, route, { ...OF_ANA, keyId: doras.keyId, clientId: dora }))).toEqual([]);
  });
});

it('what compliance read is written down, once a look', async () => {
  const { body } = await compliance.request<ClientExport>('GET', '/v1/clients/ana/export');
  const actions = body.items.flatMap(({ kind, data }) => (kind === 'STAFF_ACTION' ? [data.action] : []));
  const count = (wanted: string) => actions.filter((action) => action === wanted).length;
  expect([count('PERSONAL_DATA_READ'), count('DATA_EXPORTED')]).toEqual([1, 2]);
});
