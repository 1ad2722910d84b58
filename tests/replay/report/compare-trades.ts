import type { OrderView } from '@brokerage/contracts/rest/orders';
import type { DayPlan } from '../plan/day-plan.ts';
import type { RecordedTrade } from '../plan/recorded-trades.ts';
import type { ReplayedTrade } from './replayed-trades.ts';

/** How a trade of the file and one of the replay relate. A trade is known by its two orders. */
export const TRADE_CLASSES = {
  SAME: 'same two orders, quantity and price',
  OTHER_PRICE: 'same two orders and quantity, other price',
  OTHER_QUANTITY: 'same two orders and price, other quantity',
  OTHER_BOTH: 'same two orders, other quantity and price',
  MISSING_NO_ORDER: 'missing here: one of its orders was refused',
  MISSING_MARKET: 'missing here: one of its orders is a market order',
  MISSING: 'missing here: follows from an earlier difference',
  EXTRA_CLOSING_CALL: 'extra here: in the closing call, where B3 only collects orders for its auction',
  EXTRA_MARKET: 'extra here: one of its orders is a market order',
  EXTRA: 'extra here: follows from an earlier difference',
} as const;
export type TradeClass = keyof typeof TRADE_CLASSES;

/** Each recorded and each replayed trade counts once; a pair that relates counts as one. */
export function compareTrades(
  { trades: recorded, orders: planned, lanes }: DayPlan,
  replayed: readonly ReplayedTrade[],
  finalOrders: ReadonlyMap<string, OrderView>,
): ReadonlyMap<TradeClass, number> {
  const counts = new Map<TradeClass, number>();
  const count = (name: TradeClass) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const isOfClosingCall = closingCallTest(lanes);
  const isMarket = (orderNumber: string) => planned.get(orderNumber)?.isMarket === true;
  const isRefused = (orderNumber: string) => (finalOrders.get(orderNumber)?.status ?? 'REJECTED') === 'REJECTED';
  const left = Map.groupBy(replayed, pairOf);
  for (const [pair, ofPair] of Map.groupBy(recorded, pairOf)) {
    const { classes, unmatched } = matchPair(ofPair, left.get(pair) ?? []);
    left.set(pair, unmatched.replayed);
    for (const name of classes) count(name);
    for (const trade of unmatched.recorded) count(missingClass(ordersOf(trade), isRefused, isMarket));
  }
  for (const trade of [...left.values()].flat()) count(extraClass(ordersOf(trade), isOfClosingCall, isMarket));
  return counts;
}

type OrderTest = (orderNumber: string) => boolean;

function missingClass(orders: readonly string[], isRefused: OrderTest, isMarket: OrderTest): TradeClass {
  if (orders.some(isRefused)) return 'MISSING_NO_ORDER';
  return orders.some(isMarket) ? 'MISSING_MARKET' : 'MISSING';
}

function extraClass(orders: readonly string[], isOfClosingCall: OrderTest, isMarket: OrderTest): TradeClass {
  if (orders.some(isOfClosingCall)) return 'EXTRA_CLOSING_CALL';
  return orders.some(isMarket) ? 'EXTRA_MARKET' : 'EXTRA';
}

function ordersOf({ buyOrder, sellOrder }: RecordedTrade | ReplayedTrade): readonly string[] {
  return [buyOrder, sellOrder];
}

function pairOf({ buyOrder, sellOrder }: RecordedTrade | ReplayedTrade): string {
  return `${buyOrder} ${sellOrder}`;
}

type Likeness = (one: RecordedTrade, other: ReplayedTrade) => boolean;
const LIKENESSES: readonly (readonly [TradeClass, Likeness])[] = [
  ['SAME', (one, other) => one.quantity === other.quantity && one.priceCents === other.priceCents],
  ['OTHER_PRICE', (one, other) => one.quantity === other.quantity],
  ['OTHER_QUANTITY', (one, other) => one.priceCents === other.priceCents],
  ['OTHER_BOTH', () => true],
];

/** Between the same two orders there may be several trades: the most alike belong together. */
function matchPair(recorded: readonly RecordedTrade[], replayed: readonly ReplayedTrade[]) {
  const rest = [...replayed];
  let waiting = [...recorded];
  const classes: TradeClass[] = [];
  for (const [name, isAlike] of LIKENESSES) {
    waiting = waiting.filter((trade) => {
      const at = rest.findIndex((other) => isAlike(trade, other));
      if (at < 0) return true;
      rest.splice(at, 1);
      classes.push(name);
      return false;
    });
  }
  return { classes, unmatched: { recorded: waiting, replayed: rest } };
}

/** The call begins when orders that were meant for it enter the book; a file without such orders does not tell. */
function closingCallTest(lanes: DayPlan['lanes']): OrderTest {
  const entries = [...lanes.values()].flat().filter(({ action }) => action.kind === 'PLACE');
  const forCall = entries.filter(({ action }) => action.kind === 'PLACE' && action.entry === 'AT_CLOSING_CALL');
  const startsMs = forCall.reduce((least, { timeMs }) => Math.min(least, timeMs), Number.POSITIVE_INFINITY);
  const entered = new Set(entries.filter(({ timeMs }) => timeMs >= startsMs).map(({ orderNumber }) => orderNumber));
  return (orderNumber) => entered.has(orderNumber);
}
