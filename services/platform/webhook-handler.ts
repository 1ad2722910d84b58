import type { Route } from '@brokerage/contracts/routes/route';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer, httpResult, problem } from './api-answer.ts';
import { correlationIdOf, headerOf, rawBodyOf } from './api-request.ts';
import { log } from './log.ts';
import type { ReadCredentials } from './secrets.ts';
import { isGenuine } from './signature.ts';

export interface WebhookOptions {
  readonly route: Route;
  readonly timestampHeader: string;
  readonly signatureHeader: string;
  readonly credentials: ReadCredentials;
  /** Makes the batch safe. When it throws, the sender is answered 500 and sends again. */
  readonly accept: (rawBody: string) => Promise<void>;
}

/** The Lambda handler of a foreign system's webhook: only what is signed, of now, and safe is answered 200. */
export function webhookHandler(
  options: WebhookOptions,
): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  const { route } = options;
  return async (event) => {
    const correlationId = correlationIdOf(event);
    const reply = (given: Parameters<typeof httpResult>[0]) => httpResult(given, route.success.status, correlationId);
    try {
      const rawBody = rawBodyOf(event);
      const timestamp = headerOf(event, options.timestampHeader);
      const signature = headerOf(event, options.signatureHeader);
      const { webhookSecret } = await options.credentials();
      if (!isGenuine({ rawBody, timestamp, signature }, webhookSecret, Date.now()))
        return reply(problem('INVALID_SIGNATURE'));
      await options.accept(rawBody);
      return reply(answer({}));
    } catch (error) {
      log.error('webhook failed', error, { operation: route.operation, correlationId });
      return reply(problem('INTERNAL_ERROR'));
    }
  };
}
