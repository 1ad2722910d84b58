import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { AccountView as AccountSchema } from '@brokerage/contracts/rest/accounts';
import type { OrderView, ReceiptView } from '@brokerage/contracts/rest/orders';
import { OrderView as OrderSchema, ReceiptView as ReceiptSchema } from '@brokerage/contracts/rest/orders';
import { expect, it } from 'vitest';
import type { output } from 'zod';
import { eventually } from '../stack/eventually.ts';
import { type ApiClient, aLimitOrder, type Page } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno } = stack;
let bought: OrderView;

it('takes an order and answers with all that the contract promises', async () => {
  const { status, headers, body } = await ana.submit(aLimitOrder('BUY', 100, '30.25', { clientOrderId: 'my-1' }), {
    'x-correlation-id': 'first-order',
  });
  expect(status).toBe(202);
  expect(headers.get('location')).toBe(`/v1/orders/${body.orderId}`);
  expect(headers.get('x-correlation-id')).toBe('first-order');
  expect(OrderSchema.parse(body)).toMatchObject({
    clientOrderId: 'my-1',
    accountId: 'ana',
    symbol: 'PETR4',
    side: 'BUY',
    type: 'LIMIT',
    timeInForce: 'DAY',
    quantity: 100,
    limitPrice: '30.25',
    status: 'PENDING_NEW',
    filledQuantity: 0,
    remainingQuantity: 100,
    averagePrice: null,
    rejectReason: null,
    fees: null,
    fills: [],
    correlationId: 'first-order',
  });
  bought = await ana.orderIn(body.orderId, 'FILLED');
});

it('fills it at the makers’ price, with the fees of the table', () => {
  expect(bought).toMatchObject({
    filledQuantity: 100,
    remainingQuantity: 0,
    averagePrice: '30.0100',
    blockedAmount: '0.00',
    fees: {
      total: '0.89',
      items: [
        { name: 'TRADING', rate: '0.00005', base: '3001.00', amount: '0.15' },
        { name: 'CCP', rate: '0.000224', base: '3001.00', amount: '0.67' },
        { name: 'TTA', rate: '0.000026', base: '3001.00', amount: '0.07' },
      ],
    },
  });
  expect(bought.fills).toMatchObject([{ quantity: 100, price: '30.01', grossAmount: '3001.00', netAmount: '3001.89' }]);
});

it('moves money and shares to the centavo', async () => {
  expect(AccountSchema.parse(await ana.account())).toEqual({
    accountId: 'ana',
    currency: 'BRL',
    available: '996998.11',
    blocked: '0.00',
    receivable: '0.00',
    payable: '3001.89',
    buyingPower: '996998.11',
    settlements: [{ date: bought.fills[0]?.settlementDate, receivable: '0.00', payable: '3001.89' }],
  });
  expect(await ana.position('PETR4')).toMatchObject({
    quantity: 100,
    blockedQuantity: 0,
    settledQuantity: 0,
    averagePrice: '30.0100',
    averageCost: '30.0189',
  });
});

it('books a sale: the money to come may be spent, not withdrawn', async () => {
  const sold = await bruno.trade(aLimitOrder('SELL', 100, '29.50'));
  expect(sold).toMatchObject({ status: 'FILLED', averagePrice: '29.9900', fees: { total: '0.88' } });
  expect(await bruno.account()).toMatchObject({
    available: '50000.00',
    blocked: '0.00',
    receivable: '2998.12',
    payable: '0.00',
    buyingPower: '52998.12',
  });
  expect(await bruno.position('PETR4')).toMatchObject({ quantity: 900, blockedQuantity: 0, averagePrice: '30.0000' });
});

it('blocks the reserve of an order that rests, and of a market order at its protection', async () => {
  const before = await ana.account();
  const resting = await ana.trade(aLimitOrder('BUY', 100, '29.00'));
  expect(resting).toMatchObject({ status: 'NEW', blockedAmount: '2900.85' });
  expect(await ana.account()).toMatchObject({ blocked: '2900.85', payable: before.payable });
  expect(await ana.cancel(resting.orderId)).toMatchObject({ status: 202 });
  await ana.orderIn(resting.orderId, 'CANCELED');
  expect(await ana.account()).toEqual(before);

  const market = await ana.trade({ symbol: 'PETR4', side: 'BUY', type: 'MARKET', quantity: 100 });
  expect(market).toMatchObject({ status: 'FILLED', averagePrice: '30.0100', reservePrice: '31.51', limitPrice: null });
});

it.each([
  ['ana', ana],
  ['bruno', bruno],
] as const)('gives %s a statement that, replayed from zero, is the account', async (_name, client: ApiClient) => {
  const items = await client.statement(3);
  const sums = { available: 0, blocked: 0, receivable: 0, payable: 0 };
  for (const { amounts, balances } of items) {
    for (const name of ['available', 'blocked', 'receivable', 'payable'] as const) {
      sums[name] += toCents(amounts[name] ?? '0.00');
      expect(toCents(balances[name])).toBe(sums[name]);
    }
  }
  const account = await client.account();
  expect(Object.fromEntries(Object.entries(sums).map(([name, cents]) => [name, (cents / 100).toFixed(2)]))).toEqual({
    available: account.available,
    blocked: account.blocked,
    receivable: account.receivable,
    payable: account.payable,
  });
});

