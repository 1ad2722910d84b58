import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { expect, it } from 'vitest';
import { apiDesk } from './api-desk.ts';

const answering = (body: string) => async (): Promise<APIGatewayProxyResult> => ({ statusCode: 200, body });
const desk = apiDesk(
  [{ method: 'GET', path: '/v1/staff' }, answering('list')],
  [{ method: 'POST', path: '/v1/staff' }, answering('create')],
  [{ method: 'DELETE', path: '/v1/staff/{staffId}' }, answering('suspend')],
);
const ask = (httpMethod: string, resource: string) => desk({ httpMethod, resource } as APIGatewayProxyEvent);

it('hands a request to the operation of its route, whatever stands in its path', async () => {
  expect((await ask('GET', '/v1/staff')).body).toBe('list');
  expect((await ask('POST', '/v1/staff')).body).toBe('create');
  expect((await ask('DELETE', '/v1/staff/{staffId}')).body).toBe('suspend');
});

it('has nothing for a route of another desk', () => {
  expect(() => ask('PUT', '/v1/staff')).toThrow('no operation of this desk is behind PUT /v1/staff');
});
