import { afterEach, beforeEach, expect, test } from 'vitest';
import { allow, FunctionFailure, policy } from '../apigateway/testing/test-api.ts';
import { Refused, startTestWebSocketApi, type TestWebSocketApi } from './testing/test-web-socket-api.ts';

let api: TestWebSocketApi;

beforeEach(async () => {
  api = await startTestWebSocketApi();
});
afterEach(() => api.close());

function guarded(): string {
  const AuthorizerId = api.authorizer();
  api.functions.authorizer = () => allow('*', { context: { clientId: 'ana', level: 2 } });
  api.functions.connect = () => ({ statusCode: 200 });
  api.route('$connect', 'connect', { AuthorizationType: 'CUSTOM', AuthorizerId });
  api.start();
  return AuthorizerId;
}

async function refusal(query: string): Promise<Refused> {
  const outcome: unknown = await api.connect(query).catch((error: unknown) => error);
  if (outcome instanceof Refused) return outcome;
  throw new Error('the handshake was not refused', { cause: outcome });
}

const asked = (): string[] => api.invocations.map(({ functionName }) => functionName);

test('the authorizer gets the handshake, the function of $connect what it said', async () => {
  const authorizerId = guarded();
  await api.connect('?ticket=T1&tag=a&tag=b', { headers: { 'User-Agent': 'test/1' } });
  const [authorizer, connect] = api.invocations;
  const domainName = `${api.id}.execute-api.sa-east-1.amazonaws.com`;
  const arn = `arn:aws:execute-api:sa-east-1:000000000000:${api.id}`;
  const requestContext = {
    routeKey: '$connect',
    eventType: 'CONNECT',
    messageDirection: 'IN',
    extendedRequestId: expect.stringMatching(/^[\w-]{15}=$/),
    requestId: expect.stringMatching(/^[\w-]{15}=$/),
    connectionId: expect.stringMatching(/^[\w-]{15}=$/),
    requestTime: '02/Mar/2026:12:00:00 +0000',
    requestTimeEpoch: 1_772_452_800_000,
    connectedAt: 1_772_452_800_000,
    stage: 'stream',
    identity: { sourceIp: '127.0.0.1', userAgent: 'test/1' },
    domainName,
    apiId: api.id,
  };
  expect(authorizer?.principal).toMatchObject({ sourceArn: `${arn}/authorizers/${authorizerId}` });
  expect(authorizer?.event).toEqual({
    type: 'REQUEST',
    methodArn: `${arn}/stream/$connect`,
    headers: expect.objectContaining({ Host: domainName, 'Sec-WebSocket-Version': '13' }),
    multiValueHeaders: expect.objectContaining({ Host: [domainName] }),
    queryStringParameters: { ticket: 'T1', tag: 'b' },
    multiValueQueryStringParameters: { ticket: ['T1'], tag: ['a', 'b'] },
    stageVariables: {},
    requestContext,
  });
  expect(connect?.principal).toMatchObject({ sourceArn: `${arn}/stream/$connect` });
  expect(connect?.event).toEqual({
    headers: authorizer?.event.headers,
    multiValueHeaders: authorizer?.event.multiValueHeaders,
    queryStringParameters: { ticket: 'T1', tag: 'b' },
    multiValueQueryStringParameters: { ticket: ['T1'], tag: ['a', 'b'] },
    requestContext: {
      ...requestContext,
      connectionId: authorizer?.event.requestContext.connectionId,
      authorizer: { clientId: 'ana', level: '2', principalId: 'ana', integrationLatency: 0 },
    },
    isBase64Encoded: false,
  });
});

test('without its identity source a handshake is refused, and nobody asked', async () => {
  guarded();
  expect(await refusal('?other=1')).toMatchObject({ status: 401, body: expect.stringContaining('"Unauthorized"') });
  expect(await refusal('?ticket=')).toMatchObject({ status: 401 });
  expect(asked()).toEqual([]);
});

test.each<[string, () => unknown, number, string]>([
  ['a deny', () => policy('Deny', '*'), 403, 'Forbidden'],
  [
    'a policy about something else',
    () => allow('arn:aws:execute-api:sa-east-1:0:other/stream/$connect'),
    403,
    'Forbidden',
  ],
  [
    'the word Unauthorized',
    () => {
      throw new FunctionFailure('Unauthorized');
    },
    401,
    'Unauthorized',
  ],
  [
    'a failure',
    () => {
      throw new FunctionFailure('no database');
    },
    500,
    'Internal server error',
  ],
  ['no policy', () => ({ principalId: 'ana' }), 500, 'Internal server error'],
  ['more than 8 KB', () => allow('*', { context: { text: 'x'.repeat(8192) } }), 500, 'Internal server error'],
])('%s from the authorizer refuses', async (_what, authorizer, status, message) => {
  guarded();
  api.functions.authorizer = authorizer;
  const { status: got, body } = await refusal('?ticket=T1');
  expect([got, JSON.parse(body)]).toEqual([
    status,
    { message, connectionId: expect.any(String), requestId: expect.any(String) },
  ]);
  expect(asked()).toEqual(['authorizer']);
});

test.each<[string, () => unknown, number, string]>([
  ['a status', () => ({ statusCode: 409, body: 'too many connections' }), 409, 'too many connections'],
  [
    'a failure',
    () => {
      throw new FunctionFailure('no database');
    },
    502,
    'Internal server error',
  ],
  ['nothing', () => null, 502, 'Internal server error'],
])('%s from the function of $connect refuses', async (_what, connect, status, text) => {
  guarded();
  api.functions.connect = connect;
  expect(await refusal('?ticket=T1')).toMatchObject({ status, body: expect.stringContaining(text) });
});

test('what the function chooses is the subprotocol', async () => {
  guarded();
  api.functions.connect = () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'v2' } });
  const { socket } = await api.connect('?ticket=T1', { protocols: ['v1', 'v2'] });
  expect(socket.protocol).toBe('v2');
});

test('an API needs neither authorizer nor $connect', async () => {
  api.functions.echo = ({ body }) => ({ statusCode: 200, body });
  const RouteId = api.route('$default', 'echo', { RouteResponseSelectionExpression: '$default' });
  api.add('RouteResponse', 'Response', { ApiId: api.id, RouteId, RouteResponseKey: '$default' });
  api.start();
  const client = await api.connect();
  client.socket.send('hello');
  expect(await client.next()).toBe('hello');
});

test('only the path of the stage is a WebSocket API', async () => {
  guarded();
  await expect(api.connect('/other?ticket=T1')).rejects.toMatchObject({ status: 403 });
  await expect(api.connect('', { protocolVersion: 8 })).rejects.toMatchObject({ status: 400 });
});

test('500 new connections a second', async () => {
  api.functions.connect = () => ({ statusCode: 403 });
  api.route('$connect', 'connect');
  api.start();
  const statuses = await Promise.all(Array.from({ length: 501 }, () => refusal('').then(({ status }) => status)));
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  api.clock.step(api.clock.nowMs() + 2);
  expect((await refusal('')).status).toBe(403);
});
