import { ROUTES } from '@brokerage/contracts/routes/routes';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { problem } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createQueue } from '../platform/queue.ts';
import { createTables } from '../platform/tables.ts';
import { tradingCalendarOf } from '../platform/trading-calendar-config.ts';
import { createAccountsStore } from './accounts-store.ts';
import { requestWithdrawal } from './request-withdrawal.ts';
import { createTransfersStore } from './transfers-store.ts';

const config = readConfig([
  'ACCOUNTS_TABLE',
  'LEDGER_TABLE',
  'TRANSFERS_TABLE',
  'PAYOUTS_QUEUE_URL',
  'TRADING_CALENDAR',
]);
const tables = createTables(dynamodb);
const ports = {
  accounts: createAccountsStore(tables, config.ACCOUNTS_TABLE),
  transfers: createTransfersStore(tables, {
    accounts: config.ACCOUNTS_TABLE,
    ledger: config.LEDGER_TABLE,
    transfers: config.TRANSFERS_TABLE,
  }),
  payouts: createQueue(sqs, config.PAYOUTS_QUEUE_URL),
  calendar: tradingCalendarOf(config.TRADING_CALENDAR),
  onNotQueued: (withdrawalId: string, error: unknown) => log.error('payout not queued', error, { withdrawalId }),
};

export const handler = apiHandler(ROUTES.requestWithdrawal, async ({ caller, body, idempotencyKey, nowMs }) => {
  if (idempotencyKey === null) return problem('IDEMPOTENCY_KEY_REQUIRED');
  const request = { accountId: accountId(caller.accountId), amountCents: body.amount, idempotencyKey };
  return requestWithdrawal({ ...request, nowMs: epochMs(nowMs) }, ports);
});
