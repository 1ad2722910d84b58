import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  LimitExceededException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestWebSocketApi, type TestClient, type TestWebSocketApi } from './testing/test-web-socket-api.ts';

let api: TestWebSocketApi;

beforeEach(async () => {
  api = await startTestWebSocketApi();
  api.functions.connect = () => ({ statusCode: 200 });
  api.functions.disconnect = () => ({ statusCode: 200 });
  api.route('$connect', 'connect');
  api.route('$disconnect', 'disconnect');
  api.start();
});
afterEach(() => api.close());

async function connected(): Promise<TestClient & { ConnectionId: string }> {
  const client = await api.connect('', { headers: { 'User-Agent': 'test/1' } });
  return { ...client, ConnectionId: api.invocations.at(-1)?.event.requestContext.connectionId };
}

const post = (ConnectionId: string, Data: string | Uint8Array): Promise<object> =>
  api.management.send(new PostToConnectionCommand({ ConnectionId, Data }));

test('what is posted arrives, in order, as text', async () => {
  const client = await connected();
  for (const text of ['{"price":"30.00"}', 'ação', '']) await post(client.ConnectionId, text);
  expect([await client.next(), await client.next(), await client.next()]).toEqual(['{"price":"30.00"}', 'ação', '']);
});

test('bytes that are no text arrive as they are', async () => {
  const client = await connected();
  const arrived = new Promise((resolve) => {
    client.socket.once('message', (data, isBinary) => resolve([data, isBinary]));
  });
  await post(client.ConnectionId, Buffer.from([255, 0]));
  expect(await arrived).toEqual([Buffer.from([255, 0]), true]);
});

test('a message of 128 KB arrives whole; one byte more is refused, and the connection stays', async () => {
  const client = await connected();
  await post(client.ConnectionId, 'x'.repeat(131_072));
  expect((await client.next()).length).toBe(131_072);
  const error: unknown = await post(client.ConnectionId, 'x'.repeat(131_073)).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(PayloadTooLargeException);
  expect(error).toMatchObject({ $metadata: { httpStatusCode: 413 } });
  await post(client.ConnectionId, 'still here');
  expect(await client.next()).toBe('still here');
});

test('GetConnection tells who is there and since when', async () => {
  const { ConnectionId } = await connected();
  api.clock.step(api.clock.nowMs() + 60_000);
  await post(ConnectionId, 'x');
  expect(await api.management.send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({
    ConnectedAt: new Date('2026-03-02T12:00:00Z'),
    LastActiveAt: new Date('2026-03-02T12:01:00Z'),
    Identity: { SourceIp: '127.0.0.1', UserAgent: 'test/1' },
  });
});

test('DeleteConnection closes after what was posted before', async () => {
  const client = await connected();
  await post(client.ConnectionId, 'last');
  await api.management.send(new DeleteConnectionCommand({ ConnectionId: client.ConnectionId }));
  expect(await client.next()).toBe('last');
  expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
  await api.invoked('disconnect');
  await expect(post(client.ConnectionId, 'x')).rejects.toBeInstanceOf(GoneException);
});

test.each(['PostToConnection', 'GetConnection', 'DeleteConnection'])(
  '%s on a connection that is gone',
  async (name) => {
    const { ConnectionId, socket } = await connected();
    socket.close();
    await api.invoked('disconnect');
    const commands = {
      PostToConnection: () => post(ConnectionId, 'x'),
      GetConnection: () => api.management.send(new GetConnectionCommand({ ConnectionId })),
      DeleteConnection: () => api.management.send(new DeleteConnectionCommand({ ConnectionId })),
    };
    const error: unknown = await commands[name as keyof typeof commands]().catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(GoneException);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 410 } });
  },
);

test('a client that does not read is not sent more than a bounded amount, and others are', async () => {
  const slow = await connected();
  const other = await connected();
  slow.socket.pause();
  let refusal: unknown;
  let sent = 0;
  const data = Buffer.alloc(131_072, 'x');
  while (!refusal && sent < 400) {
    await post(slow.ConnectionId, data).then(
      () => {
        sent += 1;
      },
      (error: unknown) => {
        refusal = error;
      },
    );
  }
  expect(refusal).toBeInstanceOf(LimitExceededException);
  expect(refusal).toMatchObject({ $metadata: { httpStatusCode: 429 } });
  await post(other.ConnectionId, 'hello');
  expect(await other.next()).toBe('hello');
  slow.socket.resume();
  for (let arrived = 0; arrived < sent; arrived++) expect((await slow.next()).length).toBe(131_072);
  await post(slow.ConnectionId, 'again');
  expect(await slow.next()).toBe('again');
});

test.each<[string, string, string, number]>([
  ['an id that is none', 'POST', '/stream/@connections/%E0%A4', 410],
  ['another stage', 'POST', '/other/@connections/ID', 410],
  ['an operation that is none', 'PUT', '/stream/@connections/ID', 404],
  ['a path that is none', 'POST', '/stream', 404],
])('%s', async (_what, method, path, status) => {
  const { ConnectionId } = await connected();
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20260302/sa-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0';
  const url = `${api.awsUrl}${path.replace('ID', encodeURIComponent(ConnectionId))}`;
  expect((await fetch(url, { method, headers: { authorization } })).status).toBe(status);
});
