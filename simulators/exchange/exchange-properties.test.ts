import type { ExecutionReport } from '@brokerage/contracts/exchange';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anExchange } from '../testing/exchange-fixture.ts';
import { ManualClock } from '../testing/manual-clock.ts';

const SEED = 20_261_124;
const MAX_COMMANDS = 60;

const price = fc.integer({ min: 2990, max: 3010 });
const order = fc.record({
  kind: fc.constant('enter' as const),
  account: fc.constantFrom('a', 'b', 'c'),
  side: fc.constantFrom('BUY' as const, 'SELL' as const),
  terms: fc.oneof(
    fc.record({
      ordType: fc.constant('LIMIT' as const),
      timeInForce: fc.constantFrom('DAY', 'IOC', 'FOK', 'GTC'),
      priceCents: price,
    }),
    fc.record({
      ordType: fc.constant('MARKET' as const),
      timeInForce: fc.constantFrom('DAY', 'IOC', 'FOK'),
      protectionPriceCents: price,
    }),
    fc.record({
      ordType: fc.constant('STOP' as const),
      timeInForce: fc.constantFrom('DAY', 'GTC'),
      stopPriceCents: price,
    }),
  ),
  lots: fc.integer({ min: 1, max: 9 }),
});
const target = fc.nat({ max: MAX_COMMANDS });
const command = fc.oneof(
  { weight: 6, arbitrary: order },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), target }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('replace' as const),
      target,
      lots: fc.integer({ min: 1, max: 9 }),
      priceCents: fc.option(price, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const) }) },
);

/** What every single order's reports must say, in order. */
function checkOrder(reports: readonly ExecutionReport[]): void {
  let cumQty = 0;
  for (const report of reports) {
    if (report.execType === 'TRADE') cumQty += report.lastQty ?? 0;
    expect(report.cumQty).toBe(cumQty);
    const live = report.ordStatus === 'NEW' || report.ordStatus === 'PARTIALLY_FILLED' || report.ordStatus === 'FILLED';
    if (live) expect(report.cumQty + report.leavesQty).toBe(report.orderQty);
    else expect(report.leavesQty).toBe(0);
    if (report.ordStatus === 'FILLED') expect(report.leavesQty).toBe(0);
  }
  expect(new Set(reports.map(({ execId }) => execId)).size).toBe(reports.length);
}

function byKey(reports: readonly ExecutionReport[], key: (report: ExecutionReport) => string): ExecutionReport[][] {
  return [...Map.groupBy(reports, key).values()];
}

test('CumQty + LeavesQty = OrderQty while live, and every trade has a buyer and a seller, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: MAX_COMMANDS }), (commands) => {
      const clock = new ManualClock();
      const exchange = anExchange({ clock });
      commands.forEach((each, index) => {
        const clOrdId = `o${index}`;
        if (each.kind === 'expire') clock.setOffset(clock.offsetMs() + 86_400_000);
        else if (each.kind === 'cancel') exchange.cancel({ clOrdId, origClOrdId: `o${each.target}` });
        else if (each.kind === 'replace') {
          const { target: of, lots, priceCents } = each;
          exchange.replace({ clOrdId, origClOrdId: `o${of}`, quantity: 100 * lots, priceCents });
        } else {
          const { account, side, terms, lots } = each;
          exchange.enter({ clOrdId, account, side, symbol: 'PETR4', quantity: 100 * lots, ...terms });
        }
      });
      exchange.tick();
      exchange.commit();
      const reports = exchange.reportsSince(0, 10_000).map(({ json }): ExecutionReport => JSON.parse(json));
      reports.forEach(({ seq }, index) => {
        expect(seq).toBe(index + 1);
      });
      for (const own of byKey(
        reports.filter(({ symbol }) => symbol !== null),
        (each) => each.firstClOrdId,
      ))
        checkOrder(own);
      const trades = reports.filter(({ execType }) => execType === 'TRADE');
      for (const sides of byKey(trades, ({ execId }) => execId)) {
        expect(sides.map(({ side }) => side).sort()).toEqual(['BUY', 'SELL']);
        expect(new Set(sides.map(({ lastQty, lastPxCents }) => `${lastQty}@${lastPxCents}`)).size).toBe(1);
        expect(new Set(sides.map(({ account }) => account)).size).toBe(2);
      }
    }),
    { seed: SEED, numRuns: 150 },
  );
});
