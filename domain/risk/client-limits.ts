import { type Shares, shares } from '../instruments/shares.ts';
import { type Cents, cents } from '../money/cents.ts';

/** ACTIVE trades; RESTRICTED (a debt) neither buys nor withdraws; BLOCKED and CLOSED do nothing. */
export type AccountState = 'ACTIVE' | 'RESTRICTED' | 'BLOCKED' | 'CLOSED';

/** What one order of a client may be at most. */
export interface ClientLimits {
  readonly maxOrderQuantity: Shares;
  readonly maxOrderValueCents: Cents;
}

export const DEFAULT_CLIENT_LIMITS: ClientLimits = {
  maxOrderQuantity: shares(1_000_000),
  maxOrderValueCents: cents(500_000_000),
};

/** Compliance hears of an order strictly above R$ 100,000.00, at acceptance or at the amendment that crosses it. */
const LARGE_ORDER_CENTS: Cents = cents(10_000_000);

export function isLargeOrder(orderValue: Cents): boolean {
  return orderValue > LARGE_ORDER_CENTS;
}

export function mayTrade(state: AccountState, side: 'BUY' | 'SELL'): boolean {
  return state === 'ACTIVE' || (state === 'RESTRICTED' && side === 'SELL');
}
