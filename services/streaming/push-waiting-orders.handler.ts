import { createStreamRangeReader } from '../operations/audit-stream-gateway.ts';
import { createManagementClient } from '../platform/aws/api-gateway-management.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { dynamodbStreams } from '../platform/aws/dynamodb-streams.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createPostpone } from '../platform/queue.ts';
import { queueWorker } from '../platform/queue-worker.ts';
import { createTables } from '../platform/tables.ts';
import { createAccountEventsStore } from './account-events-store.ts';
import { createCloseConnection } from './connection-gateway.ts';
import { createOrderPushDesk } from './order-push-wiring.ts';
import { pushWaitingOrders } from './push-waiting-orders.ts';
import { parseOrderStreamMessage } from './waiting-message.ts';

const config = readConfig(['STREAM_ENDPOINT', 'STREAM_CONNECTIONS_TABLE', 'AUDIT_TABLE', 'ORDER_STREAM_QUEUE_URL']);
const desk = {
  ...createOrderPushDesk(config),
  events: createAccountEventsStore(createTables(dynamodb), config.AUDIT_TABLE),
  close: createCloseConnection(createManagementClient(config.STREAM_ENDPOINT)),
  now: Date.now,
  readRange: createStreamRangeReader(dynamodbStreams),
};

export const handler = queueWorker({
  parse: parseOrderStreamMessage,
  process: (messages) => pushWaitingOrders(messages, Date.now(), desk),
  postpone: createPostpone(sqs, config.ORDER_STREAM_QUEUE_URL),
  log,
});
