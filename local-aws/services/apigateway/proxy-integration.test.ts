import { afterEach, beforeEach, expect, test } from 'vitest';
import { AwsError } from '../../kernel/aws-error.ts';
import { FunctionFailure, proxyTo, RawPayload, startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.close());

test('a function gets the whole of format 1.0', async () => {
  api.method('POST /v1/orders/{id}');
  api.stage({ Variables: { colour: 'blue' } });
  const response = await api.fetch('/v1/orders/ORD%2F1%20a?symbol=PETR4&symbol=VALE3&note=a+b%26c', {
    method: 'POST',
    headers: { 'X-Correlation-Id': 'c-1', 'User-Agent': 'test/1', 'Content-Type': 'application/json' },
    body: '{"quantity":"ç"}',
  });
  expect(response.status).toBe(200);
  const event = api.invocations[0]?.event;
  expect(event).toMatchObject({
    resource: '/v1/orders/{id}',
    path: '/v1/orders/ORD%2F1%20a',
    httpMethod: 'POST',
    queryStringParameters: { symbol: 'VALE3', note: 'a b&c' },
    multiValueQueryStringParameters: { symbol: ['PETR4', 'VALE3'], note: ['a b&c'] },
    pathParameters: { id: 'ORD/1 a' },
    stageVariables: { colour: 'blue' },
    body: '{"quantity":"ç"}',
    isBase64Encoded: false,
    headers: { 'X-Correlation-Id': 'c-1', 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Proto': 'http' },
    multiValueHeaders: { 'X-Correlation-Id': ['c-1'] },
  });
  expect(event.headers).not.toHaveProperty('content-length');
  expect(event.requestContext).toMatchObject({
    accountId: '000000000000',
    apiId: api.id,
    domainName: '127.0.0.1',
    httpMethod: 'POST',
    identity: { sourceIp: '127.0.0.1', userAgent: 'test/1', accessKey: null },
    path: '/v1/orders/ORD%2F1%20a',
    protocol: 'HTTP/1.1',
    requestTime: '02/Mar/2026:12:00:00 +0000',
    requestTimeEpoch: Date.UTC(2026, 2, 2, 12),
    resourcePath: '/v1/orders/{id}',
    stage: 'prod',
  });
  expect(event.requestContext.requestId).toBe(response.headers.get('x-amzn-requestid'));
  expect(event.requestContext.extendedRequestId).toBe(response.headers.get('x-amz-apigw-id'));
  expect(event.headers['X-Amzn-Trace-Id']).toBe(response.headers.get('x-amzn-trace-id'));
  expect(event.headers['X-Amzn-Trace-Id']).toMatch(/^Root=1-69a57bc0-[0-9a-f]{24}$/);
});

test('what a request does not have is null', async () => {
  api.method('GET /v1/orders');
  api.stage();
  await api.fetch('/v1/orders');
  expect(api.invocations[0]?.event).toMatchObject({
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: null,
  });
});

test('Lambda is called as the method of the API', async () => {
  api.method('GET /v1/orders/{id}');
  api.stage();
  await api.fetch('/v1/orders/1');
  expect(api.invocations[0]?.principal).toEqual({
    kind: 'service',
    service: 'apigateway.amazonaws.com',
    sourceArn: `arn:aws:execute-api:sa-east-1:000000000000:${api.id}/prod/GET/v1/orders/{id}`,
  });
});

test('tracing samples the request and goes on with the trace of the caller', async () => {
  api.method('GET /a');
  api.stage({ TracingEnabled: true });
  const root = 'Root=1-69a57ec0-0123456789abcdef01234567';
  const response = await api.fetch('/a', { headers: { 'X-Amzn-Trace-Id': root } });
  expect(response.headers.get('x-amzn-trace-id')).toMatch(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=1$`));
});

test('status, headers and body of the answer are the function’s', async () => {
  api.method('GET /a');
  api.stage();
  api.functions.orders = () => ({
    statusCode: '202',
    headers: { Location: '/v1/orders/1', 'x-single': 'no', Date: 'never', 'Transfer-Encoding': 'chunked' },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'], 'X-Single': ['yes'] },
    body: '{"orderId":"1"}',
  });
  const response = await api.fetch('/a');
  expect(response.status).toBe(202);
  expect(await response.text()).toBe('{"orderId":"1"}');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    location: '/v1/orders/1',
    'x-single': 'yes',
    'content-type': 'application/json',
    date: 'Mon, 02 Mar 2026 12:00:00 GMT',
    'x-amzn-remapped-date': 'never',
  });
});

test('an answer without members is an empty 200', async () => {
  api.method('GET /a');
  api.stage();
  api.functions.orders = () => ({});
  const response = await api.fetch('/a');
  expect([response.status, await response.text()]).toEqual([200, '']);
});

const MALFORMED: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a string', 'ok'],
  ['a list', [200]],
  ['not JSON', new RawPayload('ok')],
  ['another member', { statusCode: 200, body: '', cookies: [] }],
  ['a body that is an object', { statusCode: 200, body: { a: 1 } }],
  ['a status that is a word', { statusCode: 'ok', body: '' }],
  ['a status out of range', { statusCode: 99, body: '' }],
  ['headers that are a list', { statusCode: 200, headers: ['a'] }],
  ['a header with a line break', { statusCode: 200, headers: { 'x-a': 'b\r\nx-c: d' } }],
  ['several values that are not a list', { statusCode: 200, multiValueHeaders: { 'x-a': 'b' } }],
];

test.each(MALFORMED)('%s is a malformed answer: 502', async (_what, output) => {
  api.method('GET /a');
  api.stage();
  api.functions.orders = () => output;
  const response = await api.fetch('/a');
  expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
  expect(response.headers.get('x-amzn-errortype')).toBe('InternalServerErrorException');
  expect(api.logged.at(-1)).toMatchObject({
    level: 'error',
    message: expect.stringContaining('Malformed Lambda proxy'),
  });
});

test('a function that fails: 502, and the log says why', async () => {
  api.method('GET /a');
  api.stage();
  api.functions.orders = () => {
    throw new FunctionFailure('out of luck');
  };
  const response = await api.fetch('/a');
  expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
  expect(api.logged.at(-1)?.message).toContain('out of luck');
});

test.each([
  ['lets nobody invoke', new AwsError('AccessDeniedException', 'no permission', { status: 403 })],
  // https://repost.aws/knowledge-center/api-gateway-internal-server-error
  ['throttles', new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 })],
])('a function that Lambda %s: 500', async (_what, refusal) => {
  api.method('GET /a');
  api.stage();
  api.functions.orders = () => {
    throw refusal;
  };
  const response = await api.fetch('/a');
  expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
});

test('an event that is too large for Lambda: 413', async () => {
  api.method('GET /a');
  api.stage();
  api.functions.orders = () => {
    throw new AwsError('RequestTooLargeException', 'Request must be smaller than 6291456 bytes', { status: 413 });
  };
  const response = await api.fetch('/a');
  expect([response.status, await response.json()]).toEqual([413, { message: 'Request Too Long' }]);
});

test.each([
  ['29 s by default', {}, 29_000],
  ['the integration’s own', { TimeoutInMillis: 5000 }, 5000],
])('a function without an answer in time, %s: 504', async (_what, properties, timeoutMs) => {
  api.method('GET /a', { Integration: proxyTo('orders', properties) });
  api.stage();
  const asked = Promise.withResolvers<void>();
  api.functions.orders = () => {
    asked.resolve();
    return new Promise(() => {});
  };
  const pending = api.fetch('/a');
  await asked.promise;
  let answered = false;
  pending.then(() => {
    answered = true;
  });
  api.clock.step(api.clock.nowMs() + timeoutMs - 1);
  await api.fetch('/unknown');
  expect(answered).toBe(false);
  api.clock.step(api.clock.nowMs() + 1);
  const response = await pending;
  expect([response.status, await response.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
});
