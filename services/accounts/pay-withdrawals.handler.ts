import { epochMs } from '@brokerage/domain/calendar/instant';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createPostpone } from '../platform/queue.ts';
import { eachMessage, type QueueMessage, queueWorker } from '../platform/queue-worker.ts';
import { tradingCalendarOf } from '../platform/trading-calendar-config.ts';
import { BANK_VARIABLES, CASH_VARIABLES, connectBank, createCashStores } from './cash-wiring.ts';
import { giveBack } from './give-back.ts';
import { payWithdrawal } from './pay-withdrawal.ts';
import { PayoutMessage } from './payout-message.ts';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from './personal-data-wiring.ts';

const config = readConfig([
  ...CASH_VARIABLES,
  ...BANK_VARIABLES,
  ...PERSONAL_DATA_VARIABLES,
  'PAYOUTS_QUEUE_URL',
  'TRADING_CALENDAR',
]);
const ports = {
  ...createCashStores(config),
  bank: connectBank(config),
  personalData: connectPersonalData(config),
  calendar: tradingCalendarOf(config.TRADING_CALENDAR),
  now: () => epochMs(Date.now()),
  log,
};

export const handler = queueWorker({
  parse: (text) => PayoutMessage.parse(JSON.parse(text)),
  process: eachMessage(({ body }: QueueMessage<PayoutMessage>) => sendMoney(body)),
  postpone: createPostpone(sqs, config.PAYOUTS_QUEUE_URL),
});

async function sendMoney(message: PayoutMessage): Promise<void> {
  if ('withdrawalId' in message) return payWithdrawal(message.withdrawalId, ports);
  const payment = await ports.transfers.payment(message.endToEndId);
  if (!payment) throw new Error(`payment ${message.endToEndId} is not known`);
  return giveBack(payment, ports);
}
