import type { Books } from './books.ts';
import { AUDIT_CHAIN } from './checks/audit-chain.ts';
import { BALANCES } from './checks/balances.ts';
import { ENTRY_SUMS } from './checks/entry-sums.ts';
import { FEES } from './checks/fees.ts';
import { FILLS_AT_EXCHANGE } from './checks/fills-at-exchange.ts';
import { FILLS_IN_LEDGER } from './checks/fills-in-ledger.ts';
import { IDEMPOTENCY } from './checks/idempotency.ts';
import { IDENTITIES } from './checks/identities.ts';
import { ORDER_HISTORY } from './checks/order-history.ts';
import { ORDER_QUANTITIES } from './checks/order-quantities.ts';
import { POSITIONS } from './checks/positions.ts';
import { PUBLICATION } from './checks/publication.ts';
import { RESERVES } from './checks/reserves.ts';
import { stuckOrders } from './checks/stuck-orders.ts';
import { TRANSFERS } from './checks/transfers.ts';
import type { Check, Finding } from './finding.ts';

/** Every accepted order moves on within this time of readiness. */
const MAX_TRANSITIONAL_MS = 90_000;

export const CHECKS: readonly Check[] = [
  ENTRY_SUMS,
  BALANCES,
  POSITIONS,
  IDENTITIES,
  RESERVES,
  FEES,
  FILLS_IN_LEDGER,
  FILLS_AT_EXCHANGE,
  ORDER_QUANTITIES,
  AUDIT_CHAIN,
  ORDER_HISTORY,
  IDEMPOTENCY,
  TRANSFERS,
  PUBLICATION,
  stuckOrders(MAX_TRANSITIONAL_MS),
];

/** All that does not add up, in the order of the checks. */
export function auditBooks(books: Books): Finding[] {
  return CHECKS.flatMap(({ name, findIn }) => [...findIn(books)].map((doubt) => ({ check: name, ...doubt })));
}
