import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.close());

/** Draft 4: `exclusiveMinimum` is a boolean beside `minimum`, definitions are `definitions`. */
const ORDER = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['symbol', 'quantity'],
  additionalProperties: false,
  definitions: { side: { enum: ['BUY', 'SELL'] } },
  properties: {
    symbol: { type: 'string', pattern: '^[A-Z]{4}[0-9]{1,2}F?$', maxLength: 7 },
    quantity: { type: 'integer', minimum: 0, exclusiveMinimum: true, maximum: 1_000_000, multipleOf: 5 },
    side: { $ref: '#/definitions/side' },
    price: {
      oneOf: [
        { type: 'string', minLength: 2 },
        { type: 'number', minimum: 1 },
      ],
    },
    tags: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
      items: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    at: { type: 'string', format: 'date-time' },
    id: { type: 'string', format: 'uuid' },
    other: { not: { type: 'string' } },
  },
};

function declare(validator: Record<string, unknown>, schema: unknown = ORDER): void {
  const { ref: RequestValidatorId } = api.add('RequestValidator', 'Validator', { RestApiId: api.id, ...validator });
  const model = api.add('Model', 'Order', { RestApiId: api.id, Name: 'Order', Schema: schema });
  api.add('GatewayResponse', 'BadBody', {
    RestApiId: api.id,
    ResponseType: 'BAD_REQUEST_BODY',
    ResponseTemplates: { 'application/json': '"$context.error.validationErrorString"' },
  });
  api.method('POST /orders/{id}', {
    RequestValidatorId,
    RequestModels: { 'application/json': model.ref },
    RequestParameters: {
      'method.request.querystring.q': true,
      'method.request.header.X-One': true,
      'method.request.path.id': true,
    },
  });
  api.stage();
}

async function post(body: unknown): Promise<string | number> {
  const headers = { 'Content-Type': 'application/json' };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await api.fetch('/orders/1', { method: 'POST', body: text, headers });
  return response.status === 400 ? ((await response.json()) as string) : response.status;
}

const FITS = { symbol: 'PETR4', quantity: 100 };

test('a body may have a property named as a method of all objects', async () => {
  declare({ ValidateRequestBody: true });
  expect(await post({ ...FITS, toString: {} })).toContain('"toString"');
});

test.each([
  ['the least', FITS],
  [
    'everything',
    { ...FITS, side: 'BUY', price: '30.25', tags: ['a', null], at: '2026-03-02T12:00:00Z', id: 'no uuid', other: 1 },
  ],
])('%s fits', async (_what, body) => {
  declare({ ValidateRequestBody: true });
  expect(await post(body)).toBe(200);
});

test.each([
  ['not JSON', '{', '[the request body is not valid JSON]'],
  ['missing properties', {}, '[object has missing required properties (["quantity","symbol"])]'],
  [
    'unknown properties',
    { ...FITS, b: 1, a: 1 },
    '[object instance has properties which are not allowed by the schema: ["a","b"]]',
  ],
  [
    'another type',
    { ...FITS, symbol: 1 },
    '[instance type (integer) does not match any allowed primitive type (allowed: ["string"])]',
  ],
  ['no object at all', [], '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
  [
    'a fraction',
    { ...FITS, quantity: 1.5 },
    '[instance type (number) does not match any allowed primitive type (allowed: ["integer"]), remainder of division is not zero (1.5 / 5)]',
  ],
  [
    'a pattern',
    { ...FITS, symbol: 'petr4' },
    '[ECMA 262 regex "^[A-Z]{4}[0-9]{1,2}F?$" does not match input string "petr4"]',
  ],
  ['too small', { ...FITS, quantity: 0 }, '[numeric instance is not strictly greater than the required minimum 0]'],
  [
    'too large',
    { ...FITS, quantity: 1e20 },
    '[numeric instance is greater than the required maximum (maximum: 1000000, found: 100000000000000000000)]',
  ],
  ['not a multiple', { ...FITS, quantity: 7 }, '[remainder of division is not zero (7 / 5)]'],
  [
    'none of an enum',
    { ...FITS, side: 'HOLD' },
    '[instance value ("HOLD") not found in enum (possible values: ["BUY","SELL"])]',
  ],
  ['one of none', { ...FITS, price: '1' }, '[instance failed to match exactly one schema (matched 0 out of 2)]'],
  ['too few', { ...FITS, tags: [] }, '[array is too short: must have at least 1 elements but instance has 0 elements]'],
  ['twice the same', { ...FITS, tags: ['a', 'a'] }, '[array must not contain duplicate elements]'],
  [
    'an item that fits nothing',
    { ...FITS, tags: [1] },
    '[instance failed to match at least one required schema among 2]',
  ],
  ['a format of draft 4', { ...FITS, at: 'noon' }, '[string "noon" is invalid against requested date-time format]'],
  ['what it must not be', { ...FITS, other: '' }, '[instance matched a schema which it should not have]'],
  [
    'several at once',
    { symbol: 'PETR4567', quantity: -5 },
    '[string "PETR4567" is too long (length: 8, maximum allowed: 7), ECMA 262 regex "^[A-Z]{4}[0-9]{1,2}F?$" does not match input string "PETR4567", numeric instance is not strictly greater than the required minimum 0]',
  ],
])('%s does not fit, in AWS’s words', async (_what, body, detail) => {
  declare({ ValidateRequestBody: true });
  expect(await post(body)).toBe(detail);
  expect(api.invocations).toEqual([]);
});

test('a schema given as text, and one that refers to another model', async () => {
  const $ref = `https://apigateway.amazonaws.com/restapis/${api.id}/models/Symbol`;
  api.add('Model', 'Symbol', { RestApiId: api.id, Name: 'Symbol', Schema: '{"type":"string"}' });
  declare({ ValidateRequestBody: true }, JSON.stringify({ type: 'object', properties: { symbol: { $ref } } }));
  expect(await post({ symbol: 'PETR4' })).toBe(200);
  expect(await post({ symbol: 4 })).toContain('instance type (integer)');
});

test('parameters are asked for before the body, all at once, and header names in any case', async () => {
  declare({ ValidateRequestBody: true, ValidateRequestParameters: true });
  const missing = await api.fetch('/orders/1?q=', { method: 'POST', body: '{}' });
  expect([missing.status, await missing.json()]).toEqual([
    400,
    { message: 'Missing required request parameters: [X-One, q]' },
  ]);
  const init = { method: 'POST', body: JSON.stringify(FITS), headers: { 'x-one': '1' } };
  expect((await api.fetch('/orders/1?q=1', init)).status).toBe(200);
});

test('a validator that checks nothing lets everything pass', async () => {
  declare({});
  expect(await post('{')).toBe(200);
});
