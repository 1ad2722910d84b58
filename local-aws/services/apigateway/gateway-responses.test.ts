import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
  const validator = api.add('RequestValidator', 'Validator', { RestApiId: api.id, ValidateRequestBody: true });
  const schema = { type: 'object', required: ['symbol'], properties: { symbol: { enum: ['PETR4'] } } };
  const model = api.add('Model', 'Order', { RestApiId: api.id, Schema: schema });
  api.method('POST /orders', { RequestValidatorId: validator.ref, RequestModels: { $default: model.ref } });
  api.method('GET /keyed', { ApiKeyRequired: true });
  api.stage({ Variables: { docs: 'https://docs' } });
});
afterEach(() => api.close());

function respondWith(ResponseType: string, properties: Record<string, unknown>): void {
  api.add('GatewayResponse', ResponseType, { RestApiId: api.id, ResponseType, ...properties });
}

test('a template tells what failed, as valid JSON', async () => {
  const template =
    '{"message":$context.error.messageString,"detail":"$context.error.validationErrorString","id":"$context.requestId"}';
  respondWith('BAD_REQUEST_BODY', { ResponseTemplates: { 'application/json': template } });
  const response = await api.fetch('/orders', { method: 'POST', body: '{"symbol":"X"}' });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    message: 'Invalid request body',
    detail: '[instance value ("X") not found in enum (possible values: ["PETR4"])]',
    id: response.headers.get('x-amzn-requestid'),
  });
});

test('status, headers and content type are the template’s', async () => {
  respondWith('INVALID_API_KEY', {
    StatusCode: 401,
    ResponseParameters: {
      'gatewayresponse.header.Retry-After': "'60'",
      'gatewayresponse.header.x-request': 'context.requestId',
      'gatewayresponse.header.x-docs': 'stageVariables.docs',
      'gatewayresponse.header.x-echo': 'method.request.header.x-correlation-id',
      'gatewayresponse.header.x-absent': 'method.request.querystring.none',
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
    },
    ResponseTemplates: { 'application/json': '{"see":"$stageVariables.docs$context.path"}' },
  });
  const response = await api.fetch('/keyed', { headers: { 'X-Correlation-Id': 'c-1' } });
  expect([response.status, await response.text()]).toEqual([401, '{"see":"https://docs/keyed"}']);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'retry-after': '60',
    'x-request': response.headers.get('x-amzn-requestid'),
    'x-docs': 'https://docs',
    'x-echo': 'c-1',
    'content-type': 'application/problem+json',
  });
  expect(response.headers.has('x-absent')).toBe(false);
});

test('DEFAULT_4XX stands for every type without its own, which keeps its status', async () => {
  respondWith('DEFAULT_4XX', { ResponseParameters: { 'gatewayresponse.header.x-family': "'4xx'" } });
  respondWith('MISSING_AUTHENTICATION_TOKEN', { StatusCode: 404 });
  const keyed = await api.fetch('/keyed');
  expect([keyed.status, keyed.headers.get('x-family')]).toEqual([403, '4xx']);
  const unknown = await api.fetch('/nothing');
  expect([unknown.status, unknown.headers.get('x-family')]).toEqual([404, null]);
});

test('DEFAULT_5XX stands for what a function does wrong', async () => {
  respondWith('DEFAULT_5XX', { ResponseTemplates: { 'text/plain': 'sorry: $context.error.responseType' } });
  api.functions.orders = () => null;
  const response = await api.fetch('/orders', { method: 'POST', body: '{"symbol":"PETR4"}' });
  expect([response.status, await response.text()]).toEqual([502, 'sorry: API_CONFIGURATION_ERROR']);
  expect(response.headers.get('content-type')).toBe('text/plain');
});

test('the access log has a line a request, in the stage’s format', async () => {
  const Format =
    '$context.requestTime $context.httpMethod $context.resourcePath $context.status $context.error.message $context.responseLength';
  api.add('Account', 'Account', { CloudWatchRoleArn: 'arn:aws:iam::000000000000:role/log' });
  api.stage({ AccessLogSetting: { DestinationArn: 'arn:aws:logs:sa-east-1:000000000000:log-group:api', Format } });
  await api.fetch('/orders', { method: 'POST', body: '{"symbol":"PETR4"}' });
  await api.fetch('/nothing');
  const lines = api.logged.filter(({ level }) => level === 'info').map(({ message }) => message);
  expect(lines).toEqual([
    '02/Mar/2026:12:00:00 +0000 POST /orders 200 - 2',
    '02/Mar/2026:12:00:00 +0000 GET - 403 Missing Authentication Token 42',
  ]);
});
