import { createManagementClient } from '../platform/aws/api-gateway-management.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { log } from '../platform/log.ts';
import { createQueue } from '../platform/queue.ts';
import { createTables } from '../platform/tables.ts';
import { createAudience } from './audience.ts';
import { createSendFrame } from './connection-gateway.ts';
import type { OrderPushDesk } from './push-orders.ts';
import { createStreamConnectionsStore } from './stream-connections-store.ts';

interface PushConfig {
  readonly STREAM_ENDPOINT: string;
  readonly STREAM_CONNECTIONS_TABLE: string;
  readonly ORDER_STREAM_QUEUE_URL: string;
}

/** What waits is looked at after this: a throttled moment is over, and a replay may be. */
const WAITING_SECONDS = 1;

/** The desk of both functions that push order events. */
export function createOrderPushDesk(config: PushConfig): OrderPushDesk {
  const connections = createStreamConnectionsStore(createTables(dynamodb), config.STREAM_CONNECTIONS_TABLE);
  const queue = createQueue(sqs, config.ORDER_STREAM_QUEUE_URL);
  return {
    connections,
    followed: createAudience(connections.followedAccounts, Date.now),
    send: createSendFrame(createManagementClient(config.STREAM_ENDPOINT)),
    tellWaiting: (connection) => queue.send(connection, WAITING_SECONDS),
    pushLater: (events) => queue.send(events, WAITING_SECONDS),
    log,
  };
}
