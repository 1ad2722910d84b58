import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let directory: string;
let planId: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'apigateway-'));
  await start();
});
afterEach(async () => {
  await api.close();
  rmSync(directory, { recursive: true });
});

async function start(): Promise<void> {
  api = await startTestApi({ path: join(directory, 'state.sqlite') });
  api.method('GET /orders', { ApiKeyRequired: true });
  api.stage();
  const ApiStages = [{ ApiId: api.id, Stage: 'prod' }];
  const Quota = { Limit: 2, Period: 'DAY' };
  planId = api.add('UsagePlan', 'Standard', { UsagePlanName: 'standard', ApiStages, Quota }).ref;
  api.add('UsagePlan', 'Professional', { UsagePlanName: 'professional', ApiStages });
}

const SCOPE =
  'AWS4-HMAC-SHA256 Credential=test/20260302/sa-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0';

/** The requests are those the SDK's client sends: restJson1, bindings of service model 2015-07-09. */
async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Answer; type: string | null }> {
  const init = { method, headers: { authorization: SCOPE }, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(`${api.awsEndpoint}${path}`, init);
  const text = await response.text();
  const type = response.headers.get('x-amzn-errortype');
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), type };
}

// biome-ignore lint/suspicious/noExplicitAny: each operation has its own answer
type Answer = any;

const VALUE = 'client-key-client-key-client';
const request = async (value = VALUE): Promise<number> =>
  (await api.fetch('/orders', { headers: { 'x-api-key': value } })).status;

async function createKey(value = VALUE): Promise<string> {
  return (await call('POST', '/apikeys', { name: 'client', enabled: true, value })).body.id;
}

test('a key works once it is created and on a plan, and no longer once it is off it', async () => {
  const created = await call('POST', '/apikeys', {
    name: 'client',
    enabled: true,
    value: VALUE,
    tags: { role: 'client' },
  });
  expect(created).toMatchObject({
    status: 201,
    body: {
      name: 'client',
      enabled: true,
      value: VALUE,
      stageKeys: [],
      tags: { role: 'client' },
      createdDate: 1_772_452_800,
    },
  });
  expect(await request()).toBe(403);
  const added = await call('POST', `/usageplans/${planId}/keys`, { keyId: created.body.id, keyType: 'API_KEY' });
  expect(added).toMatchObject({
    status: 201,
    body: { id: created.body.id, type: 'API_KEY', value: VALUE, name: 'client' },
  });
  expect(await request()).toBe(200);
  expect(await call('DELETE', `/usageplans/${planId}/keys/${created.body.id}`)).toMatchObject({ status: 202 });
  expect(await request()).toBe(403);
});

test('a deleted key is gone, from its plan too', async () => {
  const id = await createKey();
  await call('POST', `/usageplans/${planId}/keys`, { keyId: id, keyType: 'API_KEY' });
  expect(await call('DELETE', `/apikeys/${id}`)).toMatchObject({ status: 202, body: undefined });
  expect(await request()).toBe(403);
  expect((await call('GET', '/apikeys')).body.item).toEqual([]);
  expect((await call('GET', `/usageplans?keyId=${id}`)).body.item).toEqual([]);
});

test('without value and name both are made up or empty, and the key is disabled', async () => {
  const { body } = await call('POST', '/apikeys', {});
  expect(body).toMatchObject({ name: '', enabled: false, value: expect.stringMatching(/^[0-9a-z]{40}$/) });
});

test('GetApiKeys pages, filters by name and keeps values to itself', async () => {
  for (const name of ['ana', 'anabel', 'bruno']) await call('POST', '/apikeys', { name });
  const first = (await call('GET', '/apikeys?limit=2')).body;
  const second = (await call('GET', `/apikeys?limit=2&position=${first.position}`)).body;
  expect([first.item.length, second.item.length, second.position]).toEqual([2, 1, undefined]);
  const named = (await call('GET', '/apikeys?name=ana&includeValues=true')).body.item;
  expect(named.map(({ name }: Answer) => name).sort()).toEqual(['ana', 'anabel']);
  expect(named[0].value).toMatch(/^[0-9a-z]{40}$/);
  expect(first.item[0]).not.toHaveProperty('value');
});

