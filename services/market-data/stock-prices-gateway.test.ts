import { aMarket, NOON } from '@brokerage/domain/testing/builders';
import { describe, expect, it } from 'vitest';
import type { Tables } from '../platform/tables.ts';
import { tickPrice } from './stock-price.ts';
import { createStockPricesGateway } from './stock-prices-gateway.ts';
import { ticksOf } from './testing/ticks.ts';

const trade = { priceCents: 3_010, quantity: 100, afterMs: 0 };
const heard = ticksOf([
  { symbol: 'PETR4', ...trade },
  { symbol: 'VALE3', ...trade },
]).map((tick) => tickPrice(tick, NOON));

function aGateway() {
  const clock = { nowMs: NOON as number };
  const reads: string[][] = [];
  const fault = { isOn: false };
  const batchGet = async (keys: readonly { key: { symbol: string } }[]) => {
    if (fault.isOn) throw new Error('throttled');
    const symbols = keys.map(({ key }) => key.symbol);
    reads.push(symbols);
    return heard.filter(({ symbol }) => symbols.includes(symbol));
  };
  const exchange = { snapshot: async () => aMarket({ lastCents: null }) };
  const tables = { batchGet } as unknown as Pick<Tables, 'batchGet'>;
  const gateway = createStockPricesGateway(tables, 'StockPrices', exchange, () => clock.nowMs);
  return { gateway, clock, reads, fault };
}

describe('the gateway to stock prices', () => {
  it('tells prices at the age at which the feed told them', async () => {
    const { gateway, clock } = aGateway();
    clock.nowMs = NOON + 60_000;
    expect(await gateway.snapshot('PETR4')).toEqual({
      lastCents: 3_010,
      previousCloseCents: 3_000,
      bidCents: 2_999,
      askCents: null,
      atMs: NOON,
    });
  });

  it('reads once a second, all that was asked for in the second before', async () => {
    const { gateway, clock, reads } = aGateway();
    for (const symbol of ['PETR4', 'VALE3', 'PETR4', 'VALE3']) await gateway.snapshot(symbol);
    expect(reads).toEqual([['PETR4'], ['VALE3']]);
    clock.nowMs = NOON + 1_000;
    for (const symbol of ['VALE3', 'PETR4']) await gateway.snapshot(symbol);
    expect(reads.slice(2)).toEqual([['PETR4', 'VALE3']]);
  });

  it('asks the exchange for what the feed has never told of', async () => {
    const { gateway } = aGateway();
    expect((await gateway.snapshot('ABEV3'))?.lastCents).toBeNull();
  });

  it('does not keep a failure', async () => {
    const { gateway, fault } = aGateway();
    fault.isOn = true;
    await expect(gateway.snapshot('PETR4')).rejects.toThrow('throttled');
    fault.isOn = false;
    expect((await gateway.snapshot('PETR4'))?.lastCents).toBe(3_010);
  });
});
