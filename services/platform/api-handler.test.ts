import { ROUTES } from '@brokerage/contracts/routes/routes';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, problem } from './api-answer.ts';
import { apiHandler } from './api-handler.ts';

const CALLER = { accountId: 'ana', role: 'TRADER' };

function anEvent(fields: Partial<APIGatewayProxyEvent> = {}, authorizer: object = CALLER): APIGatewayProxyEvent {
  return {
    headers: {},
    body: null,
    isBase64Encoded: false,
    queryStringParameters: null,
    pathParameters: null,
    requestContext: { requestId: 'req-1', authorizer },
    ...fields,
  } as unknown as APIGatewayProxyEvent;
}

const withdrawal = { withdrawalId: 'WDR-1', amount: '10.00', status: 'PENDING' } as const;
const times = { createdAt: '2026-11-24T15:00:00.000Z', updatedAt: '2026-11-24T15:00:00.000Z' };
const withdraw = apiHandler(ROUTES.requestWithdrawal, async ({ body, idempotencyKey }) =>
  body.amount === 1000 && idempotencyKey === 'k-1'
    ? answer({ ...withdrawal, ...times })
    : problem('INSUFFICIENT_FUNDS'),
);
const asked = { headers: { 'Idempotency-Key': 'k-1' }, body: '{"amount":"10.00"}' };

describe('apiHandler', () => {
  beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it('parses, answers the route’s status, and echoes the correlation id', async () => {
    const headers = { ...asked.headers, 'X-Correlation-Id': 'corr-7' };
    const result = await withdraw(anEvent({ ...asked, headers }));
    expect(result.statusCode).toBe(202);
    expect(result.headers?.['x-correlation-id']).toBe('corr-7');
    expect(JSON.parse(result.body)).toMatchObject(withdrawal);
  });

  it('goes by the request id where there is no correlation id, or a forged one, or a CPF', async () => {
    for (const forged of [{}, { 'x-correlation-id': 'a\nb' }, { 'x-correlation-id': 'cpf-529.982.247-25' }]) {
      const result = await withdraw(anEvent({ ...asked, headers: { ...asked.headers, ...forged } }));
      expect(result.headers?.['x-correlation-id']).toBe('req-1');
    }
  });

  it('reads a body in base 64', async () => {
    const body = Buffer.from(asked.body).toString('base64');
    expect((await withdraw(anEvent({ ...asked, body, isBase64Encoded: true }))).statusCode).toBe(202);
  });

  it.each([
    ['no Idempotency-Key', { body: asked.body }, 428, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['a bad Idempotency-Key', { ...asked, headers: { 'idempotency-key': 'a b' } }, 400, 'INVALID_REQUEST'],
    ['no body', { ...asked, body: null }, 400, 'INVALID_REQUEST'],
    ['no JSON', { ...asked, body: '{' }, 400, 'INVALID_REQUEST'],
    [
      'no content type of JSON',
      { ...asked, headers: { ...asked.headers, 'Content-Type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['an unknown field', { ...asked, body: '{"amount":"10.00","to":"me"}' }, 400, 'INVALID_REQUEST'],
    ['an unknown query', { ...asked, queryStringParameters: { x: '1' } }, 400, 'INVALID_REQUEST'],
    ['three decimals', { ...asked, body: '{"amount":10.005}' }, 400, 'INVALID_REQUEST'],
    ['a refusal', { ...asked, body: '{"amount":"10.01"}' }, 422, 'INSUFFICIENT_FUNDS'],
  ])('answers %s with a problem document', async (_what, fields, status, code) => {
    const result = await withdraw(anEvent(fields));
    expect(result.statusCode).toBe(status);
    expect(result.headers?.['content-type']).toBe('application/problem+json');
    expect(JSON.parse(result.body)).toMatchObject({ status, code, correlationId: 'req-1' });
  });

  it('refuses callers of other roles, and those of none', async () => {
    for (const authorizer of [{ accountId: 'op', role: 'OPERATOR' }, {}]) {
      expect((await withdraw(anEvent(asked, authorizer))).statusCode).toBe(403);
    }
  });

  it('names the field that is wrong', async () => {
    const { issues } = JSON.parse((await withdraw(anEvent({ ...asked, body: '{"amount":0}' }))).body);
    expect(issues[0].path).toContain('amount');
  });

  it('answers what nobody expected with 500 and tells no more', async () => {
    const broken = apiHandler(ROUTES.requestWithdrawal, async () => {
      throw new Error('secret detail');
    });
    const result = await broken(anEvent(asked));
    expect(result.statusCode).toBe(500);
    expect(result.body).not.toContain('secret detail');
  });
});
