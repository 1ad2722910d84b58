import { describe, expect, it } from 'vitest';
import { auditBooks } from './audit-books.ts';
import type { Books, EventRecord } from './books.ts';
import { anEntry, sampleBooks, sealed } from './testing/sample-books.ts';

type Tampering = (books: Books) => Partial<Books>;

/** The items of which `isMeant` holds, with some fields changed. */
function changed<Item>(items: readonly Item[], isMeant: (item: Item) => boolean, fields: Partial<Item>): Item[] {
  const touched = items.map((item) => (isMeant(item) ? { ...item, ...fields } : item));
  if (!items.some(isMeant)) throw new Error('nothing to tamper with');
  return touched;
}

const isOrder = (id: string) => (item: { readonly orderId: string }) => item.orderId === id;
const ofAccount = (id: string) => (item: { readonly accountId: string }) => item.accountId === id;
const isFill = (id: string) => (item: { readonly executionId: string }) => item.executionId === id;
const isEntry = (id: string) => (item: { readonly entryId: string }) => item.entryId === id;
const isTrade = (id: string) => (item: { readonly execId: string }) => item.execId === id;
const isEvent = (id: string, seq: number) => (item: EventRecord) => item.orderId === id && item.seq === seq;

/** The last event of ORD-A with its order changed, and the whole chain sealed anew. */
function rewritten(books: Books, fields: object): EventRecord[] {
  const own = books.events.filter(isOrder('ORD-A'));
  const order = books.orders.find(isOrder('ORD-A'))!;
  const links = own.map(({ payload }, index) => ({
    ...payload,
    order: { ...order, ...payload.order, ...(index === own.length - 1 ? fields : {}) },
  }));
  return [...books.events.filter((event) => event.orderId !== 'ORD-A'), ...sealed('ORD-A', links)];
}

