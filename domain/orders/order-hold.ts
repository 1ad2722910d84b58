import type { CalendarDate } from '../calendar/instant.ts';
import { feeRatesOn } from '../fees/fee-schedule.ts';
import { type Shares, shares, ZERO_SHARES } from '../instruments/shares.ts';
import { type Cents, cents, maxCents, ZERO_CENTS } from '../money/cents.ts';
import { buyReserve } from '../risk/reserve.ts';
import type { Order } from './order.ts';
import { fillableQuantity } from './order-quantities.ts';
import { hasEnded } from './status.ts';

/** What an order holds of its client: money of a purchase (K), shares of a sale. */
export interface Hold {
  readonly moneyCents: Cents;
  readonly quantity: Shares;
}

const NO_HOLD: Hold = { moneyCents: ZERO_CENTS, quantity: ZERO_SHARES };

export function currentHold(order: Order): Hold {
  return { moneyCents: order.blockedCents, quantity: order.blockedQuantity };
}

/**
 * What the order must hold as it now stands; every change moves the difference. While a replacement is pending, both
 * the old and the new terms may be filled, so the greater quantity is held at the dearer price.
 * The rates and C are those of the last date on which it was filled: on a new day K can only be lower, so what is held suffices.
 */
export function requiredHold(order: Order): Hold {
  if (order.exchangeState === 'UNSENT' || hasEnded(order.status)) return NO_HOLD;
  const { quantity, reservePriceCents } = worstTerms(order);
  const fillable = fillableQuantity(order, quantity);
  if (order.side === 'SELL') return { moneyCents: ZERO_CENTS, quantity: fillable };
  const feeDate = lastFillDate(order) ?? order.tradeDate;
  const alreadyFilled = order.grossCentsByTradeDate[feeDate] ?? ZERO_CENTS;
  const rates = feeRatesOn(feeDate, order.feeBand);
  return { moneyCents: buyReserve(fillable, reservePriceCents, alreadyFilled, rates), quantity: ZERO_SHARES };
}

/** What a change of the order moves into what is blocked; negative: gives back. */
export function holdDifference(from: Hold, to: Hold): Hold {
  return {
    moneyCents: cents(to.moneyCents - from.moneyCents),
    quantity: shares(to.quantity - from.quantity),
  };
}

function worstTerms(order: Order): { quantity: Shares; reservePriceCents: Cents } {
  const quantity = order.quantity;
  const reservePriceCents = order.reservePriceCents ?? ZERO_CENTS;
  if (order.pendingRequest?.kind !== 'REPLACE') return { quantity, reservePriceCents };
  const { otherTerms } = order.pendingRequest;
  return {
    quantity: shares(Math.max(quantity, otherTerms.quantity)),
    reservePriceCents: maxCents(reservePriceCents, otherTerms.reservePriceCents ?? ZERO_CENTS),
  };
}

function lastFillDate(order: Order): CalendarDate | undefined {
  return Object.keys(order.grossCentsByTradeDate).sort().at(-1) as CalendarDate | undefined;
}
