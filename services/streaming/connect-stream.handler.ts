import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { connectStream } from './connect-stream.ts';
import { createStreamConnectionsStore } from './stream-connections-store.ts';
import { connectionOf, type StreamAnswer, type StreamEvent } from './stream-event.ts';

const config = readConfig(['STREAM_CONNECTIONS_TABLE']);
const store = createStreamConnectionsStore(createTables(dynamodb), config.STREAM_CONNECTIONS_TABLE);

/** The handshake fails with the status that is answered here. */
export async function handler(event: StreamEvent): Promise<StreamAnswer> {
  const isTaken = await connectStream(connectionOf(event), Date.now(), store);
  return { statusCode: isTaken ? 200 : 429 };
}