const TAMPERINGS: readonly (readonly [what: string, check: string, tampering: Tampering])[] = [
  [
    'a posting of one centavo more',
    'entry sums',
    ({ entries }) => ({
      entries: changed(
        entries,
        isEntry('DEPOSIT#E1'),
        anEntry('carla', 'DEPOSIT', 'E1', { 'house.bank': -1, available: 2 }),
      ),
    }),
  ],
  [
    'a share from nowhere',
    'entry sums',
    ({ entries }) => ({ entries: [...entries, anEntry('ana', 'CUSTODY_IN', 'Z', {}, { free: 1 })] }),
  ],
  [
    'an entry booked again at another time',
    'entry sums',
    ({ entries }) => ({ entries: [...entries, ...entries.filter(isEntry('DEPOSIT#E1'))] }),
  ],
  [
    'an entry under the key of another time',
    'entry sums',
    ({ entries }) => ({ entries: changed(entries, isEntry('DEPOSIT#E1'), { atMs: 0 }) }),
  ],
  ['an entry taken out', 'balances', ({ entries }) => ({ entries: entries.filter((e) => !isEntry('DEPOSIT#E1')(e)) })],
  [
    'a centavo more available',
    'balances',
    ({ balances }) => ({ balances: changed(balances, ofAccount('ana'), { availableCents: 99_409_767 }) }),
  ],
  [
    'more buying power than money',
    'balances',
    ({ balances }) => ({ balances: changed(balances, ofAccount('ana'), { buyingPowerCents: 99_999_999 }) }),
  ],
  ['a balance taken out', 'balances', ({ balances }) => ({ balances: balances.filter((b) => !ofAccount('carla')(b)) })],
  [
    'a share more in a position',
    'positions',
    ({ positions }) => ({ positions: changed(positions, ofAccount('bruno'), { freeQuantity: 901 }) }),
  ],
  [
    'shares settled too early',
    'positions',
    ({ positions }) => ({ positions: changed(positions, ofAccount('ana'), { settledQuantity: 100 }) }),
  ],
  [
    'money that nobody paid in, booked in good order',
    'identities I1 to I4',
    ({ entries, balances }) => ({
      entries: [...entries, anEntry('carla', 'DEPOSIT', 'E2', { 'house.bank': -500, available: 500 })],
      balances: changed(balances, ofAccount('carla'), { availableCents: 6_500, buyingPowerCents: 6_500 }),
    }),
  ],
  [
    'a purchase set aside out of the wrong house account',
    'identities I1 to I4',
    ({ entries }) => ({
      entries: [...entries, anEntry('ana', 'FIX', 'Z', { 'house.unsettled': -5, 'house.clearing': 5 })],
    }),
  ],
  [
    'money gone from the bank',
    'identities I1 to I4',
    ({ entries }) => ({ entries: [...entries, anEntry('ana', 'FIX', 'Z', { 'house.bank': 5, 'house.clearing': -5 })] }),
  ],
  [
    'a reserve of one centavo less',
    'reserves',
    ({ orders }) => ({ orders: changed(orders, isOrder('ORD-B'), { blockedCents: 290_084 }) }),
  ],
  [
    'money blocked for no order',
    'reserves',
    ({ entries, balances }) => ({
      entries: [...entries, anEntry('carla', 'BLOCK', 'Z', { available: -1, blocked: 1 })],
      balances: changed(balances, ofAccount('carla'), {
        availableCents: 5_999,
        blockedCents: 1,
        buyingPowerCents: 5_999,
      }),
    }),
  ],
  [
    'shares blocked for no order',
    'reserves',
    ({ positions }) => ({
      positions: changed(positions, ofAccount('bruno'), { freeQuantity: 899, blockedQuantity: 1 }),
    }),
  ],
  [
    'a fill above the limit',
    'reserves',
    ({ orders }) => ({ orders: changed(orders, isOrder('ORD-A'), { limitPriceCents: 3000 }) }),
  ],
  [
    'a fee of one centavo too much',
    'fees',
    ({ fills }) => {
      const charged = { TRADING: 10, CCP: 40, TTA: 4, BROKERAGE: 0, ISS: 0 };
      return { fills: changed(fills, isFill('X1'), { fees: charged, netCents: 180_114 }) };
    },
  ],
  ['a net without its fees', 'fees', ({ fills }) => ({ fills: changed(fills, isFill('X3'), { netCents: 299_900 }) })],
  [
    'an order that shows other fees than its fills',
    'fees',
    ({ orders }) => ({
      orders: changed(orders, isOrder('ORD-C'), { fees: { TRADING: 14, CCP: 67, TTA: 0, BROKERAGE: 0, ISS: 0 } }),
    }),
  ],
  ['a fill taken out', 'fills in the ledger', ({ fills }) => ({ fills: fills.filter((f) => !isFill('X2')(f)) })],
  [
    'a fill booked to another client',
    'fills in the ledger',
    ({ entries }) => ({ entries: changed(entries, isEntry('TRADE#ORD-A#X2'), { accountId: 'carla' }) }),
  ],
  [
    'a fill that is not in the ledger',
    'fills in the ledger',
    ({ entries }) => ({ entries: entries.filter((e) => !isEntry('TRADE#ORD-C#X3')(e)) }),
  ],
  [
    'another price than the exchange’s',
    'fills at the exchange',
    ({ fills }) => ({ fills: changed(fills, isFill('X3'), { priceCents: 2998 }) }),
  ],
  [
    'another quantity than the exchange’s',
    'fills at the exchange',
    ({ executions }) => ({ executions: changed(executions, isTrade('X2'), { lastQty: 30 }) }),
  ],
  [
    'a trade that is not booked',
    'fills at the exchange',
    ({ executions }) => ({ executions: [...executions, { ...executions.find(isTrade('X3'))!, execId: 'X9', seq: 7 }] }),
  ],
  [
    'a trade of an unknown order out of suspense',
    'fills at the exchange',
    ({ executions }) => ({
      executions: [
        ...executions,
        { ...executions.find(isTrade('X3'))!, firstClOrdId: 'ORD-Z', clOrdId: 'ORD-Z', seq: 7 },
      ],
    }),
  ],
  [
    'a fill that was never traded',
    'fills at the exchange',
    ({ executions }) => ({ executions: executions.filter((report) => !isTrade('X1')(report)) }),
  ],
  [
    'a CumQty beyond the fills',
    'order quantities',
    ({ orders }) => ({ orders: changed(orders, isOrder('ORD-B'), { filledQuantity: 100 }) }),
  ],
  [
    'an order that is dead here and alive at the exchange',
    'order quantities',
    ({ orders }) => ({ orders: changed(orders, isOrder('ORD-B'), { status: 'CANCELED' }) }),
  ],
  [
    'an order that the exchange never had',
    'order quantities',
    ({ executions }) => ({ executions: executions.filter(({ firstClOrdId }) => firstClOrdId !== 'ORD-B') }),
  ],
  [
    'an order of another size at the exchange',
    'order quantities',
    ({ orders }) => ({ orders: changed(orders, isOrder('ORD-B'), { quantity: 200 }) }),
  ],
  [
    'an event changed',
    'audit chain',
    ({ events }) => ({
      events: changed(events, isEvent('ORD-A', 2), { payload: { ...events[1]!.payload, entryIds: [] } }),
    }),
  ],
  ['an event taken out', 'audit chain', ({ events }) => ({ events: events.filter((e) => !isEvent('ORD-A', 2)(e)) })],
  [
    'the last event taken out',
    'audit chain',
    ({ events }) => ({ events: events.filter((e) => !isEvent('ORD-A', 3)(e)) }),
  ],
  [
    'an event changed and sealed anew',
    'audit chain',
    (books) => ({ events: rewritten(books, { clientOrderId: 'another' }) }),
  ],
  [
    'an order changed without an event',
    'audit chain',
    ({ orders }) => ({ orders: changed(orders, isOrder('ORD-B'), { side: 'SELL' }) }),
  ],
  ['a version skipped', 'audit chain', ({ orders }) => ({ orders: changed(orders, isOrder('ORD-B'), { version: 3 }) })],
  [
    'an order taken out',
    'audit chain',
    ({ orders }) => ({ orders: orders.filter((order) => !isOrder('ORD-A')(order)) }),
  ],
  [
    'an order that ended and lives again',
    'order history',
    ({ events }) => {
      const own = events.filter(isOrder('ORD-A')).map((event) => ({ ...event, seq: event.seq + 2 }));
      return {
        events: [
          ...events.filter((event) => !isOrder('ORD-A')(event)),
          ...own.toReversed().map((e, index) => ({ ...e, seq: index + 1 })),
        ],
      };
    },
  ],
  [
    'an entry of an order that no event names',
    'order history',
    ({ entries }) => ({ entries: [...entries, anEntry('ana', 'AMEND', 'ORD-B#3#0', { available: 0, blocked: 0 })] }),
  ],
  [
    'an event that names an entry which is not there',
    'order history',
    ({ entries }) => ({ entries: entries.filter((e) => !isEntry('BLOCK#ORD-B#2#0')(e)) }),
  ],
  [
    'two orders of one key',
    'idempotency',
    ({ orders }) => ({ orders: changed(orders, isOrder('ORD-B'), { clientOrderId: 'client-ORD-A' }) }),
  ],
  [
    'a key that names no order',
    'idempotency',
    ({ keys }) => ({ keys: [...keys, { orderId: 'KEY#ana#other', acceptedOrderId: 'ORD-Z' }] }),
  ],
  [
    'a payment that is credited and not booked',
    'transfers',
    ({ transfers }) => ({ transfers: [...transfers, { ...transfers[1]!, transferId: 'E2E#E2', endToEndId: 'E2' }] }),
  ],
  [
    'a withdrawal booked as paid and still pending',
    'transfers',
    ({ entries }) => ({
      entries: [
        ...entries,
        anEntry('carla', 'WITHDRAWAL_PAID', 'WDR-1', { 'house.payouts': -4_000, 'house.bank': 4_000 }),
      ],
    }),
  ],
  [
    'a deposit that shows more than was paid',
    'transfers',
    ({ transfers }) => ({ transfers: changed(transfers, ({ kind }) => kind === 'DEPOSIT', { paidCents: 20_000 }) }),
  ],
  [
    'an event that was not published',
    'publication',
    ({ archivedEventIds }) => ({ archivedEventIds: archivedEventIds.slice(1) }),
  ],
  [
    'a published event that was not written',
    'publication',
    ({ archivedEventIds }) => ({ archivedEventIds: [...archivedEventIds, 'ORD-Z#1'] }),
  ],
  [
    'an order that waits for 91 seconds',
    'orders under way',
    ({ orders, nowMs }) => ({
      orders: changed(orders, isOrder('ORD-B'), { status: 'PENDING_NEW', updatedAtMs: nowMs - 91_000 }),
    }),
  ],
];

describe('auditor', () => {
  it('finds nothing in books that add up', () => {
    expect(auditBooks(sampleBooks())).toEqual([]);
  });

  it.each(TAMPERINGS)('finds %s', (_what, check, tampering) => {
    const books = sampleBooks();
    const found = auditBooks({ ...books, ...tampering(books) });
    expect(found.map((finding) => finding.check)).toContain(check);
  });

  it('names what it found and how much is wrong', () => {
    const books = sampleBooks();
    const balances = changed(books.balances, ofAccount('ana'), { payableCents: 300_150 });
    expect(auditBooks({ ...books, balances })).toEqual([
      { check: 'balances', subject: 'ana', detail: 'payable is 300150, should be 300149' },
      { check: 'identities I1 to I4', subject: 'I3 ana', detail: 'P is 300150, should be 300149' },
      { check: 'identities I1 to I4', subject: 'I4', detail: 'money at the bank is 105010000, should be 105010001' },
    ]);
  });
});
