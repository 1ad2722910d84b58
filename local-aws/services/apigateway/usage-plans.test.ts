import { afterEach, beforeEach, expect, test } from 'vitest';
import { allow, invocationUri, startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.close());

const KEYS = { ana: 'ana-key-ana-key-ana-key', bruno: 'bruno-key-bruno-key-bruno' };

/** A plan with both keys on it, over `GET /orders` and `GET /prices`. */
function plan(properties: Record<string, unknown>, throttle: Record<string, unknown> = {}): void {
  api.method('GET /orders', { ApiKeyRequired: true });
  api.method('GET /prices', { ApiKeyRequired: true });
  api.stage();
  const ApiStages = [{ ApiId: api.id, Stage: 'prod', Throttle: throttle }];
  const { ref: UsagePlanId } = api.add('UsagePlan', 'Plan', { UsagePlanName: 'standard', ApiStages, ...properties });
  for (const [name, Value] of Object.entries(KEYS)) {
    const { ref: KeyId } = api.add('ApiKey', name, { Name: name, Enabled: true, Value });
    api.add('UsagePlanKey', `Plan-${name}`, { UsagePlanId, KeyId, KeyType: 'API_KEY' });
  }
}

async function statuses(count: number, path: string, key: string): Promise<Record<number, number>> {
  const requests = Array.from({ length: count }, () => api.fetch(path, { headers: { 'x-api-key': key } }));
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(requests)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

test('150 at once under a burst of 100: exactly 100 pass, and then 100 a minute', async () => {
  plan({ Throttle: { BurstLimit: 100, RateLimit: 100 / 60 } });
  expect(await statuses(150, '/orders', KEYS.ana)).toEqual({ 200: 100, 429: 50 });
  api.clock.step(api.clock.nowMs() + 599);
  expect(await statuses(1, '/orders', KEYS.ana)).toEqual({ 429: 1 });
  api.clock.step(api.clock.nowMs() + 2);
  expect(await statuses(2, '/orders', KEYS.ana)).toEqual({ 200: 1, 429: 1 });
  api.clock.step(api.clock.nowMs() + 3_600_000);
  expect(await statuses(150, '/orders', KEYS.ana)).toEqual({ 200: 100, 429: 50 });
});

test('each key has its own bucket, all methods together', async () => {
  plan({ Throttle: { BurstLimit: 2, RateLimit: 1 } });
  expect(await statuses(1, '/orders', KEYS.ana)).toEqual({ 200: 1 });
  expect(await statuses(2, '/prices', KEYS.ana)).toEqual({ 200: 1, 429: 1 });
  expect(await statuses(2, '/orders', KEYS.bruno)).toEqual({ 200: 2 });
});

test('a method of the plan may have a narrower bucket', async () => {
  plan({ Throttle: { BurstLimit: 10, RateLimit: 1 } }, { '/orders/GET': { BurstLimit: 1, RateLimit: 1 } });
  expect(await statuses(2, '/orders', KEYS.ana)).toEqual({ 200: 1, 429: 1 });
  expect(await statuses(3, '/prices', KEYS.ana)).toEqual({ 200: 3 });
});

test('a quota is a key’s for the day, in UTC', async () => {
  plan({ Quota: { Limit: 2, Period: 'DAY' } });
  expect(await statuses(3, '/orders', KEYS.ana)).toEqual({ 200: 2, 429: 1 });
  expect(await statuses(1, '/orders', KEYS.bruno)).toEqual({ 200: 1 });
  api.clock.step(Date.UTC(2026, 2, 2, 23, 59, 59, 999));
  expect(await statuses(1, '/orders', KEYS.ana)).toEqual({ 429: 1 });
  api.clock.step(Date.UTC(2026, 2, 3));
  expect(await statuses(3, '/orders', KEYS.ana)).toEqual({ 200: 2, 429: 1 });
});

test('a throttled request does not use the quota', async () => {
  plan({ Throttle: { BurstLimit: 1, RateLimit: 1 }, Quota: { Limit: 2, Period: 'MONTH' } });
  expect(await statuses(5, '/orders', KEYS.ana)).toEqual({ 200: 1, 429: 4 });
  api.clock.step(api.clock.nowMs() + 1000);
  expect(await statuses(1, '/orders', KEYS.ana)).toEqual({ 200: 1 });
});

test('a function is told which key it was', async () => {
  plan({});
  await statuses(1, '/orders', KEYS.ana);
  const { identity } = api.invocations[0]?.event.requestContext ?? {};
  expect(identity).toMatchObject({ apiKey: KEYS.ana, apiKeyId: expect.stringMatching(/^[0-9a-z]{10}$/) });
});

test('with key source AUTHORIZER the authorizer names the key, and the header counts for nothing', async () => {
  await api.close();
  api = await startTestApi({ api: { ApiKeySourceType: 'AUTHORIZER' } });
  plan({ Throttle: { BurstLimit: 1, RateLimit: 1 } });
  const { ref: AuthorizerId } = api.add('Authorizer', 'Authorizer', {
    RestApiId: api.id,
    Type: 'REQUEST',
    AuthorizerUri: invocationUri('authorizer'),
    IdentitySource: 'method.request.header.x-api-key',
  });
  api.method('GET /orders', { ApiKeyRequired: true, AuthorizationType: 'CUSTOM', AuthorizerId });
  api.functions.authorizer = ({ headers }) =>
    headers['x-api-key'] === 'secret' ? allow('*', { usageIdentifierKey: KEYS.ana }) : allow();
  expect(await statuses(1, '/orders', KEYS.ana)).toEqual({ 403: 1 });
  expect(await statuses(2, '/orders', 'secret')).toEqual({ 200: 1, 429: 1 });
});
