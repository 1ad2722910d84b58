import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ProxyEvent, startTestApi, type TestApi } from '../services/apigateway/testing/test-api.ts';
import { type ApiServer, createApiServer, healthPath } from './api-server.ts';

let api: TestApi;
let server: ApiServer;
let ready: boolean;

beforeEach(async () => {
  ready = false;
  api = await startTestApi({ api: { BinaryMediaTypes: ['application/pdf', 'image~1*'] } });
  server = await createApiServer(api.kernel, { port: 0, paths: { '/health': healthPath(() => ready) } });
  api.method('ANY /v1/{proxy+}');
  api.stage();
});
afterEach(async () => {
  await server.close();
  await api.close();
});

const url = (path: string): string => `http://127.0.0.1:${server.port}${path}`;
const seen = (): ProxyEvent => api.invocations.at(-1)?.event;

test('/health is 503 until ready, then 200', async () => {
  expect((await fetch(url('/health'))).status).toBe(503);
  ready = true;
  expect((await fetch(url('/health?deep'))).status).toBe(200);
  expect(api.invocations).toEqual([]);
});

test('a binary request body reaches the function as base64, any other as text', async () => {
  const body = Buffer.from([0, 255, 128]);
  for (const type of ['application/pdf; v=1', 'image/png']) {
    await fetch(url('/v1/a'), { method: 'PUT', body, headers: { 'Content-Type': type } });
    expect(seen()).toMatchObject({ isBase64Encoded: true, body: 'AP+A' });
  }
  await fetch(url('/v1/a'), { method: 'PUT', body: 'é', headers: { 'Content-Type': 'text/plain' } });
  expect(seen()).toMatchObject({ isBase64Encoded: false, body: 'é' });
});

test('a base64 answer is decoded for who accepts a binary type first', async () => {
  api.functions.orders = () => ({
    statusCode: 200,
    headers: { 'Content-Type': 'application/pdf' },
    body: 'AP+A',
    isBase64Encoded: true,
  });
  const binary = await fetch(url('/v1/a'), { headers: { Accept: 'application/pdf, */*' } });
  expect(Buffer.from(await binary.arrayBuffer())).toEqual(Buffer.from([0, 255, 128]));
  const other = await fetch(url('/v1/a'), { headers: { Accept: 'text/html' } });
  expect(await other.text()).toBe('AP+A');
});

test('HEAD gets the headers of the answer without its body', async () => {
  const response = await fetch(url('/v1/a'), { method: 'HEAD' });
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '2', '']);
  expect(seen().httpMethod).toBe('HEAD');
});

test('204 has no body and no length', async () => {
  api.functions.orders = () => ({ statusCode: 204, body: 'ignored' });
  const response = await fetch(url('/v1/a'));
  expect([response.status, response.headers.has('content-length'), await response.text()]).toEqual([204, false, '']);
});

test('a body of 1 MB goes through whole', async () => {
  const body = 'x'.repeat(1_000_000);
  api.functions.orders = (event) => ({ statusCode: 200, body: event.body });
  const response = await fetch(url('/v1/a'), { method: 'POST', body, headers: { 'Content-Type': 'text/plain' } });
  expect(await response.text()).toBe(body);
});

async function raw(...chunks: readonly string[]): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  for (const chunk of chunks) socket.write(chunk);
  return text(socket);
}

test('two requests in one packet are answered in turn on one connection', async () => {
  const request = 'GET /v1/a HTTP/1.1\r\nHost: h\r\n';
  const answers = await raw(`${request}\r\n${request}Connection: close\r\n\r\n`);
  expect(answers.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  expect(api.invocations).toHaveLength(2);
});

test.each([
  ['what is not HTTP', 'HELLO\r\n\r\n', /^HTTP\/1.1 400/],
  ['headers beyond what is read', `GET / HTTP/1.1\r\nHost: h\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
])('%s is refused and the connection closed', async (_what, request, answer) => {
  expect(await raw(request)).toMatch(answer);
});

test('an absolute request target and a repeated header', async () => {
  await raw('GET http://other/v1/b?c=1 HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\n\r\n');
  expect(seen()).toMatchObject({
    path: '/v1/b',
    queryStringParameters: { c: '1' },
    headers: { 'X-A': '2' },
    multiValueHeaders: { 'X-A': ['1', '2'] },
  });
});

test('an upgrade to anything but WebSocket is declined, and the request answered', async () => {
  const upgrade = 'Connection: Upgrade, close\r\nUpgrade: h2c\r\n';
  expect(await raw(`GET /v1/b HTTP/1.1\r\nHost: h\r\n${upgrade}\r\n`)).toMatch(/^HTTP\/1.1 200 /);
  expect(await raw(`GET http://[/v1/b HTTP/1.1\r\nHost: h\r\n${upgrade.replace('h2c', 'websocket')}\r\n`)).toMatch(
    /^HTTP\/1.1 400 /,
  );
});

test('a client that leaves in the middle of its body is not served', async () => {
  const closed = Promise.withResolvers<void>();
  server.http.once('connection', (socket) => socket.once('close', () => closed.resolve()));
  const socket = connect(server.port, '127.0.0.1');
  const received = Promise.withResolvers<void>();
  server.http.once('request', () => received.resolve());
  socket.write('POST /v1/a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc');
  await received.promise;
  socket.destroy();
  await closed.promise;
  expect((await fetch(url('/v1/b'))).status).toBe(200);
  expect(api.invocations).toHaveLength(1);
});

test('closing waits for the requests under way', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<unknown>();
  api.functions.orders = () => {
    asked.resolve();
    return answer.promise;
  };
  const pending = fetch(url('/v1/a'));
  await asked.promise;
  const closed = server.close();
  answer.resolve({ statusCode: 200, body: 'late' });
  expect(await (await pending).text()).toBe('late');
  await closed;
});

test('what breaks inside is a 500 and a line in the log', async () => {
  api.functions.orders = () => {
    throw new TypeError('broken');
  };
  const response = await fetch(url('/v1/a'));
  expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
  expect(api.logged.at(-1)).toMatchObject({ level: 'error', message: expect.stringContaining('broken') });
});
