import { afterEach, beforeEach, expect, test } from 'vitest';
import { invocationUri } from '../apigateway/testing/test-api.ts';
import { startTestWebSocketApi, type TestWebSocketApi } from './testing/test-web-socket-api.ts';

let api: TestWebSocketApi;

beforeEach(async () => {
  api = await startTestWebSocketApi();
});
afterEach(() => api.close());

const API = { Name: 'a', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' };
const ROUTE = { RouteKey: '$connect', Target: 'integrations/a' };
const INTEGRATION = { IntegrationType: 'AWS_PROXY', IntegrationUri: invocationUri('f') };
const STAGE = { StageName: 'stream' };

test.each<[string, string, Record<string, unknown>, string]>([
  ['an HTTP API', 'Api', { ...API, ProtocolType: 'HTTP' }, 'ProtocolType HTTP'],
  [
    'an API without route selection',
    'Api',
    { ...API, RouteSelectionExpression: undefined },
    'RouteSelectionExpression',
  ],
  ['CORS', 'Api', { ...API, CorsConfiguration: {} }, 'property CorsConfiguration of AWS::ApiGatewayV2::Api (It)'],
  ['a JWT authorizer', 'Authorizer', { AuthorizerType: 'JWT' }, 'AuthorizerType JWT'],
  [
    'a cache of results',
    'Authorizer',
    { AuthorizerUri: invocationUri('f'), AuthorizerResultTtlInSeconds: 300 },
    'property AuthorizerResultTtlInSeconds',
  ],
  ['a mock integration', 'Integration', { ...INTEGRATION, IntegrationType: 'MOCK' }, 'IntegrationType MOCK'],
  ['another URI', 'Integration', { ...INTEGRATION, IntegrationUri: 'https://x' }, 'integration URI https://x'],
  ['30 s', 'Integration', { ...INTEGRATION, TimeoutInMillis: 30_000 }, 'between 50 ms and 29000 ms'],
  ['request templates', 'Integration', { ...INTEGRATION, RequestTemplates: {} }, 'property RequestTemplates'],
  ['IAM authorization', 'Route', { ...ROUTE, AuthorizationType: 'AWS_IAM' }, 'AuthorizationType AWS_IAM'],
  ['CUSTOM without authorizer', 'Route', { ...ROUTE, AuthorizationType: 'CUSTOM' }, 'AuthorizerId is required'],
  [
    'an authorizer of messages',
    'Route',
    { ...ROUTE, RouteKey: '$default', AuthorizationType: 'CUSTOM', AuthorizerId: 'a' },
    'restricted to the $connect route',
  ],
  ['an API key', 'Route', { ...ROUTE, ApiKeyRequired: true }, 'ApiKeyRequired'],
  ['another target', 'Route', { ...ROUTE, Target: 'x' }, 'Target x'],
  ['another response', 'RouteResponse', { RouteId: 'r', RouteResponseKey: 'x' }, 'RouteResponseKey x'],
  ['a rate without burst', 'Stage', { ...STAGE, DefaultRouteSettings: { ThrottlingRateLimit: 1 } }, 'together'],
  ['bodies in the log', 'Stage', { ...STAGE, DefaultRouteSettings: { DataTraceEnabled: true } }, 'DataTraceEnabled'],
  ['settings of one route', 'Stage', { ...STAGE, RouteSettings: {} }, 'property RouteSettings'],
])('%s is refused', (_what, type, properties, message) => {
  const owner = type === 'Api' ? {} : { ApiId: api.id };
  expect(() => api.add(type, 'It', { ...owner, ...properties })).toThrow(message);
});

test.each<[string, () => void, string]>([
  [
    'another expression',
    () => apiOfStage('$request.header.action'),
    'route selection expression $request.header.action',
  ],
  ['a second stage of one name', () => apiOfStage('$request.body.action'), 'two stages'],
  ['an unknown integration', () => api.add('Route', 'R', { ApiId: api.id, ...ROUTE }), 'Invalid integration'],
  ['an unknown authorizer', () => guarded('x'), 'Invalid authorizer'],
  [
    'an identity source of the context',
    () => {
      const authorizer = { AuthorizerUri: invocationUri('f'), IdentitySource: ['context.identity.sourceIp'] };
      guarded(api.add('Authorizer', 'A', { ApiId: api.id, ...authorizer }).ref);
    },
    'identity source context.identity.sourceIp',
  ],
])('%s shows at the start', (_what, declare, message) => {
  declare();
  expect(() => api.start()).toThrow(message);
});

function apiOfStage(RouteSelectionExpression: string): void {
  const { ref: ApiId } = api.add('Api', 'Other', { ...API, RouteSelectionExpression });
  api.add('Stage', 'OtherStage', { ApiId, ...STAGE });
}

function guarded(AuthorizerId: string): void {
  api.route('$connect', 'connect', { AuthorizationType: 'CUSTOM', AuthorizerId });
}

test('an API tells its address', () => {
  const { ref, attributes } = api.add('Api', 'It', API);
  expect(attributes).toEqual({ ApiId: ref, ApiEndpoint: `wss://${ref}.execute-api.sa-east-1.amazonaws.com` });
  expect(api.add('Api', 'It', API).ref).toBe(ref);
});
