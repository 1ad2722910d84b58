import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { DepositView, WithdrawalView } from '@brokerage/contracts/rest/accounts';
import type { OrderView } from '@brokerage/contracts/rest/orders';
import type { Role, Route } from '@brokerage/contracts/routes/route';
import { ALL_ROUTES } from '@brokerage/contracts/routes/routes';
import { DEMO_CLIENTS } from '@brokerage/dev/seed/demo-clients';
import { describe, expect, it } from 'vitest';
import { readOperations } from '../fuzz/openapi-document.ts';
import { MONEYLESS, openBenchAccounts } from '../load/bench-accounts.ts';
import { eventually } from '../stack/eventually.ts';
import { type ApiClient, aLimitOrder, type Page } from './api-client.ts';
import { harmlessBody, nameOf, opensFor, pathWith, routesOf, TELLINGS, tellingBy } from './route-secrets.ts';
import { useStack } from './stack.ts';
import { StreamClient } from './stream-client.ts';
import { toldBy } from './told-answer.ts';

type Ids = Readonly<Record<string, string>>;
const stack = await useStack();
const { ana, bruno, operator, compliance } = stack;
const { apiPort, awsPort } = stack.addresses;
const administrator = stack.clientWith('local-key-administrator-000');
/** One who has money, shares and a past, and one who has nothing; both on a plan that lets them ask this often. */
const [keyOfNew = ''] = await openBenchAccounts(awsPort, 1, MONEYLESS);
const INTRUDERS: readonly (readonly [string, ApiClient])[] = [
  ['bruno', bruno],
  ['bench-0000', stack.clientWith(keyOfNew)],
];
const KEY = { 'Idempotency-Key': 'anas-secret-key' };

/** What ana has: an order that rests, one that is filled and has its receipt, a deposit and a withdrawal. */
const resting = await ana.trade(aLimitOrder('BUY', 100, '29.00', { clientOrderId: 'anas-resting-order' }));
const filled = await ana.trade(aLimitOrder('BUY', 100, '30.50', { clientOrderId: 'anas-filled-order' }));
const deposit = (await ana.request<DepositView>('POST', '/v1/deposits', { amount: '77.00' }, { headers: KEY })).body;
const withdrawal = (await ana.request<WithdrawalView>('POST', '/v1/withdrawals', { amount: '7.00' }, { headers: KEY }))
  .body;
await eventually(
  'there is a receipt',
  () => ana.request('GET', `/v1/orders/${filled.orderId}/receipt`),
  ({ status }) => status === 200,
);

const ANAS: readonly Ids[] = [resting, filled].map(({ orderId }) => ({
  orderId,
  txid: deposit.txid,
  withdrawalId: withdrawal.withdrawalId,
  clientId: 'ana',
  keyId: 'KEY-ana',
  staffId: 'operator',
}));
/** In the form of ana's, and nobody's. */
const NOBODYS: Ids = {
  orderId: `${resting.orderId.slice(0, -4)}ZZZZ`,
  txid: '0'.repeat(deposit.txid.length),
  withdrawalId: `${withdrawal.withdrawalId.slice(0, -4)}ZZZZ`,
  clientId: 'zoe',
  keyId: 'KEY-zoe',
  staffId: 'zoe',
  symbol: 'PETR4',
};
const TRACES: readonly string[] = [
  ...ANAS.flatMap(({ orderId }) => orderId ?? []),
  ...[deposit.txid, withdrawal.withdrawalId, '"ana"', 'anas-', '52998224725'],
];

/** The routes that the running stack offers, and those that its document leaves out. */
async function offered(): Promise<string[]> {
  const operations = (await readOperations(apiPort)).map(
    nameOf as (operation: { method: string; path: string }) => string,
  );
  return [...operations, ...routesOf('SIGNED').map(nameOf)].sort();
}

