import { createManagementClient } from '../platform/aws/api-gateway-management.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createInstrumentsStore } from '../platform/instruments-store.ts';
import { log } from '../platform/log.ts';
import { sleep } from '../platform/pause.ts';
import { createTables } from '../platform/tables.ts';
import { createAccountEventsStore } from './account-events-store.ts';
import { createSendFrame } from './connection-gateway.ts';
import { handleStreamMessage } from './handle-stream-message.ts';
import { createStreamConnectionsStore } from './stream-connections-store.ts';
import { connectionOf, type StreamAnswer, type StreamEvent } from './stream-event.ts';

const config = readConfig(['STREAM_ENDPOINT', 'STREAM_CONNECTIONS_TABLE', 'AUDIT_TABLE', 'INSTRUMENTS_TABLE']);
const tables = createTables(dynamodb);
const desk = {
  connections: createStreamConnectionsStore(tables, config.STREAM_CONNECTIONS_TABLE),
  events: createAccountEventsStore(tables, config.AUDIT_TABLE),
  findInstrument: createInstrumentsStore(tables, config.INSTRUMENTS_TABLE).find,
  send: createSendFrame(createManagementClient(config.STREAM_ENDPOINT)),
  pause: sleep,
  now: Date.now,
};

export async function handler(event: StreamEvent): Promise<StreamAnswer> {
  const key = connectionOf(event);
  await handleStreamMessage({ ...desk, log: log.with({ ...key }) }, key, event.body ?? '', Date.now());
  return { statusCode: 200 };
}
