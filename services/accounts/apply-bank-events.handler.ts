import { BankDelivery } from '@brokerage/contracts/bank';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { log } from '../platform/log.ts';
import { createPostpone } from '../platform/queue.ts';
import { eachMessage, type QueueMessage, queueWorker } from '../platform/queue-worker.ts';
import { createCredentials } from '../platform/secrets.ts';
import { createTables } from '../platform/tables.ts';
import { tradingCalendarOf } from '../platform/trading-calendar-config.ts';
import { createAccountsStore } from './accounts-store.ts';
import { applyBankEvent, type BankEventPorts } from './apply-bank-event.ts';
import { createBankGateway } from './bank-gateway.ts';
import { createTransfersStore } from './transfers-store.ts';

const config = readConfig([
  'ACCOUNTS_TABLE',
  'LEDGER_TABLE',
  'TRANSFERS_TABLE',
  'BANK_EVENTS_QUEUE_URL',
  'BANK_URL',
  'BANK_SECRET',
  'TRADING_CALENDAR',
]);
const tables = createTables(dynamodb);
const ports: BankEventPorts = {
  accounts: createAccountsStore(tables, config.ACCOUNTS_TABLE),
  transfers: createTransfersStore(tables, {
    accounts: config.ACCOUNTS_TABLE,
    ledger: config.LEDGER_TABLE,
    transfers: config.TRANSFERS_TABLE,
  }),
  bank: createBankGateway(config.BANK_URL, createCredentials(secretsManager, config.BANK_SECRET), callForeign),
  calendar: tradingCalendarOf(config.TRADING_CALENDAR),
  now: () => epochMs(Date.now()),
  log,
};

/** The events of one delivery in their order; should one fail, those before it are recognised when the delivery comes again. */
export const handler = queueWorker({
  parse: (text) => BankDelivery.parse(JSON.parse(text)),
  process: eachMessage(async ({ body }: QueueMessage<BankDelivery>) => {
    for (const event of body.events) await applyBankEvent(event, ports);
  }),
  postpone: createPostpone(sqs, config.BANK_EVENTS_QUEUE_URL),
});
