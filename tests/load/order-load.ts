import { Pool } from 'undici';

export interface LoadResult {
  /** Milliseconds from request to answer of each accepted order. */
  readonly acceptMs: readonly number[];
  readonly refused: number;
  readonly startedAtMs: number;
}

const INSTRUMENTS = [
  { symbol: 'PETR4', buyAt: '33.00', sellAt: '27.00' },
  { symbol: 'VALE3', buyAt: '66.00', sellAt: '55.00' },
] as const;

/**
 * Sends `count` orders, `concurrency` at a time, by all accounts in turn: purchases and sales of a round lot, priced through
 * the book so that the market makers fill them at once.
 */
export async function sendOrders(
  apiPort: number,
  apiKeys: readonly string[],
  count: number,
  concurrency: number,
): Promise<LoadResult> {
  const pool = new Pool(`http://127.0.0.1:${apiPort}`, { connections: concurrency, pipelining: 1 });
  const acceptMs: number[] = [];
  let refused = 0;
  let sent = 0;
  const startedAtMs = Date.now();
  const sender = async (): Promise<void> => {
    while (sent < count) {
      const index = sent++;
      const beforeMs = performance.now();
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/v1/orders',
        headers: { 'content-type': 'application/json', 'x-api-key': apiKeys[index % apiKeys.length] as string },
        body: orderBody(index),
      });
      const text = await body.text();
      if (statusCode === 202) acceptMs.push(performance.now() - beforeMs);
      else {
        refused += 1;
        if (refused <= 3) console.error(`order refused with ${statusCode}: ${text}`);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  await pool.close();
  return { acceptMs, refused, startedAtMs };
}

function orderBody(index: number): string {
  const { symbol, buyAt, sellAt } = INSTRUMENTS[(index >> 1) % INSTRUMENTS.length] as (typeof INSTRUMENTS)[number];
  const side = index % 2 === 0 ? 'BUY' : 'SELL';
  const limitPrice = side === 'BUY' ? buyAt : sellAt;
  return JSON.stringify({ symbol, side, type: 'LIMIT', quantity: 100, limitPrice, timeInForce: 'DAY' });
}