it('lists orders newest first, page by page, by status and by symbol', async () => {
  const all = await ana.orders();
  const times = all.map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.toSorted().toReversed());
  expect((await ana.orders(1)).map(({ orderId }) => orderId)).toEqual(all.map(({ orderId }) => orderId));
  const list = async (query: string) => (await ana.request<Page<OrderView>>('GET', `/v1/orders?${query}`)).body.items;
  expect(new Set((await list('status=FILLED')).map(({ status }) => status))).toEqual(new Set(['FILLED']));
  expect((await list('clientOrderId=my-1')).map(({ orderId }) => orderId)).toEqual([bought.orderId]);
  expect(await list('symbol=VALE3')).toEqual([]);
  expect(await ana.request('GET', '/v1/orders?cursor=nonsense')).toMatchObject({
    status: 400,
    body: { code: 'INVALID_CURSOR' },
  });
});

it('shows fills in lists as it does in the order itself', async () => {
  const listed = (await ana.orders()).find(({ orderId }) => orderId === bought.orderId);
  expect(listed).toEqual(bought);
});

it('keeps an audit trail in which every event binds the one before', async () => {
  const trail = await ana.auditTrail(bought.orderId);
  expect(trail.map(({ type }) => type)).toEqual(['ORDER_ACCEPTED', 'ORDER_RESERVED', 'EXECUTION_REPORTED']);
  expect(trail.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(trail.map(({ previousHash }) => previousHash)).toEqual(['', trail[0]?.hash, trail[1]?.hash]);
  expect(trail.every(({ correlationId }) => correlationId === 'first-order')).toBe(true);
});

it('writes a receipt', async () => {
  const { body } = await eventually(
    'the receipt is there',
    () => ana.request<output<typeof ReceiptView>>('GET', `/v1/orders/${bought.orderId}/receipt`),
    ({ status }) => status === 200,
  );
  expect(ReceiptSchema.parse(body)).toMatchObject({ seq: 3, order: bought });
});

it('tells the client, the archive and the back office', async () => {
  await eventually(
    'e-mail and SMS are in the outbox',
    async () => (await stack.dynamodb.send(new ScanCommand({ TableName: 'Outbox' }))).Items ?? [],
    (items) =>
      ['EMAIL', 'SMS'].every((channel) =>
        items.some((item) => item.orderId?.S === bought.orderId && item.channel?.S === channel),
      ),
  );
  for (const Bucket of ['receipts', 'audit-archive']) {
    await eventually(
      `${Bucket} holds an object`,
      () => stack.s3.send(new ListObjectsV2Command({ Bucket })),
      ({ KeyCount = 0 }) => KeyCount > 0,
    );
  }
  for (const QueueName of ['NotificationsDeadLetters', 'AuditTrailDeadLetters', 'ReportsDeadLetters']) {
    const { QueueUrl } = await stack.sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Attributes } = await stack.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(Attributes?.ApproximateNumberOfMessages).toBe('0');
  }
});

it('alerts compliance of an order above R$ 100,000.00', async () => {
  const large = await ana.trade(aLimitOrder('BUY', 3_400, '29.50'));
  expect(large.status).toBe('NEW');
  const alerts = await eventually(
    'the alert is there',
    () => stack.compliance.request<Page<{ orderId: string; amount: string }>>('GET', '/v1/compliance/alerts'),
    ({ body }) => body.items.length > 0,
  );
  expect(alerts.body.items).toMatchObject([{ orderId: large.orderId, amount: '100300.00' }]);
});

it('previews an order without making one', async () => {
  const before = await ana.orders();
  const { status, body } = await ana.request('POST', '/v1/orders/preview', aLimitOrder('BUY', 100, '30.25'));
  expect(status).toBe(200);
  expect(body).toMatchObject({ refusals: [], estimate: { blockedAmount: '3025.89', fees: { total: '0.89' } } });
  expect(await ana.orders()).toEqual(before);
});

it('describes itself', async () => {
  const { status, body } = await stack.clientWith(null).request<{ paths: object }>('GET', '/v1/openapi.json');
  expect(status).toBe(200);
  expect(Object.keys(body.paths)).toContain('/v1/orders');
});

it('shows the operator a trial balance of nothing', async () => {
  const { status, body } = await stack.operator.request<{ total: string }>('GET', '/v1/ops/trial-balance');
  expect(status).toBe(200);
  expect(body.total).toBe('0.00');
});

it('leaves books that add up', () => stack.audit());

function toCents(text: string): number {
  return Math.round(Number(text) * 100);
}
