import { afterEach, beforeEach, expect, test } from 'vitest';
import { allow } from '../apigateway/testing/test-api.ts';
import { startTestWebSocketApi, type TestWebSocketApi } from './testing/test-web-socket-api.ts';

let api: TestWebSocketApi;

beforeEach(async () => {
  api = await startTestWebSocketApi();
});
afterEach(() => api.close());

const Format =
  '$context.requestTime $context.eventType $context.routeKey $context.authorizer.principalId $context.status';
const lines = (): string[] => api.logged.filter(({ level }) => level === 'info').map(({ message }) => message);

test('a connection, its messages and its end have a line each, in the stage’s format', async () => {
  api.functions.authorizer = ({ queryStringParameters }) => (queryStringParameters.ticket === 'T1' ? allow() : null);
  api.functions.connect = () => ({ statusCode: 200 });
  api.functions.subscribe = () => ({ statusCode: 200 });
  api.functions.disconnect = () => ({ statusCode: 200 });
  api.route('$connect', 'connect', { AuthorizationType: 'CUSTOM', AuthorizerId: api.authorizer() });
  api.route('$disconnect', 'disconnect');
  api.route('subscribe', 'subscribe');
  api.start({ AccessLogSettings: { DestinationArn: 'arn:aws:logs:sa-east-1:000000000000:log-group:api', Format } });
  await expect(api.connect('?ticket=T2')).rejects.toMatchObject({ status: 500 });
  const client = await api.connect('?ticket=T1');
  client.socket.send('{"action":"subscribe"}');
  await api.invoked('subscribe');
  client.socket.send('{"action":"other"}');
  await client.next();
  client.socket.close();
  await client.closed;
  await api.invoked('disconnect');
  await api.advance(0);
  const time = '02/Mar/2026:12:00:00 +0000';
  expect(lines()).toEqual([
    `${time} CONNECT $connect - 500`,
    `${time} CONNECT $connect ana 200`,
    `${time} MESSAGE subscribe ana 200`,
    `${time} MESSAGE - ana 403`,
    `${time} DISCONNECT $disconnect ana 200`,
  ]);
});

test('a variable that is not had here is refused at the start', () => {
  const AccessLogSettings = { DestinationArn: 'arn', Format: '$context.identity.cognitoIdentityId' };
  expect(() => api.start({ AccessLogSettings })).toThrow('$context.identity.cognitoIdentityId');
});
