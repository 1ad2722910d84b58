import { epochMs } from '@brokerage/domain/calendar/instant';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createPostpone } from '../platform/queue.ts';
import { eachMessage, type QueueMessage, queueWorker } from '../platform/queue-worker.ts';
import { tradingCalendarOf } from '../platform/trading-calendar-config.ts';
import { applyBankEvent, type BankEventPorts } from './apply-bank-event.ts';
import { BankMessage } from './bank-message.ts';
import { BANK_VARIABLES, CASH_VARIABLES, connectBank, createCashStores } from './cash-wiring.ts';

const config = readConfig([...CASH_VARIABLES, ...BANK_VARIABLES, 'BANK_EVENTS_QUEUE_URL', 'TRADING_CALENDAR']);
const ports: BankEventPorts = {
  ...createCashStores(config),
  bank: connectBank(config),
  calendar: tradingCalendarOf(config.TRADING_CALENDAR),
  now: () => epochMs(Date.now()),
  log,
};

/** The events of one delivery in their order; should one fail, those before it are recognised when the delivery comes again. */
export const handler = queueWorker({
  parse: (text) => BankMessage.parse(JSON.parse(text)),
  process: eachMessage(async ({ body }: QueueMessage<BankMessage>) => {
    for (const event of body.events) await applyBankEvent(event, ports);
  }),
  postpone: createPostpone(sqs, config.BANK_EVENTS_QUEUE_URL),
});