describe('every route', () => {
  it('has been thought about: a new one fails here until it is', async () => {
    expect(await offered()).toEqual(Object.keys(TELLINGS).sort());
    expect(ALL_ROUTES.map(nameOf).sort()).toEqual(Object.keys(TELLINGS).sort());
  });

  it('is held for what its access and its path make of it', () => {
    const wrong = ALL_ROUTES.filter(
      (route) => (tellingBy(route) ?? TELLINGS[nameOf(route)]) !== TELLINGS[nameOf(route)],
    );
    expect(wrong.map(nameOf)).toEqual([]);
  });
});

describe.each(INTRUDERS)('%s', (name, intruder) => {
  const differing = (route: Route, ids: Ids, path = pathWith(route, ids)) =>
    toldBy(intruder, route.method, path, harmlessBody(route));

  it.each(routesOf('BY_ID').map((route) => [nameOf(route), route] as const))(
    'cannot tell ana’s from nobody’s by %s',
    async (_route, route) => {
      const nobodys = await differing(route, NOBODYS);
      expect(nobodys).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      for (const ids of ANAS) expect(await differing(route, ids)).toEqual(nobodys);
    },
  );

  it.each(
    routesOf('BY_ID')
      .filter(({ body }) => body !== null)
      .map((route) => [nameOf(route), route] as const),
  )('cannot tell them by a body that ana’s own %s would refuse either', async (_route, route) => {
    for (const body of [{}, { quantity: 1 }, { quantity: 100 }, { limitPrice: '99.99' }, { nothing: 1 }]) {
      const ask = (ids: Ids) => toldBy(intruder, route.method, pathWith(route, ids), body);
      const nobodys = await ask(NOBODYS);
      for (const ids of ANAS) expect([body, await ask(ids)]).toEqual([body, nobodys]);
    }
  });

  it.each(routesOf('STAFFS').map((route) => [nameOf(route), route] as const))(
    'is refused by %s, whoever it is about',
    async (_route, route) => {
      const nobodys = await differing(route, NOBODYS);
      expect(nobodys).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      for (const ids of [...ANAS, { clientId: name, keyId: `KEY-${name}`, staffId: name }]) {
        expect(await differing(route, ids)).toEqual(nobodys);
      }
    },
  );

  it.each(
    [...routesOf('OWN'), ...routesOf('EVERYONES')]
      .filter(({ method }) => method === 'GET')
      .flatMap((route) => queriesOf(route).map((query) => [nameOf(route), query, route] as const)),
  )('finds no trace of ana in %s%s', async (_route, query, route) => {
    const { status, headers, body } = await differing(route, NOBODYS, `${pathWith(route, NOBODYS)}${query}`);
    expect(status).toBe(200);
    const text = JSON.stringify([headers, body]);
    expect(TRACES.filter((trace) => text.includes(trace))).toEqual([]);
  });

  it('is told the same of what is their own before and after ana does something', async () => {
    const own = routesOf('OWN').filter(({ method }) => method === 'GET');
    const look = () => Promise.all(own.map((route) => differing(route, NOBODYS)));
    const before = await look();
    const order = await ana.trade(aLimitOrder('BUY', 100, '28.90'));
    await ana.cancel(order.orderId);
    await ana.orderIn(order.orderId, 'CANCELED');
    expect(await look()).toEqual(before);
  });

  it.each(
    routesOf('OWN')
      .filter(({ query }) => 'cursor' in query.shape)
      .map((route) => [nameOf(route), route] as const),
  )('cannot go on in ana’s list of %s', async (_route, route) => {
    const { body } = await ana.request<Page<object>>('GET', `${route.path}?limit=1`);
    expect(body.nextCursor).toEqual(expect.any(String));
    const goOn = (cursor: string) => differing(route, NOBODYS, `${route.path}?limit=1&cursor=${cursor}`);
    const refused = await goOn('bm9uZQ');
    expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
    expect(await goOn(String(body.nextCursor))).toEqual(refused);
  });

  it('uses the names and keys that ana gave freely, and changes nothing of hers', async () => {
    const { clientOrderId } = resting;
    const listed = await intruder.request<Page<OrderView>>('GET', `/v1/orders?clientOrderId=${clientOrderId}`);
    expect(listed.body.items).toEqual([]);
    const own = await intruder.submit(aLimitOrder('BUY', 100, '28.50', { clientOrderId }));
    expect(own).toMatchObject({ status: 202, body: { clientOrderId } });
    expect(own.body.orderId).not.toBe(resting.orderId);
    const byHeader = await intruder.submit(aLimitOrder('BUY', 100, '28.50'), {
      'Idempotency-Key': 'anas-filled-order',
    });
    expect(byHeader.status).toBe(202);
    const other = await intruder.request<DepositView>('POST', '/v1/deposits', { amount: '5.00' }, { headers: KEY });
    expect(other).toMatchObject({ status: 201, body: { amount: '5.00' } });
    expect(other.body.txid).not.toBe(deposit.txid);
    await eventually(
      'it is paid',
      () => intruder.request<DepositView>('GET', `/v1/deposits/${other.body.txid}`),
      ({ body }) => body.status === 'PAID',
    );
    const taken = await intruder.request<WithdrawalView>(
      'POST',
      '/v1/withdrawals',
      { amount: '1.00' },
      { headers: KEY },
    );
    expect(taken).toMatchObject({ status: 202, body: { amount: '1.00' } });
    expect(taken.body.withdrawalId).not.toBe(withdrawal.withdrawalId);

    const again = await ana.submit(aLimitOrder('BUY', 100, '29.00', { clientOrderId }));
    expect(again).toMatchObject({ status: 202, body: { orderId: resting.orderId } });
    await intruder.orderSettled(own.body.orderId);
    await intruder.orderSettled(byHeader.body.orderId);
  });

  it('cancels all of their own orders, and none of ana’s', async () => {
    expect((await intruder.request('DELETE', '/v1/orders')).status).toBe(202);
    expect((await ana.order(resting.orderId)).status).toBe('NEW');
  });

  it('hears by the stream of no order of ana’s, nor whether an event of hers exists', async () => {
    const stream = await StreamClient.of(apiPort, intruder);
    const after = (eventId: string) => stream.ask({ action: 'subscribe', channel: 'orders', after: eventId }, 'error');
    const unknown = await after(`${NOBODYS.orderId}#1`);
    expect(unknown).toMatchObject({ code: 'UNKNOWN_EVENT' });
    for (const { orderId } of ANAS) {
      for (const seq of [1, 2, 999]) expect(await after(`${orderId}#${seq}`)).toEqual(unknown);
    }
    await stream.ask({ action: 'subscribe', channel: 'orders' }, 'subscribed');
    const anas = await StreamClient.of(apiPort, ana);
    await anas.ask({ action: 'subscribe', channel: 'orders' }, 'subscribed');
    const order = await ana.trade(aLimitOrder('BUY', 100, '28.80'));
    await ana.cancel(order.orderId);
    await anas.next('order', (message) => message.order.status === 'CANCELED');
    await stream.ask({ action: 'ping' }, 'pong');
    expect(stream.orders().filter(({ order: { accountId } }) => accountId !== name)).toEqual([]);
    await Promise.all([stream.close(), anas.close()]);
  });
});

