import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createStreamConnectionsStore } from './stream-connections-store.ts';
import { connectionOf, type StreamAnswer, type StreamEvent } from './stream-event.ts';

const config = readConfig(['STREAM_CONNECTIONS_TABLE']);
const store = createStreamConnectionsStore(createTables(dynamodb), config.STREAM_CONNECTIONS_TABLE);

/** API Gateway's best effort: what it does not tell of is removed when a frame finds the connection gone. */
export async function handler(event: StreamEvent): Promise<StreamAnswer> {
  await store.remove(connectionOf(event));
  return { statusCode: 200 };
}
