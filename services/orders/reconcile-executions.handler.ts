import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { countMetric } from '../platform/metric.ts';
import { createQueue } from '../platform/queue.ts';
import { decisionTools, tables } from './books-wiring.ts';
import { createOrderReads } from './dynamo-order-reads.ts';
import { connectExchange, EXCHANGE_VARIABLES } from './exchange-wiring.ts';
import { type Reconciled, reconcileExecutions } from './reconcile-executions.ts';
import { createReportCursorStore } from './report-cursor-store.ts';

const config = readConfig(['ORDERS_TABLE', 'EXECUTIONS_QUEUE_URL', 'TRADING_CALENDAR', ...EXCHANGE_VARIABLES]);
const tools = {
  ...decisionTools(config.TRADING_CALENDAR),
  store: createOrderReads(tables, config.ORDERS_TABLE),
  cursor: createReportCursorStore(tables, config.ORDERS_TABLE),
  exchange: connectExchange(config),
  executions: createQueue(sqs, config.EXECUTIONS_QUEUE_URL),
};

/** Run by the schedule. */
export async function handler(): Promise<Reconciled> {
  const reconciled = await reconcileExecutions(tools);
  if (reconciled.behindOrders > 0) {
    log.warn('reports that the webhook did not bring were sent on', { ...reconciled });
    countMetric('MissedReports', Date.now());
  }
  return reconciled;
}
