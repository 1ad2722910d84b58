import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createQueue } from '../platform/queue.ts';
import { CASH_VARIABLES, createCashStores } from './cash-wiring.ts';
import { resumeTransfers } from './resume-transfers.ts';

const config = readConfig([...CASH_VARIABLES, 'PAYOUTS_QUEUE_URL']);
const { transfers } = createCashStores(config);
const payouts = createQueue(sqs, config.PAYOUTS_QUEUE_URL);

export const handler = () => resumeTransfers(Date.now(), transfers, payouts);
