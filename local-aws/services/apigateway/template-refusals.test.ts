import { afterEach, beforeEach, expect, test } from 'vitest';
import { invocationUri, proxyTo, startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.close());

const METHOD = { ResourceId: 'r', HttpMethod: 'GET', AuthorizationType: 'NONE', Integration: proxyTo('orders') };
const AUTHORIZER = { Type: 'REQUEST', AuthorizerUri: invocationUri('a'), IdentitySource: 'method.request.header.x' };
const STAGE = { StageName: 'prod' };

test.each<[string, string, Record<string, unknown>, string]>([
  [
    'an API from OpenAPI',
    'RestApi',
    { Name: 'a', Body: {} },
    'property Body of AWS::ApiGateway::RestApi (It) is not supported',
  ],
  ['a resource policy', 'RestApi', { Name: 'a', Policy: {} }, 'property Policy'],
  ['another key source', 'RestApi', { Name: 'a', ApiKeySourceType: 'COOKIE' }, 'ApiKeySourceType COOKIE'],
  ['a path part with a slash', 'Resource', { ParentId: 'p', PathPart: 'a/b' }, 'path part'],
  ['IAM authorization', 'Method', { ...METHOD, AuthorizationType: 'AWS_IAM' }, 'AuthorizationType AWS_IAM'],
  ['CUSTOM without authorizer', 'Method', { ...METHOD, AuthorizationType: 'CUSTOM' }, 'Invalid authorizer'],
  ['a mock integration', 'Method', { ...METHOD, Integration: { Type: 'MOCK' } }, 'Type MOCK'],
  ['no integration', 'Method', { ...METHOD, Integration: undefined }, 'without Integration'],
  [
    'an integration by GET',
    'Method',
    { ...METHOD, Integration: proxyTo('a', { IntegrationHttpMethod: 'GET' }) },
    'must be POST',
  ],
  [
    'another URI',
    'Method',
    { ...METHOD, Integration: proxyTo('a', { Uri: 'https://x' }) },
    'integration URI https://x',
  ],
  [
    '30 s',
    'Method',
    { ...METHOD, Integration: proxyTo('a', { TimeoutInMillis: 30_000 }) },
    'between 50 ms and 29000 ms',
  ],
  ['credentials', 'Method', { ...METHOD, Integration: proxyTo('a', { Credentials: 'arn' }) }, 'property Credentials'],
  ['a schema that is no JSON', 'Model', { Name: 'm', Schema: '{' }, 'Invalid model schema'],
  ['a Cognito authorizer', 'Authorizer', { ...AUTHORIZER, Type: 'COGNITO_USER_POOLS' }, 'Type COGNITO_USER_POOLS'],
  [
    'caching without identity',
    'Authorizer',
    { ...AUTHORIZER, IdentitySource: undefined },
    'Identity source is required',
  ],
  ['a TTL over an hour', 'Authorizer', { ...AUTHORIZER, AuthorizerResultTtlInSeconds: 3601 }, 'between 0 and 3600'],
  ['an unknown gateway response', 'GatewayResponse', { ResponseType: 'TEAPOT' }, 'gateway response TEAPOT'],
  ['a cache', 'Stage', { ...STAGE, CacheClusterEnabled: true }, 'CacheClusterEnabled'],
  ['a canary', 'Stage', { ...STAGE, CanarySetting: {} }, 'property CanarySetting'],
  [
    'an access log without a role to write it',
    'Stage',
    { ...STAGE, AccessLogSetting: { DestinationArn: 'arn', Format: '$context.requestId' } },
    'CloudWatch Logs role ARN must be set in account settings',
  ],
  [
    'a log level without a role to write it',
    'Stage',
    { ...STAGE, MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR' }] },
    'CloudWatch Logs role ARN must be set in account settings',
  ],
  ['bodies in the log', 'Stage', { ...STAGE, MethodSettings: [{ DataTraceEnabled: true }] }, 'DataTraceEnabled'],
  ['a rate without burst', 'UsagePlan', { Throttle: { RateLimit: 1 } }, 'must be given together'],
  ['a quota with offset', 'UsagePlan', { Quota: { Limit: 1, Offset: 1, Period: 'DAY' } }, 'Offset'],
  [
    'a boolean that is none',
    'ApiKey',
    { Enabled: 'maybe' },
    'property Enabled of AWS::ApiGateway::ApiKey (It) must be a boolean',
  ],
  ['an identifier of its own', 'ApiKey', { Enabled: true, GenerateDistinctId: true }, 'property GenerateDistinctId'],
])('%s is refused', (_what, type, properties, message) => {
  const owner = ['RestApi', 'ApiKey', 'UsagePlan'].includes(type) ? {} : { RestApiId: api.id };
  expect(() => api.add(type, 'It', { ...owner, ...properties })).toThrow(message);
});

test.each<[string, () => void, string]>([
  [
    'an unknown variable',
    () => api.add('GatewayResponse', 'G', response({ 'application/json': '$context.nothing' })),
    '$context.nothing',
  ],
  [
    'a template language',
    () => api.add('GatewayResponse', 'G', response({ 'application/json': '#if(true)$input.body' })),
    '#if in a template',
  ],
  [
    'an unknown authorizer',
    () => api.method('GET /a', { AuthorizationType: 'CUSTOM', AuthorizerId: 'x' }),
    'authorizer',
  ],
  ['an unknown validator', () => api.method('GET /a', { RequestValidatorId: 'x' }), 'Validator'],
  [
    'a schema of another draft',
    () => model({ $schema: 'http://json-schema.org/draft-07/schema#' }),
    'specified: M: no schema',
  ],
  ['a schema that is none', () => model({ type: 'text' }), 'Invalid model specified: M: schema is invalid'],
  ['a reference to nothing', () => model({ $ref: '#/definitions/none' }), "Invalid model specified: M: can't resolve"],
  ['a model that is not declared', () => validated('None'), 'Invalid model name specified: None'],
  ['a second stage', () => api.stage({ StageName: 'other' }), 'more than one stage'],
])('%s shows at the start', (_what, declare, message) => {
  api.stage();
  api.method('GET /a');
  declare();
  expect(() => api.gateway.start?.()).toThrow(message);
});

function response(ResponseTemplates: Record<string, string>): Record<string, unknown> {
  return { RestApiId: api.id, ResponseType: 'THROTTLED', ResponseTemplates };
}

function model(Schema: Record<string, unknown>): void {
  api.add('Model', 'M', { RestApiId: api.id, Name: 'M', Schema });
  validated('M');
}

function validated(modelName: string): void {
  const validator = { RestApiId: api.id, ValidateRequestBody: true };
  const { ref: RequestValidatorId } = api.add('RequestValidator', 'V', validator);
  api.method('GET /a', { RequestValidatorId, RequestModels: { 'application/json': modelName } });
}