describe('what ana has', () => {
  it('is as it was after all of this', async () => {
    expect(await ana.order(filled.orderId)).toEqual(filled);
    const { updatedAt: _then, ...before } = resting;
    expect(await ana.order(resting.orderId)).toMatchObject(before);
    expect((await ana.auditTrail(resting.orderId)).every(({ order }) => order.accountId === 'ana')).toBe(true);
    expect(await ana.request('GET', `/v1/withdrawals/${withdrawal.withdrawalId}`)).toMatchObject({ status: 200 });
  });

  it('has no address at which an object of hers can be told from one that is not there', async () => {
    const { Contents = [] } = await eventually(
      'the archive holds an object',
      () => stack.s3.send(new ListObjectsV2Command({ Bucket: 'audit-archive' })),
      ({ Contents }) => (Contents?.length ?? 0) > 0,
    );
    const look = async (path: string, port = awsPort) => {
      const headers = { 'x-api-key': 'local-key-bruno-0000000000' };
      const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { headers });
      return { status: answer.status, text: (await answer.text()).replaceAll(/<(\w*Id)>[^<]*<\/\1>/g, '') };
    };
    for (const [hers, nobodys] of [
      [`receipts/${filled.orderId}.json`, `receipts/${NOBODYS.orderId}.json`],
      [`audit-archive/${Contents[0]?.Key}`, 'audit-archive/none'],
    ] as const) {
      const refused = await look(nobodys);
      expect(refused.status).toBe(403);
      expect(await look(hers)).toEqual(refused);
      expect((await look(hers, apiPort)).status).toBe(403);
    }
  });
});

