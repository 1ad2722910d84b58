import type { Route } from '@brokerage/contracts/routes/route';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer, httpResult, problem } from './api-answer.ts';
import { correlationIdOf, headerOf, rawBodyOf } from './api-request.ts';
import { log } from './log.ts';
import type { KnownCredentials, ReadCredentials } from './secrets.ts';
import { isGenuine, type SignedRequest } from './signature.ts';

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
      const isTheirs = await isSigned({ rawBody, timestamp, signature }, options.credentials);
      if (!isTheirs) return reply(problem('INVALID_SIGNATURE'));
      await options.accept(rawBody);
      return reply(answer({}));
    } catch (error) {
      log.error('webhook failed', error, { operation: route.operation, correlationId });
      return reply(problem('INTERNAL_ERROR'));
    }
  };
}

/** While the credentials are rotated the sender goes by the former or by the new secret: either is its own. */
async function isSigned(request: SignedRequest, credentials: ReadCredentials): Promise<boolean> {
  const fits = ({ webhookSecret, others = [] }: KnownCredentials): boolean =>
    [webhookSecret, ...others.map((other) => other.webhookSecret)].some((secret) =>
      isGenuine(request, secret, Date.now()),
    );
  const known = await credentials();
  return fits(known) || fits(await credentials(known));
}
