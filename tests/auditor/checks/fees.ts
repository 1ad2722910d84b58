import { type Books, FEE_COMPONENTS, type FillRecord, type OrderRecord } from '../books.ts';
import { feesOn, TARIFF_FROM, totalOf } from '../fee-rates.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy, sumOf } from '../grouping.ts';

/** Fees by the auditor's own arithmetic: of an order on a date, each component is cut once from the sum of its fills. */
export const FEES: Check = { name: 'fees', findIn };

function* findIn({ orders, fills }: Books): Generator<Doubt> {
  const fillsOf = groupBy(fills, (fill) => fill.orderId);
  for (const order of orders) {
    const own = fillsOf.get(order.orderId) ?? [];
    for (const [date, ofDate] of groupBy(own, (fill) => fill.tradeDate)) yield* feesOfDate(order, date, ofDate);
    for (const component of FEE_COMPONENTS) {
      const charged = sumOf(own, (fill) => (fill.isBusted ? 0 : fill.fees[component]));
      yield* mustEqual(order.orderId, `${component} of the order`, order.fees[component], charged);
    }
  }
  for (const fill of fills) yield* netOf(fill);
}

function* feesOfDate({ orderId, feeBand }: OrderRecord, date: string, fills: readonly FillRecord[]): Generator<Doubt> {
  if (date < TARIFF_FROM) yield { subject: orderId, detail: `was filled on ${date}, before any tariff that is known` };
  const right = feesOn(
    sumOf(fills, ({ quantity, priceCents }) => quantity * priceCents),
    feeBand,
  );
  for (const component of FEE_COMPONENTS) {
    const charged = sumOf(fills, (fill) => fill.fees[component]);
    yield* mustEqual(orderId, `${component} of ${date}`, charged, right[component]);
  }
}

function* netOf({
  orderId,
  executionId,
  side,
  quantity,
  priceCents,
  grossCents,
  netCents,
  fees,
}: FillRecord): Generator<Doubt> {
  const subject = `${orderId} fill ${executionId}`;
  const gross = quantity * priceCents;
  yield* mustEqual(subject, 'gross', grossCents, gross);
  yield* mustEqual(subject, 'net', netCents, side === 'BUY' ? gross + totalOf(fees) : gross - totalOf(fees));
}
