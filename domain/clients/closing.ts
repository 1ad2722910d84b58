import type { Balance } from '../ledger/balance.ts';

/** What stands against the closing of an account, the weightiest first. */
export const CLOSING_OBSTACLES = [
  'DEBT',
  'OPEN_ORDERS',
  'BLOCKED_MONEY',
  'PAYABLE',
  'RECEIVABLE',
  'PENDING_TRANSFERS',
  'MONEY',
  'SHARES',
] as const;
export type ClosingObstacle = (typeof CLOSING_OBSTACLES)[number];

export interface AccountContents {
  readonly balance: Pick<Balance, 'availableCents' | 'blockedCents' | 'receivableCents' | 'payableCents'>;
  readonly hasShares: boolean;
  readonly hasOpenOrders: boolean;
  /** Money that is on its way between the client and the brokerage. */
  readonly hasPendingTransfers: boolean;
}

/** Why an account cannot be closed yet; null when nothing is in it and nothing on its way. */
export function closingObstacle(contents: AccountContents): ClosingObstacle | null {
  const { availableCents, blockedCents, receivableCents, payableCents } = contents.balance;
  const found: Readonly<Record<ClosingObstacle, boolean>> = {
    DEBT: availableCents < 0,
    OPEN_ORDERS: contents.hasOpenOrders,
    BLOCKED_MONEY: blockedCents !== 0,
    PAYABLE: payableCents !== 0,
    RECEIVABLE: receivableCents !== 0,
    PENDING_TRANSFERS: contents.hasPendingTransfers,
    MONEY: availableCents > 0,
    SHARES: contents.hasShares,
  };
  return CLOSING_OBSTACLES.find((obstacle) => found[obstacle]) ?? null;
}
