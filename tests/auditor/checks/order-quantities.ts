import type { ExecutionReport } from '@brokerage/contracts/exchange';
import type { Books, OrderRecord } from '../books.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy, sumOf } from '../grouping.ts';
import { hasEnded } from '../order-states.ts';

/** CumQty is the sum of the fills; CumQty + LeavesQty = OrderQty while an order lives; both sides agree on whether it does. */
export const ORDER_QUANTITIES: Check = { name: 'order quantities', findIn };

function* findIn({ orders, fills, executions }: Books): Generator<Doubt> {
  const fillsOf = groupBy(fills, (fill) => fill.orderId);
  const reportsOf = groupBy(executions, (report) => report.firstClOrdId);
  for (const order of orders) {
    const own = fillsOf.get(order.orderId) ?? [];
    const standing = sumOf(own, ({ quantity, isBusted }) => (isBusted ? 0 : quantity));
    yield* mustEqual(order.orderId, 'CumQty', order.filledQuantity, standing + order.bustedQuantity);
    yield* statusOfQuantities(order);
    const ids = own.map(({ executionId }) => executionId).sort();
    if (ids.join() !== [...order.executionIds].sort().join()) {
      yield { subject: order.orderId, detail: `lists the executions ${order.executionIds}, and has the fills ${ids}` };
    }
    yield* lastWord(order, reportsOf.get(order.orderId) ?? []);
  }
}

function* statusOfQuantities({ orderId, status, quantity, filledQuantity, side }: OrderRecord): Generator<Doubt> {
  const what = `${side} ${filledQuantity} of ${quantity} is ${status}`;
  if (filledQuantity > quantity) yield { subject: orderId, detail: `${what}: more than was asked for` };
  if (filledQuantity >= quantity !== (status === 'FILLED')) yield { subject: orderId, detail: what };
  const impossible = filledQuantity > 0 ? ['NEW', 'PENDING_NEW', 'REJECTED'] : ['PARTIALLY_FILLED'];
  if (impossible.includes(status)) yield { subject: orderId, detail: what };
}

function* lastWord(order: OrderRecord, reports: readonly ExecutionReport[]): Generator<Doubt> {
  const { orderId, status, exchangeState } = order;
  const last = reports
    .filter(saysHowItStands)
    .sort((a, b) => a.seq - b.seq)
    .at(-1);
  if (!last) {
    if (exchangeState === 'WORKING') yield { subject: orderId, detail: `is ${status}, and the exchange never had it` };
    return;
  }
  const isAliveThere = last.leavesQty > 0;
  if (isAliveThere === hasEnded(status)) {
    yield { subject: orderId, detail: `is ${status} here and ${last.ordStatus} at the exchange` };
  }
  yield* mustEqual(orderId, 'CumQty', order.filledQuantity, Math.max(...reports.map(({ cumQty }) => cumQty)));
  if (!isAliveThere) return;
  yield* mustEqual(orderId, 'CumQty + LeavesQty at the exchange', last.cumQty + last.leavesQty, last.orderQty);
  if (status !== 'PENDING_REPLACE') yield* mustEqual(orderId, 'OrderQty', order.quantity, last.orderQty);
}

/** A refusal of a request about an order that the exchange does not know has no quantities; a tombstone is its end. */
function saysHowItStands({ execType, orderQty }: ExecutionReport): boolean {
  return orderQty > 0 || execType === 'CANCELED';
}