const ROLES: readonly (readonly [string, Role | null, ApiClient])[] = [
  ['nobody', null, stack.clientWith(null)],
  ['a key that nobody has', null, stack.clientWith('local-key-nobody-000000000')],
  ['a client', 'TRADER', bruno],
  ['an operator', 'OPERATOR', operator],
  ['compliance', 'COMPLIANCE', compliance],
  ['an administrator', 'ADMINISTRATOR', administrator],
];

describe.each(ROLES)('%s', (_who, role, client) => {
  it('reaches the routes that the contract gives them, and no others', async () => {
    const keyed = ALL_ROUTES.filter(({ access }) => access.kind === 'KEY');
    const statuses = await Promise.all(
      keyed.map(async (route) => {
        const { status } = await client.request(route.method, pathWith(route, NOBODYS), harmlessBody(route));
        return [nameOf(route), status !== 403, status] as const;
      }),
    );
    const opened = statuses.filter(([, isOpen]) => isOpen).map(([name]) => name);
    expect(opened).toEqual(keyed.filter((route) => opensFor(route, role)).map(nameOf));
    expect(statuses.filter(([, , status]) => status >= 500)).toEqual([]);
  });

  it('passes by no webhook without its sender’s signature', async () => {
    for (const route of routesOf('SIGNED')) {
      const answers = await Promise.all(
        [resting.orderId, NOBODYS.orderId].map((clOrdId) => toldBy(client, route.method, route.path, { clOrdId })),
      );
      expect(answers[0]).toMatchObject({ status: 401, body: { code: 'INVALID_SIGNATURE' } });
      expect(answers[1]).toEqual(answers[0]);
    }
  });
});

it.each([
  ['an operator', operator],
  ['an administrator', administrator],
])('%s sees no client in clear, by whatever route', async (_who, client) => {
  const personal = DEMO_CLIENTS.flatMap(({ cpf, name, apiKey }) => [
    `"${name}"`,
    apiKey,
    ...(cpf === null ? [] : [cpf]),
  ]);
  for (const route of routesOf('STAFFS').filter(({ method }) => method === 'GET')) {
    const { body } = await client.request('GET', pathWith(route, { ...NOBODYS, ...ANAS[0] }));
    expect(personal.filter((text) => JSON.stringify(body).includes(text))).toEqual([]);
  }
});

it('leaves the books in order', () => stack.audit());

/** A list is asked for whole and by everything of ana's that it lets itself be narrowed by. */
function queriesOf({ query }: Route): readonly string[] {
  const narrowings: Readonly<Record<string, string>> = {
    clientOrderId: 'clientOrderId=anas-resting-order',
    status: 'status=NEW',
    symbol: 'symbol=PETR4',
    from: 'from=2020-01-01T00:00:00Z',
    limit: 'limit=100',
    date: 'date=2026-11-24',
  };
  const { cursor: _ownTest, interval, ...narrowed } = query.shape;
  return ['', ...Object.keys(narrowed)].map((name) => {
    const narrowing = name === '' ? '' : narrowings[name];
    if (narrowing === undefined) throw new Error(`no test knows the query ${name}`);
    return `?${interval ? 'interval=1d&' : ''}${narrowing}`;
  });
}
