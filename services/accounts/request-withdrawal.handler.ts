import { ROUTES } from '@brokerage/contracts/routes/routes';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createQueue } from '../platform/queue.ts';
import { tradingCalendarOf } from '../platform/trading-calendar-config.ts';
import { CASH_VARIABLES, createCashStores } from './cash-wiring.ts';
import { requestWithdrawal } from './request-withdrawal.ts';

const config = readConfig([...CASH_VARIABLES, 'PAYOUTS_QUEUE_URL', 'TRADING_CALENDAR']);
const ports = {
  ...createCashStores(config),
  payouts: createQueue(sqs, config.PAYOUTS_QUEUE_URL),
  calendar: tradingCalendarOf(config.TRADING_CALENDAR),
  onNotQueued: (withdrawalId: string, error: unknown) => log.error('payout not queued', error, { withdrawalId }),
};

export const handler = apiHandler(ROUTES.requestWithdrawal, ({ caller, body, idempotencyKey, nowMs }) => {
  const request = { accountId: accountId(caller.accountId), amountCents: body.amount, idempotencyKey };
  return requestWithdrawal({ ...request, nowMs: epochMs(nowMs) }, ports);
});
