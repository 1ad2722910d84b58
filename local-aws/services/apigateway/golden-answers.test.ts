import { afterEach, beforeEach, expect, test } from 'vitest';
import { allow, FunctionFailure, invocationUri, policy, startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;

/**
 * One API with every reason to refuse: what each request gets is what AWS was seen to answer (measured in ministack
 * issue 1746, or documented under "Gateway response types").
 */
beforeEach(async () => {
  api = await startTestApi();
  const authorizer = api.add('Authorizer', 'Authorizer', {
    RestApiId: api.id,
    Type: 'TOKEN',
    Name: 'authorizer',
    AuthorizerUri: invocationUri('authorizer'),
    IdentitySource: 'method.request.header.Authorization',
    AuthorizerResultTtlInSeconds: 0,
  });
  const validator = api.add('RequestValidator', 'Validator', {
    RestApiId: api.id,
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  });
  const schema = { type: 'object', required: ['symbol'], properties: { symbol: { type: 'string' } } };
  const model = api.add('Model', 'Order', { RestApiId: api.id, ContentType: 'application/json', Schema: schema });
  api.method('GET /open');
  api.method('GET /keyed', { ApiKeyRequired: true });
  api.method('GET /guarded', { AuthorizationType: 'CUSTOM', AuthorizerId: authorizer.ref });
  api.method('POST /orders', {
    RequestValidatorId: validator.ref,
    RequestModels: { 'application/json': model.ref },
    RequestParameters: { 'method.request.querystring.q': true, 'method.request.header.x-one': false },
  });
  api.method('GET /slow');
  api.add('Account', 'Account', { CloudWatchRoleArn: 'arn:aws:iam::000000000000:role/log' });
  api.stage({
    MethodSettings: [
      { HttpMethod: 'GET', ResourcePath: '/~1slow', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
      { HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR' },
    ],
  });
  const plan = api.add('UsagePlan', 'Plan', {
    ApiStages: [{ ApiId: api.id, Stage: 'prod' }],
    Quota: { Limit: 1, Period: 'DAY' },
  });
  const key = api.add('ApiKey', 'Key', { Enabled: true, Value: KEY });
  api.add('UsagePlanKey', 'PlanKey', { KeyId: key.ref, KeyType: 'API_KEY', UsagePlanId: plan.ref });
  api.add('ApiKey', 'Disabled', { Enabled: false, Value: DISABLED_KEY });
  api.add('ApiKey', 'WithoutPlan', { Enabled: true, Value: KEY_WITHOUT_PLAN });
  api.functions.authorizer = (event) => AUTHORIZER_ANSWERS[event.authorizationToken]?.();
});
afterEach(() => api.close());

const KEY = 'key-key-key-key-key-key';
const DISABLED_KEY = 'disabled-disabled-disabled';
const KEY_WITHOUT_PLAN = 'without-without-without';

const AUTHORIZER_ANSWERS: Record<string, () => unknown> = {
  allow: () => allow(),
  deny: () => policy('Deny', '*'),
  elsewhere: () => allow('arn:aws:execute-api:*:*:other/*'),
  malformed: () => ({ principalId: 'ana' }),
  nested: () => allow('*', { context: { roles: ['a'] } }),
  anonymous: () => ({ ...allow(), principalId: '' }),
  unauthorized: () => {
    throw new FunctionFailure('Unauthorized');
  },
  broken: () => {
    throw new FunctionFailure('database is away');
  },
};

interface Golden {
  readonly what: string;
  readonly send: [path: string, init?: RequestInit];
  /** Requests of the same kind sent before. */
  readonly before?: number;
  readonly status: number;
  readonly body: string;
  readonly errorType: string;
}

const token = (value: string): [string, RequestInit] => ['/guarded', { headers: { Authorization: value } }];
const key = (value: string): [string, RequestInit] => ['/keyed', { headers: { 'x-api-key': value } }];
const order = (body: string, query = '?q=1', type = 'application/json'): [string, RequestInit] => [
  `/orders${query}`,
  { method: 'POST', body, headers: { 'Content-Type': type } },
];
const explicitDeny = '{"Message":"User is not authorized to access this resource with an explicit deny"}';

const GOLDEN: readonly Golden[] = [
  {
    what: 'an unknown path',
    send: ['/nothing'],
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
    errorType: 'MissingAuthenticationTokenException',
  },
  {
    what: 'an unknown method',
    send: ['/open', { method: 'DELETE' }],
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
    errorType: 'MissingAuthenticationTokenException',
  },
  {
    what: 'OPTIONS without such a method',
    send: ['/open', { method: 'OPTIONS' }],
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
    errorType: 'MissingAuthenticationTokenException',
  },
  {
    what: 'no token',
    send: ['/guarded'],
    status: 401,
    body: '{"message":"Unauthorized"}',
    errorType: 'UnauthorizedException',
  },
  {
    what: 'an authorizer that says Unauthorized',
    send: token('unauthorized'),
    status: 401,
    body: '{"message":"Unauthorized"}',
    errorType: 'UnauthorizedException',
  },
  {
    what: 'an explicit deny',
    send: token('deny'),
    status: 403,
    body: explicitDeny,
    errorType: 'AccessDeniedException',
  },
  {
    what: 'an implicit deny',
    send: token('elsewhere'),
    status: 403,
    body: '{"Message":"User is not authorized to access this resource"}',
    errorType: 'AccessDeniedException',
  },
  {
    what: 'an authorizer without policy',
    send: token('malformed'),
    status: 500,
    body: '{"message":null}',
    errorType: 'AuthorizerConfigurationException',
  },
  {
    what: 'an authorizer with a nested context',
    send: token('nested'),
    status: 500,
    body: '{"message":null}',
    errorType: 'AuthorizerConfigurationException',
  },
  {
    what: 'an authorizer without principal',
    send: token('anonymous'),
    status: 500,
    body: '{"message":null}',
    errorType: 'AuthorizerConfigurationException',
  },
  {
    what: 'an authorizer that fails',
    send: token('broken'),
    status: 500,
    body: '{"message":null}',
    errorType: 'AuthorizerFailureException',
  },
  { what: 'no key', send: ['/keyed'], status: 403, body: '{"message":"Forbidden"}', errorType: 'ForbiddenException' },
  {
    what: 'an unknown key',
    send: key('nobody-nobody-nobody'),
    status: 403,
    body: '{"message":"Forbidden"}',
    errorType: 'ForbiddenException',
  },
  {
    what: 'a disabled key',
    send: key(DISABLED_KEY),
    status: 403,
    body: '{"message":"Forbidden"}',
    errorType: 'ForbiddenException',
  },
  {
    what: 'a key without plan',
    send: key(KEY_WITHOUT_PLAN),
    status: 403,
    body: '{"message":"Forbidden"}',
    errorType: 'ForbiddenException',
  },
  {
    what: 'a quota used up',
    send: key(KEY),
    before: 1,
    status: 429,
    body: '{"message":"Limit Exceeded"}',
    errorType: 'LimitExceededException',
  },
  {
    what: 'a throttled method',
    send: ['/slow'],
    before: 1,
    status: 429,
    body: '{"message":"Too Many Requests"}',
    errorType: 'TooManyRequestsException',
  },
  {
    what: 'a missing parameter',
    send: order('{"symbol":"PETR4"}', ''),
    status: 400,
    body: '{"message":"Missing required request parameters: [q]"}',
    errorType: 'BadRequestException',
  },
  {
    what: 'a body against its schema',
    send: order('{}'),
    status: 400,
    body: '{"message":"Invalid request body"}',
    errorType: 'BadRequestException',
  },
  {
    what: 'a body that is not JSON',
    send: order('{'),
    status: 400,
    body: '{"message":"Invalid request body"}',
    errorType: 'BadRequestException',
  },
  {
    what: 'no body',
    send: order(''),
    status: 400,
    body: '{"message":"Invalid request body"}',
    errorType: 'BadRequestException',
  },
  {
    what: 'a body over 10 MB',
    send: order('x'.repeat(10_485_761)),
    status: 413,
    body: '{"message":"HTTP content length exceeded 10485760 bytes."}',
    errorType: 'RequestTooLargeException',
  },
  {
    what: 'headers over 10,240 bytes',
    send: ['/open', { headers: { 'x-long': 'x'.repeat(10_240) } }],
    status: 431,
    body: '{"message":"Request Header Fields Too Large"}',
    errorType: 'BadRequestException',
  },
];

test.each(GOLDEN)('$what: $status', async ({ send, before = 0, status, body, errorType }) => {
  for (let sent = 0; sent < before; sent++) expect((await api.fetch(...send)).status).toBe(200);
  const response = await api.fetch(...send);
  expect([response.status, await response.text()]).toEqual([status, body]);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('x-amzn-errortype')).toBe(errorType);
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(api.invocations.filter(({ functionName }) => functionName === 'orders')).toHaveLength(before);
});

test.each([
  ['an open method', ['/open']],
  ['a token that is allowed', token('allow')],
  ['a key within its quota', key(KEY)],
  ['a body that fits', order('{"symbol":"PETR4"}', '?q=1', 'Application/JSON; charset=utf-8')],
  ['a body of another content type', order('a', '?q=1', 'text/plain')],
] as [string, [string, RequestInit?]][])('%s passes', async (_what, send) => {
  expect((await api.fetch(...send)).status).toBe(200);
});
