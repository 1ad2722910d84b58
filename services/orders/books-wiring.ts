import { epochMs } from '@brokerage/domain/calendar/instant';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { sha256Hex } from '../platform/identity.ts';
import { log } from '../platform/log.ts';
import { countMetric } from '../platform/metric.ts';
import { createTables } from '../platform/tables.ts';
import { tradingCalendarOf } from '../platform/trading-calendar-config.ts';
import type { BookingTools, UncoveredAlarm } from './book-reports.ts';
import type { DecisionTools } from './decide.ts';
import { createOrdersStore } from './dynamo-orders-store.ts';

/** Environment variables of every function that changes orders. */
export const BOOK_VARIABLES = [
  'ORDERS_TABLE',
  'ACCOUNTS_TABLE',
  'LEDGER_TABLE',
  'AUDIT_TABLE',
  'TRADING_CALENDAR',
] as const;
type BookConfig = Readonly<Record<(typeof BOOK_VARIABLES)[number], string>>;

export const tables = createTables(dynamodb);

export function decisionTools(calendar: string): DecisionTools {
  return { now: () => epochMs(Date.now()), hash: sha256Hex, calendar: tradingCalendarOf(calendar) };
}

/** The orders and their books as a function's environment has them. */
export function createBookingTools(config: BookConfig): BookingTools {
  const names = {
    orders: config.ORDERS_TABLE,
    accounts: config.ACCOUNTS_TABLE,
    ledger: config.LEDGER_TABLE,
    audit: config.AUDIT_TABLE,
  };
  return { ...decisionTools(config.TRADING_CALENDAR), store: createOrdersStore(tables, names), onUncovered };
}

/** A fill beyond what was blocked is in the books as the client's debt; a person must look at it. */
const onUncovered: UncoveredAlarm = ({ orderId, accountId, correlationId }, uncoveredCents) => {
  log.warn('fill beyond what was blocked', { orderId, accountId, correlationId, uncoveredCents });
  countMetric('UncoveredFills', Date.now(), { orderId });
};
