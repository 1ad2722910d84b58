import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createInstrumentsStore } from '../platform/instruments-store.ts';
import { NEW_ENTRY, toLedgerItem } from '../platform/ledger-item.ts';
import { log } from '../platform/log.ts';
import { countMetric } from '../platform/metric.ts';
import { createPostpone, createQueue } from '../platform/queue.ts';
import { queueWorker } from '../platform/queue-worker.ts';
import { type ApplyTools, applyExecutions, parseDelivery } from './apply-executions.ts';
import { BOOK_VARIABLES, createBookingTools, tables } from './books-wiring.ts';
import { createFollowUps } from './follow-up.ts';
import { createSuspense } from './suspense.ts';

const config = readConfig([
  ...BOOK_VARIABLES,
  'INSTRUMENTS_TABLE',
  'EXECUTIONS_QUEUE_URL',
  'IN_DOUBT_ORDERS_QUEUE_URL',
]);

const suspense = createSuspense(
  createInstrumentsStore(tables, config.INSTRUMENTS_TABLE).find,
  (entry) => tables.put(config.LEDGER_TABLE, toLedgerItem(entry), NEW_ENTRY),
  (clOrdId, execId) => {
    log.warn('fill of an unknown order, booked to suspense', { clOrdId, execId });
    countMetric('SuspenseFills', Date.now(), { clOrdId, execId });
  },
);

const tools: ApplyTools = {
  ...createBookingTools(config),
  followUps: createFollowUps(createQueue(sqs, config.IN_DOUBT_ORDERS_QUEUE_URL)),
  suspense,
};

export const handler = queueWorker({
  parse: parseDelivery,
  process: (messages) => applyExecutions(tools, messages),
  postpone: createPostpone(sqs, config.EXECUTIONS_QUEUE_URL),
});
