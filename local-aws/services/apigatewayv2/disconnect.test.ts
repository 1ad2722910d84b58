import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { allow } from '../apigateway/testing/test-api.ts';
import { startTestWebSocketApi, type TestClient, type TestWebSocketApi } from './testing/test-web-socket-api.ts';

const MINUTE_MS = 60_000;

let api: TestWebSocketApi;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'apigatewayv2-'));
  await start();
});
afterEach(async () => {
  await api.close();
  rmSync(directory, { recursive: true });
});

async function start(): Promise<void> {
  api = await startTestWebSocketApi({ path: join(directory, 'state.sqlite') });
  api.functions.authorizer = () => allow('*', { context: { clientId: 'ana' } });
  for (const name of ['connect', 'disconnect', 'default']) api.functions[name] = () => ({ statusCode: 200 });
  api.route('$connect', 'connect', { AuthorizationType: 'CUSTOM', AuthorizerId: api.authorizer() });
  api.route('$disconnect', 'disconnect');
  api.route('$default', 'default');
  api.start();
}

const connect = (): Promise<TestClient> => api.connect('?ticket=T1', { headers: { 'User-Agent': 'test/1' } });
const lastEvent = () => api.invocations.at(-1)?.event;

test('the event of $disconnect', async () => {
  const { socket } = await connect();
  const { connectionId } = lastEvent().requestContext;
  api.clock.step(api.clock.nowMs() + 2000);
  socket.close(4001, 'done');
  await api.invoked('disconnect');
  const domainName = `${api.id}.execute-api.sa-east-1.amazonaws.com`;
  expect(api.invocations.at(-1)?.principal).toMatchObject({
    sourceArn: `arn:aws:execute-api:sa-east-1:000000000000:${api.id}/stream/$disconnect`,
  });
  expect(lastEvent()).toEqual({
    headers: { Host: domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
    multiValueHeaders: { Host: [domainName], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
    requestContext: {
      routeKey: '$disconnect',
      authorizer: { clientId: 'ana', principalId: 'ana', integrationLatency: 0 },
      disconnectStatusCode: 4001,
      disconnectReason: 'done',
      eventType: 'DISCONNECT',
      extendedRequestId: expect.any(String),
      requestTime: '02/Mar/2026:12:00:02 +0000',
      messageDirection: 'IN',
      stage: 'stream',
      connectedAt: 1_772_452_800_000,
      requestTimeEpoch: 1_772_452_802_000,
      identity: { userAgent: 'test/1', sourceIp: '127.0.0.1' },
      requestId: expect.any(String),
      domainName,
      connectionId,
      apiId: api.id,
    },
    isBase64Encoded: false,
  });
});

test.each<[string, (client: TestClient) => void, number, string]>([
  ['closes without a status', ({ socket }) => socket.close(), 1005, 'Client-side close frame status not set'],
  ['goes away without closing', ({ socket }) => socket.terminate(), 1006, ''],
])('a client that %s', async (_what, leave, disconnectStatusCode, disconnectReason) => {
  leave(await connect());
  await api.invoked('disconnect');
  expect(lastEvent().requestContext).toMatchObject({ disconnectStatusCode, disconnectReason });
});

test('a client that is gone before $connect has answered is owed a $disconnect all the same', async () => {
  const connecting = Promise.withResolvers<unknown>();
  api.functions.connect = () => connecting.promise;
  const socket = new WebSocket(`${api.url}?ticket=T1`);
  const failed = new Promise((resolve) => socket.once('error', resolve));
  await api.invoked('connect');
  socket.terminate();
  await failed;
  connecting.resolve({ statusCode: 200 });
  await api.invoked('disconnect');
  expect(lastEvent().requestContext).toMatchObject({ disconnectStatusCode: 1006 });
});

test('a connection without traffic ends after 10 minutes', async () => {
  const client = await connect();
  await api.advance(10 * MINUTE_MS - 1);
  expect(api.invocations).toHaveLength(2);
  await api.advance(1);
  expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  expect(lastEvent().requestContext).toMatchObject({ eventType: 'DISCONNECT', disconnectStatusCode: 1001 });
  await api.invoked('disconnect', 1);
});

test.each<[string, (client: TestClient, ConnectionId: string) => Promise<unknown>]>([
  [
    'a message to it',
    (_client, ConnectionId) => api.management.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' })),
  ],
  [
    'a message from it',
    ({ socket }) => {
      socket.send('x');
      return api.invoked('default');
    },
  ],
  [
    'a ping, which is answered',
    ({ socket }) => {
      const answered = new Promise((resolve) => socket.once('pong', resolve));
      socket.ping('x');
      return answered;
    },
  ],
])('%s keeps a connection for 10 minutes more, but no longer than 2 hours', async (_what, act) => {
  const client = await connect();
  const { connectionId } = lastEvent().requestContext;
  for (let minute = 0; minute < 120; minute += 8) {
    await act(client, connectionId);
    await api.advance(8 * MINUTE_MS - 1);
  }
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  await api.advance(15);
  expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  await api.invoked('disconnect');
});

test('a connection does not outlive the process: the next one runs its $disconnect', async () => {
  const client = await connect();
  const { connectionId } = lastEvent().requestContext;
  await api.close();
  expect(await client.closed).toMatchObject({ code: 1006 });
  expect(api.invocations.map(({ functionName }) => functionName)).not.toContain('disconnect');
  await start();
  await api.invoked('disconnect');
  expect(lastEvent().requestContext).toMatchObject({
    connectionId,
    disconnectStatusCode: 1006,
    connectedAt: 1_772_452_800_000,
    authorizer: { clientId: 'ana' },
    identity: { userAgent: 'test/1', sourceIp: '127.0.0.1' },
  });
  const post = api.management.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'x' }));
  await expect(post).rejects.toMatchObject({ name: 'GoneException' });
});

test('a $disconnect that ran does not run again', async () => {
  const { socket } = await connect();
  socket.close();
  await api.invoked('disconnect');
  await api.kernel.activity.idle();
  await api.close();
  await start();
  await connect();
  expect(api.invocations.map(({ functionName }) => functionName)).toEqual(['authorizer', 'connect']);
});
