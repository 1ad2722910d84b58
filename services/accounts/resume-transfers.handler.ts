import { dynamodb } from '../platform/aws/dynamodb.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createQueue } from '../platform/queue.ts';
import { createTables } from '../platform/tables.ts';
import { resumeTransfers } from './resume-transfers.ts';
import { createTransfersStore } from './transfers-store.ts';

const config = readConfig(['ACCOUNTS_TABLE', 'LEDGER_TABLE', 'TRANSFERS_TABLE', 'PAYOUTS_QUEUE_URL']);
const transfers = createTransfersStore(createTables(dynamodb), {
  accounts: config.ACCOUNTS_TABLE,
  ledger: config.LEDGER_TABLE,
  transfers: config.TRANSFERS_TABLE,
});
const payouts = createQueue(sqs, config.PAYOUTS_QUEUE_URL);

export const handler = () => resumeTransfers(Date.now(), transfers, payouts);
