import { createManagementClient } from '../platform/aws/api-gateway-management.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { orderEventOf } from '../platform/order-event-queue.ts';
import { createPostpone } from '../platform/queue.ts';
import { queueWorker } from '../platform/queue-worker.ts';
import { createTables } from '../platform/tables.ts';
import { createAudience } from './audience.ts';
import { createSendFrame } from './connection-gateway.ts';
import { pushOrders } from './push-orders.ts';
import { createStreamConnectionsStore } from './stream-connections-store.ts';

const config = readConfig(['STREAM_ENDPOINT', 'STREAM_CONNECTIONS_TABLE', 'ORDER_STREAM_QUEUE_URL']);
const connections = createStreamConnectionsStore(createTables(dynamodb), config.STREAM_CONNECTIONS_TABLE);
const desk = {
  connections,
  followed: createAudience(connections.followedAccounts, Date.now),
  send: createSendFrame(createManagementClient(config.STREAM_ENDPOINT)),
};

export const handler = queueWorker({
  parse: orderEventOf,
  process: (messages) => pushOrders(messages, Date.now(), desk),
  postpone: createPostpone(sqs, config.ORDER_STREAM_QUEUE_URL),
});
