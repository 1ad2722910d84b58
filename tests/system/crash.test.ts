import { expect, it } from 'vitest';
import { type Answer, aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, bruno } = stack;
const CRASH_LIMIT_MS = 90_000;
const ENDED = ['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED'];

it('is killed amid two hundred orders, and loses none of them', { timeout: 240_000 }, async () => {
  let answered = 0;
  let kill: Promise<void> | undefined;
  const accepted = new Map<string, string>();
  const send = async (index: number): Promise<void> => {
    const clientOrderId = `crash-${index}`;
    const order =
      index % 2 === 0
        ? aLimitOrder('BUY', 100, '30.25', { clientOrderId })
        : { ...aLimitOrder('SELL', 1, '29.50', { clientOrderId }), symbol: 'PETR4F' };
    const client = index % 2 === 0 ? ana : bruno;
    const answer: Answer<{ orderId: string }> | null = await client.submit(order).catch(() => null);
    if (answer?.status !== 202) return;
    accepted.set(answer.body.orderId, client === ana ? 'ana' : 'bruno');
    answered += 1;
    if (answered === 100) kill = stack.kill();
  };
  await Promise.all(Array.from({ length: 200 }, (_, index) => send(index)));
  await kill;
  expect(accepted.size).toBeGreaterThanOrEqual(100);
  expect(accepted.size).toBeLessThan(200);

  await stack.restart();
  const readyMs = performance.now();
  for (const [orderId, owner] of accepted) {
    const leftMs = CRASH_LIMIT_MS - (performance.now() - readyMs);
    const client = owner === 'ana' ? ana : bruno;
    await client.orderWhen(orderId, 'has ended', ({ status }) => ENDED.includes(status), leftMs);
  }
});

it('answers a key from before the crash with the order from before the crash', async () => {
  const [known] = (await ana.orders()).filter(({ clientOrderId }) => clientOrderId.startsWith('crash-'));
  const again = await ana.submit(aLimitOrder('BUY', 100, '30.25', { clientOrderId: known?.clientOrderId }));
  expect(again.body.orderId).toBe(known?.orderId);
});

it('takes new orders, and hears what the exchange reported while it was gone', async () => {
  const resting = await ana.trade(aLimitOrder('BUY', 100, '29.98'));
  expect(resting.status).toBe('NEW');
  await stack.exchange.fault({ fault: 'hold-reports' });
  await stack.exchange.call('PUT', '/admin/market', { makers: false });
  const sale = await bruno.trade(aLimitOrder('SELL', 100, '29.98'));
  expect(sale).toMatchObject({ status: 'FILLED' });
  expect(await ana.order(resting.orderId)).toMatchObject({ status: 'NEW' });
  await stack.kill();
  await stack.restart();
  await ana.orderIn(resting.orderId, 'FILLED');
});

it('leaves books that add up', async () => {
  // What its consumers held when it was killed is hidden from them for half a minute.
  await stack.advance('PT2M');
  await stack.audit();
});
