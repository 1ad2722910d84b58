import type { PriceView } from '@brokerage/contracts/rest/prices';
import { expect, it } from 'vitest';
import { useStack } from './stack.ts';

const stack = await useStack();

async function stackNowMs(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${stack.addresses.awsPort}/_local/clock`);
  return ((await answer.json()) as { nowMs: number }).nowMs;
}

it.each([
  ['PT16S', 16_000],
  ['PT10M', 600_000],
])('after a step of %s prices are those of then, and market orders go on', async (step, stepMs) => {
  const steppedToMs = (await stackNowMs()) + stepMs;
  await stack.advance(step);
  const { body } = await stack.ana.request<PriceView>('GET', '/v1/prices/PETR4');
  expect(Date.parse(body.time)).toBeGreaterThanOrEqual(steppedToMs);
  const order = { symbol: 'PETR4', side: 'BUY', type: 'MARKET', quantity: 100 };
  expect(await stack.ana.trade(order)).toMatchObject({ status: 'FILLED' });
});
