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
import { createBankGateway } from './bank-gateway.ts';
import { type GiveBackPorts, giveBack } from './give-back.ts';
import { type PayWithdrawalPorts, payWithdrawal } from './pay-withdrawal.ts';
import { PayoutMessage } from './payout-message.ts';
import { createTransfersStore, type TransfersStore } from './transfers-store.ts';

const config = readConfig([
  'ACCOUNTS_TABLE',
  'LEDGER_TABLE',
  'TRANSFERS_TABLE',
  'PAYOUTS_QUEUE_URL',
  'BANK_URL',
  'BANK_SECRET',
  'TRADING_CALENDAR',
]);
const tables = createTables(dynamodb);
const ports: PayWithdrawalPorts & GiveBackPorts & { readonly transfers: TransfersStore } = {
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