test('GetUsagePlans tells the plans of the template', async () => {
  const { status, body } = await call('GET', '/usageplans');
  expect(status).toBe(200);
  expect(body.item[0]).toEqual({
    id: planId,
    name: 'standard',
    apiStages: [{ apiId: api.id, stage: 'prod' }],
    quota: { limit: 2, offset: 0, period: 'DAY' },
  });
  expect(body.item.map(({ name }: Answer) => name)).toEqual(['standard', 'professional']);
});

const REFUSALS: readonly [string, string, (id: string) => string, unknown, number, string][] = [
  ['a value in use', 'POST', () => '/apikeys', { value: VALUE }, 409, 'ConflictException'],
  ['a short value', 'POST', () => '/apikeys', { value: 'short' }, 400, 'BadRequestException'],
  ['a long value', 'POST', () => '/apikeys', { value: 'x'.repeat(129) }, 400, 'BadRequestException'],
  ['a name that is a number', 'POST', () => '/apikeys', { name: 1 }, 400, 'BadRequestException'],
  ['deleting an unknown key', 'DELETE', () => '/apikeys/nobody', undefined, 404, 'NotFoundException'],
  [
    'an unknown plan',
    'POST',
    () => '/usageplans/none/keys',
    { keyId: 'x', keyType: 'API_KEY' },
    404,
    'NotFoundException',
  ],
  [
    'an unknown key',
    'POST',
    () => `/usageplans/${planId}/keys`,
    { keyId: 'x', keyType: 'API_KEY' },
    404,
    'NotFoundException',
  ],
  ['another type of key', 'POST', () => `/usageplans/${planId}/keys`, { keyId: 'x' }, 400, 'BadRequestException'],
  [
    'a key that is not on the plan',
    'DELETE',
    (id) => `/usageplans/${planId}/keys/${id}`,
    undefined,
    404,
    'NotFoundException',
  ],
  ['a page of nothing', 'GET', () => '/apikeys?limit=0', undefined, 400, 'BadRequestException'],
  ['a page after nothing', 'GET', () => '/apikeys?position=none', undefined, 400, 'BadRequestException'],
  ['an operation that is not had', 'GET', () => '/restapis', undefined, 404, 'UnknownOperationException'],
];

test.each(REFUSALS)('%s is refused', async (_what, method, path, body, status, type) => {
  const id = await createKey();
  expect(await call(method, path(id), body)).toMatchObject({ status, type });
});

test('a key is on one plan a stage', async () => {
  const keyId = await createKey();
  await call('POST', `/usageplans/${planId}/keys`, { keyId, keyType: 'API_KEY' });
  const other = (await call('GET', '/usageplans')).body.item[1].id;
  const again = await call('POST', `/usageplans/${planId}/keys`, { keyId, keyType: 'API_KEY' });
  const second = await call('POST', `/usageplans/${other}/keys`, { keyId, keyType: 'API_KEY' });
  expect([again.type, second.type]).toEqual(['ConflictException', 'ConflictException']);
});

test('keys, plans and used quota outlive a restart', async () => {
  const keyId = await createKey();
  await call('POST', `/usageplans/${planId}/keys`, { keyId, keyType: 'API_KEY' });
  expect(await request()).toBe(200);
  await api.close();
  await start();
  expect((await call('GET', '/apikeys?includeValues=true')).body.item).toMatchObject([{ id: keyId, value: VALUE }]);
  expect([await request(), await request()]).toEqual([200, 429]);
});

test('a template’s key without a value keeps the one it was given', async () => {
  const declared = { Name: 'declared', Enabled: true };
  const currentValue = async (): Promise<string> =>
    (await call('GET', '/apikeys?includeValues=true')).body.item[0].value;
  const { ref } = api.add('ApiKey', 'Declared', declared);
  const value = await currentValue();
  await api.close();
  await start();
  expect(api.add('ApiKey', 'Declared', declared).ref).toBe(ref);
  expect(await currentValue()).toBe(value);
});
