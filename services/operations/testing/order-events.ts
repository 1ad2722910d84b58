import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';
import { applyExecutionReports } from '@brokerage/domain/orders/apply-execution-reports';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import type { OrderRequest } from '@brokerage/domain/orders/order-request';
import { aContext, acceptedChange, aTrade, reserved } from '@brokerage/domain/testing/builders';

/** The real events of a buy of 100 PETR4 at 30.25 that fills at 30.01 in the given parts: accepted, reserved, reported. */
export function eventsOfFilledOrder(
  parts: readonly number[] = [100],
  request: Partial<OrderRequest> = {},
): OrderEvent[] {
  const accepted = acceptedChange(request);
  const sent = reserved(accepted.order);
  const events = [accepted.event, sent.event];
  let order = sent.order;
  let cumulative = 0;
  for (const [index, quantity] of parts.entries()) {
    cumulative += quantity;
    const trade = aTrade(`X${index + 1}`, quantity, '30.01', cumulative);
    const { change } = applyExecutionReports(order, [trade], aContext({ actor: 'EXCHANGE' }));
    if (!change) throw new Error('the trade changed nothing');
    events.push(change.event);
    order = change.order;
  }
  return events;
}

/** An accepted order whose value is quantity × price. */
export function acceptedOrder(quantity: number, priceCents: number) {
  return acceptedChange({ quantity: shares(quantity), limitPriceCents: cents(priceCents) });
}
