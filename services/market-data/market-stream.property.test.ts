import type { MarketTick } from '@brokerage/contracts/market-feed';
import { averageWindowStart } from '@brokerage/domain/market-data/moving-average';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrices } from './average-prices.ts';
import { gatherTicks } from './average-window.ts';
import { MemoryMarketTables } from './testing/memory-stores.ts';
import { ticksOf } from './testing/ticks.ts';
import { updateCandles } from './update-candles.ts';
import { updatePrices } from './update-prices.ts';

const ARRIVED_MS = 1;

const someTicks = fc
  .array(
    fc.record({
      symbol: fc.constantFrom('PETR4', 'VALE3'),
      priceCents: fc.integer({ min: 2_700, max: 3_300 }),
      quantity: fc.integer({ min: 1, max: 900 }),
      afterMs: fc.integer({ min: 0, max: 45_000 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((trades) => ticksOf(trades));

/** Batches as an unlucky stream brings them: every tick at least once, some again, in any order; and writes that crash on the way. */
const unluckyBatches = someTicks.chain((ticks) =>
  fc
    .array(fc.constantFrom(...ticks), { maxLength: 10 })
    .chain((repeats) => {
      const all = [...ticks, ...repeats];
      const faults = fc.array(fc.constantFrom('BEFORE' as const, 'AFTER' as const, null, null), { maxLength: 20 });
      return fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.integer({ min: 1, max: 8 }), faults);
    })
    .map(([arrived, size, faults]) => ({ ticks, batches: chunks(arrived, size), faults })),
);

function chunks(ticks: readonly MarketTick[], size: number): readonly (readonly MarketTick[])[] {
  return Array.from({ length: Math.ceil(ticks.length / size) }, (_none, index) =>
    ticks.slice(index * size, (index + 1) * size),
  );
}

/** As Lambda does it: a batch that failed comes again, whole. Faults run out, so that it ends. */
async function untilDone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    const failed = await work().then(
      () => false,
      (error: Error) => {
        if (!error.message.startsWith('crashed')) throw error;
        return true;
      },
    );
    if (!failed) return;
  }
}

describe('under duplicates, disorder and crashes', () => {
  it('prices are those of the newest tick', async () => {
    await fc.assert(
      fc.asyncProperty(unluckyBatches, async ({ ticks, batches, faults }) => {
        const tables = new MemoryMarketTables();
        tables.failNext(faults);
        for (const batch of batches) await untilDone(() => updatePrices(batch, ARRIVED_MS, tables.prices));
        const newest = new Map(ticks.map((tick) => [tick.symbol, tick.seq]));
        const kept = [...tables.priceItems.values()].map(({ symbol, seq }) => [symbol, seq]);
        expect(new Map(kept as [string, number][])).toEqual(newest);
      }),
    );
  });

  it('candles are as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(unluckyBatches, async ({ ticks, batches, faults }) => {
        const [smooth, tables] = [new MemoryMarketTables(), new MemoryMarketTables()];
        await updateCandles(ticks, smooth.candles);
        tables.failNext(faults);
        for (const batch of batches) await untilDone(() => updateCandles(batch, tables.candles));
        expect(unversioned(tables)).toEqual(unversioned(smooth));
      }),
    );
  });

  it('the average is what the raw trades give', async () => {
    await fc.assert(
      fc.asyncProperty(unluckyBatches, async ({ ticks, batches, faults }) => {
        const tables = new MemoryMarketTables();
        tables.failNext(faults);
        for (const batch of batches) await untilDone(() => averagePrices(gatherTicks({}, batch), tables));
        // A window that brought only old ticks leaves the average to the next one, and ticks come every second.
        tables.failNext([]);
        const newest = [...new Map(ticks.map((tick) => [tick.symbol, tick])).values()];
        await averagePrices(gatherTicks({}, newest), tables);
        for (const tick of newest) {
          const average = tables.averageItems.get(tick.symbol);
          expect(average).toEqual({ seq: tick.seq, atMs: tick.timeMs, averageCents: rawMean(ticks, tick) });
        }
      }),
    );
  });
});

function unversioned({ stored }: MemoryMarketTables): ReadonlyMap<string, unknown> {
  return new Map([...stored].map(([key, { version: _version, ...candle }]) => [key, candle]));
}

/** Of the trades of the last five minutes before a tick, straight from the stream. */
function rawMean(ticks: readonly MarketTick[], { symbol, timeMs }: MarketTick): number {
  const prices = ticks.flatMap((tick) =>
    tick.symbol === symbol && tick.trade && tick.timeMs >= averageWindowStart(timeMs) ? [tick.trade.priceCents] : [],
  );
  return Math.round(prices.reduce((sum, price) => sum + price, 0) / prices.length);
}

describe('what is written', () => {
  const trade = { symbol: 'PETR4', priceCents: 3_000, quantity: 100, afterMs: 1 };
  const ticks = ticksOf(Array.from({ length: 200 }, () => trade));

  it('is one price a symbol, however many ticks came', async () => {
    const tables = new MemoryMarketTables();
    await updatePrices(ticks, ARRIVED_MS, tables.prices);
    expect(tables.writes).toBe(1);
  });

  it('is each candle once, and nothing when the batch comes again', async () => {
    const tables = new MemoryMarketTables();
    for (let time = 0; time < 2; time += 1) await updateCandles(ticks, tables.candles);
    expect([...tables.stored.keys()].sort()).toHaveLength(3);
    expect(tables.writes).toBe(3);
  });

  it('is nothing of ticks without a trade but the average, for as long as there is one', async () => {
    const tables = new MemoryMarketTables();
    const [first] = ticksOf([trade]) as [MarketTick];
    await averagePrices(gatherTicks({}, [first]), tables);
    expect(tables.averageItems.get('PETR4')?.averageCents).toBe(3_000);
    const quietAfter = (afterMs: number) => ({ ...first, seq: 2, trade: null, timeMs: first.timeMs + afterMs });
    await averagePrices(gatherTicks({}, [quietAfter(290_000)]), tables);
    expect(tables.averageItems.get('PETR4')).toMatchObject({ seq: 2, averageCents: 3_000 });
    expect(gatherTicks({}, [quietAfter(300_000)])).toEqual({});
    await updateCandles([quietAfter(0)], tables.candles);
    expect(tables.stored.size).toBe(0);
  });
});
