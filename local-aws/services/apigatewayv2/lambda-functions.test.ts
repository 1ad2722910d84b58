import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ApiServer, createApiServer } from '../../server/api-server.ts';
import type { TemplateResource } from '../../template/template.ts';
import { type LambdaFixture, startLambdaFixture } from '../../testing/lambda-fixture.ts';
import { createApigateway } from '../apigateway/apigateway.service.ts';
import { createApigatewayV2 } from './apigatewayv2.service.ts';

const functions = {
  connect: `exports.handler = async ({ queryStringParameters }) => {
    return { statusCode: queryStringParameters?.ticket === 'T1' ? 200 : 403 };
  };`,
  // Posts as the local bundle's HTTP handler does.
  echo: `
    const [, , host, stage] = process.env.STREAM_ENDPOINT.split('/');
    const post = (id, body) => new Promise((resolve) => globalThis[Symbol.for('local-aws.transport')]({
      method: 'POST', path: '/' + stage + '/@connections/' + encodeURIComponent(id), query: {},
      headers: { host, 'x-local-aws-signing-name': 'execute-api' }, body,
    }, (response) => resolve([response.status, response.headers['x-amzn-errortype']])));
    exports.handler = async ({ body, requestContext }) => {
      const answers = [await post('nobody=', body), await post(requestContext.connectionId, new TextEncoder().encode(body))];
      console.log(JSON.stringify([process.env.STREAM_ENDPOINT, ...answers]));
      return { statusCode: 200 };
    };`,
};

/** As the CDK's WebSocketApi writes them. */
const join = (...parts: unknown[]): unknown => ({ 'Fn::Join': ['', parts] });
const ApiId = { Ref: 'Api' };

function route(name: string, RouteKey: string): Record<string, TemplateResource> {
  const prefix = ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31'];
  const IntegrationUri = join(...prefix, '/functions/', { 'Fn::GetAtt': [name, 'Arn'] }, '/invocations');
  const SourceArn = join('arn:aws:execute-api:sa-east-1:000000000000:', ApiId, `/*${RouteKey}`);
  return {
    [`${name}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': [name, 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn,
      },
    },
    [`${name}Integration`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri },
    },
    [`${name}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId,
        AuthorizationType: 'NONE',
        RouteKey,
        Target: join('integrations/', { Ref: `${name}Integration` }),
      },
    },
  };
}

const host = [ApiId, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }];
const Environment = { Variables: { STREAM_ENDPOINT: join('https://', ...host, '/stream') } };
const resources: Record<string, TemplateResource> = {
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'Stream', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
  },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId, AutoDeploy: true, StageName: 'stream' } },
  ...route('connect', '$connect'),
  ...route('echo', '$default'),
};

let fixture: LambdaFixture;
let server: ApiServer;

beforeEach(async () => {
  fixture = await startLambdaFixture({
    services: [createApigateway, createApigatewayV2],
    functions,
    functionProperties: { echo: { Environment } },
    resources,
  });
  server = await createApiServer(fixture.kernel, { port: 0 });
});
afterEach(async () => {
  await server.close();
  await fixture.close();
});

const open = (ticket: string): WebSocket => new WebSocket(`ws://127.0.0.1:${server.port}/stream?ticket=${ticket}`);

test('a function reaches its connection in process, by the address of AWS', async () => {
  const socket = open('T1');
  await new Promise((resolve) => socket.once('open', resolve));
  const answered = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
  socket.send('ação');
  expect(await answered).toBe('ação');
  await fixture.idle();
  expect(fixture.logged).toEqual([
    [
      expect.stringMatching(/^https:\/\/[0-9a-z]{10}\.execute-api\.sa-east-1\.amazonaws\.com\/stream$/),
      [410, 'GoneException'],
      [200, null],
    ],
  ]);
});

test('a function refuses a handshake', async () => {
  const socket = open('T2');
  const status = await new Promise((resolve) =>
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      resolve(statusCode);
    }),
  );
  expect(status).toBe(403);
});
