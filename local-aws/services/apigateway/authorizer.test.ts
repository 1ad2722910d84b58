import { afterEach, beforeEach, expect, test } from 'vitest';
import { allow, invocationUri, startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.close());

function guard(routes: readonly string[], properties: Record<string, unknown>): string {
  const authorizer = api.add('Authorizer', 'Authorizer', {
    RestApiId: api.id,
    Type: 'REQUEST',
    AuthorizerUri: invocationUri('authorizer'),
    IdentitySource: 'method.request.header.x-api-key',
    ...properties,
  });
  const method = { AuthorizationType: 'CUSTOM', AuthorizerId: authorizer.ref };
  for (const route of routes) api.method(route, method);
  api.stage();
  return authorizer.ref;
}

const asked = (): number => api.invocations.filter(({ functionName }) => functionName === 'authorizer').length;
const withKey = (key: string): RequestInit => ({ headers: { 'X-API-Key': key } });

test('a REQUEST authorizer gets the request, a function what it said', async () => {
  const id = guard(['GET /orders/{id}'], {});
  api.functions.authorizer = () => allow('*', { context: { accountId: 'A-1', level: 2, staff: false } });
  await api.fetch('/orders/7?x=1', withKey('k'));
  const [authorizer, orders] = api.invocations;
  expect(authorizer?.principal).toMatchObject({
    sourceArn: `arn:aws:execute-api:sa-east-1:000000000000:${api.id}/authorizers/${id}`,
  });
  expect(authorizer?.event).toMatchObject({
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:sa-east-1:000000000000:${api.id}/prod/GET/orders/7`,
    resource: '/orders/{id}',
    path: '/orders/7',
    httpMethod: 'GET',
    headers: { 'X-API-Key': 'k' },
    queryStringParameters: { x: '1' },
    pathParameters: { id: '7' },
    requestContext: { stage: 'prod', resourcePath: '/orders/{id}' },
  });
  expect(authorizer?.event).not.toHaveProperty('body');
  expect(orders?.event.requestContext.authorizer).toEqual({
    principalId: 'ana',
    accountId: 'A-1',
    level: '2',
    staff: 'false',
    integrationLatency: 0,
  });
});

test('a TOKEN authorizer gets the token, if it looks like one', async () => {
  guard(['GET /orders'], {
    Type: 'TOKEN',
    IdentitySource: 'method.request.header.Authorization',
    IdentityValidationExpression: 'Bearer [a-z]+',
  });
  api.functions.authorizer = () => allow();
  expect((await api.fetch('/orders', { headers: { authorization: 'Bearer 1' } })).status).toBe(401);
  expect(asked()).toBe(0);
  expect((await api.fetch('/orders', { headers: { authorization: 'Bearer abc' } })).status).toBe(200);
  expect(api.invocations[0]?.event).toEqual({
    type: 'TOKEN',
    methodArn: `arn:aws:execute-api:sa-east-1:000000000000:${api.id}/prod/GET/orders`,
    authorizationToken: 'Bearer abc',
  });
});

test('the cached policy is evaluated for each method: allowed here, denied there, asked once', async () => {
  guard(['GET /orders', 'DELETE /orders', 'GET /accounts'], {});
  api.functions.authorizer = () => allow(`arn:aws:execute-api:*:*:${api.id}/prod/GET/orde*`);
  const statuses: number[] = [];
  for (const [method, path] of [
    ['GET', '/orders'],
    ['DELETE', '/orders'],
    ['GET', '/accounts'],
    ['GET', '/orders'],
  ] as const) {
    statuses.push((await api.fetch(path, { ...withKey('k'), method })).status);
  }
  expect(statuses).toEqual([200, 403, 403, 200]);
  expect(asked()).toBe(1);
});

test('an answer is cached by identity and for its time', async () => {
  guard(['GET /orders'], { AuthorizerResultTtlInSeconds: 60 });
  api.functions.authorizer = () => allow();
  await api.fetch('/orders', withKey('a'));
  await api.fetch('/orders', withKey('b'));
  expect(asked()).toBe(2);
  api.clock.step(api.clock.nowMs() + 59_999);
  await api.fetch('/orders', withKey('a'));
  expect(asked()).toBe(2);
  api.clock.step(api.clock.nowMs() + 1);
  await api.fetch('/orders', withKey('a'));
  expect(asked()).toBe(3);
});

test('a deny is cached like an allow', async () => {
  guard(['GET /orders'], {});
  api.functions.authorizer = () => allow('arn:aws:execute-api:*:*:other/*');
  expect((await api.fetch('/orders', withKey('k'))).status).toBe(403);
  api.functions.authorizer = () => allow();
  expect((await api.fetch('/orders', withKey('k'))).status).toBe(403);
  expect(asked()).toBe(1);
});

test('a malformed answer is not cached', async () => {
  guard(['GET /orders'], {});
  api.functions.authorizer = () => ({});
  expect((await api.fetch('/orders', withKey('k'))).status).toBe(500);
  api.functions.authorizer = () => allow();
  expect((await api.fetch('/orders', withKey('k'))).status).toBe(200);
});

test('a TTL of 0 asks each time', async () => {
  guard(['GET /orders'], { AuthorizerResultTtlInSeconds: 0 });
  api.functions.authorizer = () => allow();
  await api.fetch('/orders', withKey('k'));
  await api.fetch('/orders', withKey('k'));
  expect(asked()).toBe(2);
});

test.each([
  ['header', '/orders', {}],
  ['query', '/orders', withKey('k')],
  ['an empty one', '/orders?q=', withKey('k')],
])('every identity source must be there: without %s 401, unasked', async (_what, path, init) => {
  guard(['GET /orders'], { IdentitySource: 'method.request.header.x-api-key, method.request.querystring.q' });
  api.functions.authorizer = () => allow();
  expect((await api.fetch(path, init)).status).toBe(401);
  expect(asked()).toBe(0);
});

test('an authorizer without an answer in 29 s: 500', async () => {
  guard(['GET /orders'], {});
  const called = Promise.withResolvers<void>();
  api.functions.authorizer = () => {
    called.resolve();
    return new Promise(() => {});
  };
  const pending = api.fetch('/orders', withKey('k'));
  await called.promise;
  api.clock.step(api.clock.nowMs() + 29_000);
  expect((await pending).status).toBe(500);
});
