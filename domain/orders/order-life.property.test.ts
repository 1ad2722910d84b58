import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../audit/audit-event.ts';
import { testHash } from '../testing/builders.ts';
import { ModelBrokerage } from '../testing/model-brokerage.ts';
import { leavesQuantity, missingQuantity } from './order-quantities.ts';
import { hasEnded } from './status.ts';

type Step = (world: ModelBrokerage) => void;

const price = fc.integer({ min: 2500, max: 3500 });
const lots = fc.integer({ min: 1, max: 9 });
const which = fc.nat({ max: 5 });

const deposit = fc.integer({ min: 1, max: 5_000_000 }).map(
  (amount): Step =>
    (world) =>
      world.deposit(amount),
);
const withdraw = fc.integer({ min: 1, max: 1_000_000 }).map(
  (amount): Step =>
    (world) =>
      world.withdraw(amount),
);
const place = fc.record({ isBuy: fc.boolean(), isMarket: fc.boolean(), lots, price }).map(
  (terms): Step =>
    (world) =>
      world.place(terms),
);
const fill = fc.record({ which, lots, improvement: fc.nat({ max: 200 }) }).map(
  (trade): Step =>
    (world) =>
      world.exchange.fill(world.pick(trade.which)?.orderId ?? '', trade.lots, trade.improvement),
);
const cancel = fc.record({ which, arrives: fc.boolean() }).map(
  ({ which, arrives }): Step =>
    (world) =>
      world.cancel(world.pick(which), arrives),
);
const replace = fc.record({ which, lots, price, isWilling: fc.boolean() }).map(
  (wanted): Step =>
    (world) =>
      world.replace(world.pick(wanted.which), wanted),
);
const expire = which.map(
  (index): Step =>
    (world) =>
      world.exchange.expire(world.pick(index)?.orderId ?? ''),
);
const settle = fc.constant<Step>((world) => world.book.settleAll());
/** Some reports so far: late, again, in any order. */
const hear = fc.array(fc.nat({ max: 99 }), { maxLength: 8 }).map(
  (picks): Step =>
    (world) => {
      const { reports } = world.exchange;
      world.hear(picks.flatMap((pick) => reports[pick % (reports.length || 1)] ?? []));
    },
);

const step = fc.oneof(
  { weight: 1, arbitrary: fc.oneof(deposit, withdraw, settle, expire) },
  { weight: 2, arbitrary: place },
  { weight: 1, arbitrary: cancel },
  { weight: 2, arbitrary: replace },
  { weight: 4, arbitrary: fill },
  { weight: 4, arbitrary: hear },
);

/** I1 to I4, no fill dearer than what it released, and CumQty + LeavesQty = OrderQty while an order lives. */
function expectSound({ book }: ModelBrokerage): void {
  book.prove();
  expect(book.uncoveredCents).toBe(0);
  for (const order of book.orders.values()) {
    if (!hasEnded(order.status)) expect(order.filledQuantity + leavesQuantity(order)).toBe(order.quantity);
  }
}

function expectAllHeard(world: ModelBrokerage): void {
  for (const order of world.book.orders.values()) {
    expect(order.filledQuantity).toBe(world.exchange.cumulative(order.orderId));
    expect(missingQuantity(order)).toBe(0);
  }
}

describe('any life of any orders', () => {
  it('keeps the books sound at every step, and ends as the exchange says', () => {
    const lives = fc.array(step, { minLength: 10, maxLength: 60 });
    const property = fc.property(lives, fc.infiniteStream(fc.nat()), (steps, noise) => {
      const world = new ModelBrokerage();
      for (const run of steps) {
        run(world);
        expectSound(world);
      }
      const shuffled = world.exchange.reports
        .map((report) => ({ report, rank: Number(noise.next().value) }))
        .toSorted((a, b) => a.rank - b.rank);
      world.hear(shuffled.map(({ report }) => report));
      world.book.settleAll();
      expectSound(world);
      expectAllHeard(world);
      for (const events of world.events.values()) expect(verifyChain(events, testHash)).toEqual({ ok: true });
    });
    fc.assert(property, { numRuns: 400 });
  });
});
