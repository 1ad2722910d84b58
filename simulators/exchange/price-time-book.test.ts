import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NaiveBook } from '../testing/naive-book.ts';
import { type BookOrder, PriceTimeBook } from './price-time-book.ts';

const SEED = 20_261_124;

function sale(id: string, fields: Partial<BookOrder> = {}): BookOrder {
  return { id, account: `account of ${id}`, side: 'SELL', quantity: 100, limitCents: 3000, rests: true, ...fields };
}

function purchase(quantity: number, fields: Partial<BookOrder> = {}): BookOrder {
  return { id: 'incoming', account: 'ana', side: 'BUY', quantity, limitCents: 3000, rests: false, ...fields };
}

function bookOf(...orders: BookOrder[]): PriceTimeBook {
  const book = new PriceTimeBook();
  for (const order of orders) book.execute(order);
  return book;
}

const restingIds = (book: PriceTimeBook, quantity: number) =>
  book.execute(purchase(quantity)).trades.map(({ restingId }) => restingId);

test('the best price trades first, and the oldest within a price, at the resting price', () => {
  const book = bookOf(
    sale('late', { limitCents: 2999 }),
    sale('first'),
    sale('second'),
    sale('best', { limitCents: 2998 }),
  );
  expect(book.execute(purchase(350))).toEqual({
    trades: [
      { restingId: 'best', quantity: 100, priceCents: 2998 },
      { restingId: 'late', quantity: 100, priceCents: 2999 },
      { restingId: 'first', quantity: 100, priceCents: 3000 },
      { restingId: 'second', quantity: 50, priceCents: 3000 },
    ],
    leavesQty: 0,
    selfTrade: false,
  });
  expect(book.resting('second')).toBe(50);
});

test('a decrease keeps the place in the queue and its quantity', () => {
  const book = bookOf(sale('first', { quantity: 300 }), sale('second'));
  book.decrease('first', 100);
  expect(book.best('SELL')).toEqual({ priceCents: 3000, quantity: 200 });
  expect(restingIds(book, 150)).toEqual(['first', 'second']);
});

test('taken out and put back, an order stands last', () => {
  const book = bookOf(sale('first'), sale('second'));
  book.remove('first');
  book.execute(sale('first'));
  expect(restingIds(book, 150)).toEqual(['second', 'first']);
});

test('what does not trade is dropped unless it rests', () => {
  const book = bookOf(sale('only'));
  expect(book.execute(purchase(300)).leavesQty).toBe(200);
  expect(book.best('BUY')).toBeUndefined();
  expect(book.execute(purchase(300, { rests: true })).leavesQty).toBe(300);
  expect(book.best('BUY')).toEqual({ priceCents: 3000, quantity: 300 });
});

test('an order stops in front of its own account, after trading with those before', () => {
  const book = bookOf(sale('other'), sale('own', { account: 'ana' }), sale('behind'));
  expect(book.fillable(purchase(300), 300)).toBe(100);
  const result = book.execute(purchase(300, { rests: true }));
  expect(result).toMatchObject({ leavesQty: 200, selfTrade: true, trades: [{ restingId: 'other', quantity: 100 }] });
  expect(book.best('BUY')).toBeUndefined();
  expect(book.best('SELL')).toEqual({ priceCents: 3000, quantity: 200 });
});

test.each([
  [{ limitCents: 2998 }, 0],
  [{ limitCents: 3000 }, 200],
  [{ limitCents: 3002 }, 300],
])('fillable counts what the limit %o reaches', (fields, expected) => {
  const book = bookOf(sale('a'), sale('b'), sale('c', { limitCents: 3002 }));
  expect(book.fillable(purchase(500, fields), 500)).toBe(expected);
});

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('execute' as const),
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      account: fc.constantFrom('a', 'b', 'c', 'd'),
      quantity: fc.integer({ min: 1, max: 20 }),
      limitCents: fc.integer({ min: 2995, max: 3005 }),
      rests: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), target: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('decrease' as const),
      target: fc.nat(),
      by: fc.integer({ min: 1, max: 5 }),
    }),
  },
);

test('it does what a naive book does, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const fast = new PriceTimeBook();
      const naive = new NaiveBook();
      steps.forEach((each, index) => {
        if (each.kind === 'execute') {
          const order = { ...each, id: `o${index}` };
          expect(fast.execute(order)).toEqual(naive.execute(order));
          expect(fast.resting(order.id)).toBe(naive.resting(order.id));
          return;
        }
        const id = `o${each.target % (index + 1)}`;
        if (each.kind === 'remove') for (const book of [fast, naive]) book.remove(id);
        const left = naive.resting(id) - (each.kind === 'decrease' ? each.by : 0);
        if (each.kind === 'decrease' && left > 0) for (const book of [fast, naive]) book.decrease(id, left);
        expect(fast.resting(id)).toBe(naive.resting(id));
      });
    }),
    { seed: SEED, numRuns: 300 },
  );
});
