import { afterEach, beforeEach, expect, test } from 'vitest';
import { allow, FunctionFailure } from '../apigateway/testing/test-api.ts';
import { startTestWebSocketApi, type TestWebSocketApi } from './testing/test-web-socket-api.ts';

let api: TestWebSocketApi;

beforeEach(async () => {
  api = await startTestWebSocketApi();
});
afterEach(() => api.close());

const done = (): object => ({ statusCode: 200 });

function routes(...keys: string[]): void {
  for (const key of keys) {
    api.route(key, `to-${key}`);
    api.functions[`to-${key}`] = done;
  }
}

test('a message goes to the route that its action names, else to $default', async () => {
  routes('subscribe', '$default', '$connect');
  api.start();
  const { socket } = await api.connect();
  const texts = [
    '{"action":"subscribe","channel":"prices"}',
    '{"action":"other"}',
    '{"channel":"prices"}',
    'not JSON',
    '{"action":{"a":1}}',
    '{"action":"$connect"}',
    'null',
  ];
  for (const text of texts) socket.send(text);
  await api.invoked('to-$default', 6);
  const got = api.invocations.slice(1).map(({ functionName, event }) => [functionName, event.body]);
  expect(got).toEqual(texts.map((text, index) => [index === 0 ? 'to-subscribe' : 'to-$default', text]));
});

test('the event of a message', async () => {
  const AuthorizerId = api.authorizer();
  api.functions.authorizer = () => allow('*', { context: { clientId: 'ana' } });
  routes('subscribe');
  api.functions.connect = done;
  api.route('$connect', 'connect', { AuthorizationType: 'CUSTOM', AuthorizerId });
  api.start();
  const { socket } = await api.connect('?ticket=T1', { headers: { 'User-Agent': 'test/1' } });
  api.clock.step(api.clock.nowMs() + 1500);
  socket.send('{"action":"subscribe"}');
  await api.invoked('to-subscribe');
  const connected = api.invocations[1]?.event.requestContext;
  const { event, principal } = api.invocations[2] ?? {};
  expect(principal).toMatchObject({
    sourceArn: `arn:aws:execute-api:sa-east-1:000000000000:${api.id}/stream/subscribe`,
  });
  expect(event).toEqual({
    requestContext: {
      routeKey: 'subscribe',
      authorizer: { clientId: 'ana', principalId: 'ana', integrationLatency: 0 },
      messageId: expect.stringMatching(/^[\w-]{15}=$/),
      eventType: 'MESSAGE',
      extendedRequestId: expect.any(String),
      requestTime: '02/Mar/2026:12:00:01 +0000',
      messageDirection: 'IN',
      stage: 'stream',
      connectedAt: 1_772_452_800_000,
      requestTimeEpoch: 1_772_452_801_500,
      identity: { userAgent: 'test/1', sourceIp: '127.0.0.1' },
      requestId: expect.any(String),
      domainName: `${api.id}.execute-api.sa-east-1.amazonaws.com`,
      connectionId: connected.connectionId,
      apiId: api.id,
    },
    body: '{"action":"subscribe"}',
    isBase64Encoded: false,
  });
});

test('a binary message closes its connection with 1003, and reaches no function', async () => {
  routes('$default', '$disconnect');
  api.start();
  const client = await api.connect();
  client.socket.send(Buffer.from('{"action":"subscribe"}'));
  expect(await client.closed).toMatchObject({ code: 1003 });
  await api.invoked('to-$disconnect');
  expect(api.invocations.map(({ event }) => event.requestContext.disconnectStatusCode)).toEqual([1003]);
});

test('without a route the answer is Forbidden', async () => {
  routes('subscribe', '$connect');
  api.start();
  const client = await api.connect();
  const { connectionId } = api.invocations[0]?.event.requestContext ?? {};
  client.socket.send('{"action":"other"}');
  expect(await client.next()).toMatch(
    new RegExp(`^{"message": "Forbidden", "connectionId":"${connectionId}", "requestId":"[\\w-]{15}="}$`),
  );
});

test.each<[string, () => unknown]>([
  [
    'fails',
    () => {
      throw new FunctionFailure('no database');
    },
  ],
  ['answers nothing', () => null],
  ['answers a status that is none', () => ({ statusCode: 'OK' })],
])('a function that %s is an internal server error, and the connection stays', async (_what, answer) => {
  routes('subscribe');
  api.functions['to-subscribe'] = answer;
  api.start();
  const client = await api.connect();
  client.socket.send('{"action":"subscribe"}');
  expect(JSON.parse(await client.next())).toEqual({
    message: 'Internal server error',
    connectionId: expect.any(String),
    requestId: expect.any(String),
  });
  client.socket.send('{"action":"other"}');
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Forbidden' });
});

test('a function that takes over 29 s has timed out', async () => {
  routes('subscribe');
  const answer = Promise.withResolvers<unknown>();
  api.functions['to-subscribe'] = () => answer.promise;
  api.start();
  const client = await api.connect();
  client.socket.send('{"action":"subscribe"}');
  await api.invoked('to-subscribe');
  await api.advance(29_000);
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Endpoint request timed out' });
  answer.resolve({ statusCode: 200 });
});

test('the throttle of the stage holds for each route', async () => {
  routes('subscribe', '$default');
  api.start({ DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } });
  const client = await api.connect();
  for (let sent = 0; sent < 3; sent++) client.socket.send('{"action":"subscribe"}');
  client.socket.send('{"action":"other"}');
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Too Many Requests' });
  await api.invoked('to-$default');
  await api.advance(1000);
  client.socket.send('{"action":"subscribe"}');
  await api.invoked('to-subscribe', 3);
});

test('a client with 64 messages under way is read on when one is done', async () => {
  const answers: (() => void)[] = [];
  routes('$default');
  api.functions['to-$default'] = () => new Promise((resolve) => answers.push(() => resolve({ statusCode: 200 })));
  api.start();
  const { socket } = await api.connect();
  for (let sent = 0; sent < 200; sent++) socket.send(`${sent}`.padEnd(1000));
  for (let done = 0; done < 200; done++) {
    await api.invoked('to-$default', done + 1);
    answers[done]?.();
  }
  expect(api.invocations.map(({ event }) => Number(event.body))).toEqual(Array.from({ length: 200 }, (_, n) => n));
});
