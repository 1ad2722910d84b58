import { readFileSync } from 'node:fs';
import { functionOf, type Role, type Route } from '@brokerage/contracts/routes/route';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { problem } from './api-answer.ts';
import { apiHandler } from './api-handler.ts';

const ROLES: readonly Role[] = ['TRADER', 'OPERATOR', 'COMPLIANCE', 'ADMINISTRATOR'];
const STAFF: readonly Role[] = ['OPERATOR', 'COMPLIANCE', 'ADMINISTRATOR'];
const ACCOUNT_KEEPERS: readonly Role[] = ['OPERATOR', 'ADMINISTRATOR'];

/** Who may do what of staff's; whatever is not here and needs a key is for clients alone. Written by hand, so that no route opens by itself. */
const STAFF_OPERATIONS: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/ops/trial-balance': ['OPERATOR'],
  'POST /v1/ops/republish': ['OPERATOR'],
  'POST /v1/ops/sweep': ['OPERATOR'],
  'GET /v1/compliance/alerts': ['COMPLIANCE'],
  'POST /v1/clients': ACCOUNT_KEEPERS,
  'GET /v1/clients': STAFF,
  'GET /v1/clients/{clientId}': STAFF,
  'GET /v1/clients/{clientId}/export': ['COMPLIANCE'],
  'POST /v1/clients/{clientId}/closing': ACCOUNT_KEEPERS,
  'POST /v1/clients/{clientId}/suitability': ACCOUNT_KEEPERS,
  'DELETE /v1/clients/{clientId}': ['COMPLIANCE'],
  'POST /v1/staff': ['ADMINISTRATOR'],
  'GET /v1/staff': ['ADMINISTRATOR'],
  'DELETE /v1/staff/{staffId}': ['ADMINISTRATOR'],
  'POST /v1/staff/{staffId}/api-keys': ['ADMINISTRATOR'],
  'POST /v1/clients/{clientId}/api-keys': ACCOUNT_KEEPERS,
  'GET /v1/clients/{clientId}/api-keys': STAFF,
  'POST /v1/clients/{clientId}/api-keys/{keyId}/rotations': ACCOUNT_KEEPERS,
  'DELETE /v1/clients/{clientId}/api-keys/{keyId}': ACCOUNT_KEEPERS,
};

const keyed: readonly (readonly [name: string, key: string, route: Route])[] = Object.entries(ROUTES)
  .filter(([, route]) => route.access.kind === 'KEY')
  .map(([key, route]) => [`${route.method} ${route.path}`, key, route]);

function callOf(role: string | undefined): APIGatewayProxyEvent {
  const authorizer = role === undefined ? {} : { accountId: 'someone', role };
  return { headers: {}, body: '{', requestContext: { requestId: 'req-1', authorizer } } as never;
}

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

it('every operation of staff is one of the routes', () => {
  expect(Object.keys(STAFF_OPERATIONS).filter((name) => !keyed.some(([route]) => route === name))).toEqual([]);
});

describe.each(keyed)('%s', (name, key, route) => {
  const mayCall = STAFF_OPERATIONS[name] ?? ['TRADER'];

  it.each([...ROLES, 'client', 'ROOT', undefined])('opens for %s as its access says', async (role) => {
    const { statusCode } = await apiHandler(route, async () => problem('NOT_FOUND'))(callOf(role));
    expect(statusCode !== 403).toBe((mayCall as readonly (string | undefined)[]).includes(role));
  });

  it('is behind that check and no other', () => {
    const file = new URL(`../${route.capability}/${functionOf(route)}.handler.ts`, import.meta.url);
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`apiHandler\\(\\s*ROUTES\\.${key},`));
  });
});
