import { ROUTES } from '@brokerage/contracts/routes/routes';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReadCredentials } from './secrets.ts';
import { signatureOf } from './signature.ts';
import { webhookHandler } from './webhook-handler.ts';

const NOW_MS = Date.parse('2026-11-24T15:00:00Z');
const BODY = '{"events":[]}';

const KNOWN: ReadCredentials = async () => ({ apiKey: 'k', webhookSecret: 's' });

function aDelivery(signature: string): APIGatewayProxyEvent {
  const headers = { 'X-Bank-Timestamp': String(NOW_MS), 'X-Bank-Signature': signature };
  return {
    headers,
    body: BODY,
    isBase64Encoded: false,
    requestContext: { requestId: 'r' },
  } as unknown as APIGatewayProxyEvent;
}

function aWebhook(accept: (rawBody: string) => Promise<void>, credentials: ReadCredentials = KNOWN) {
  return webhookHandler({
    route: ROUTES.receiveBankEvents,
    timestampHeader: 'x-bank-timestamp',
    signatureHeader: 'x-bank-signature',
    credentials,
    accept,
  });
}

describe('webhookHandler', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW_MS });
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('hands on the very bytes that were signed', async () => {
    const accepted: string[] = [];
    const handler = aWebhook(async (rawBody) => void accepted.push(rawBody));
    expect((await handler(aDelivery(signatureOf('s', String(NOW_MS), BODY)))).statusCode).toBe(200);
    expect(accepted).toEqual([BODY]);
  });

  it.each(['pending', 'current', 'previous'])('takes the %s secret while they are rotated', async (secret) => {
    const credentials: ReadCredentials = async (refused) => ({
      apiKey: 'k',
      webhookSecret: refused ? 'current' : 'outdated',
      others: refused ? ['pending', 'previous'].map((webhookSecret) => ({ apiKey: 'k', webhookSecret })) : [],
    });
    const handler = aWebhook(async () => undefined, credentials);
    expect((await handler(aDelivery(signatureOf(secret, String(NOW_MS), BODY)))).statusCode).toBe(200);
  });

  it('hands on nothing that is not the sender’s', async () => {
    const accept = vi.fn(async () => undefined);
    expect((await aWebhook(accept)(aDelivery('0'.repeat(64)))).statusCode).toBe(401);
    expect(accept).not.toHaveBeenCalled();
  });

  it('answers 500 when the batch is not safe, so that it comes again', async () => {
    const handler = aWebhook(async () => {
      throw new Error('queue away');
    });
    expect((await handler(aDelivery(signatureOf('s', String(NOW_MS), BODY)))).statusCode).toBe(500);
  });
});
