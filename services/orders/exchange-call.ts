import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import type { CallForeign, ForeignAnswer } from '../platform/foreign-http.ts';
import type { KnownCredentials, ReadCredentials } from '../platform/secrets.ts';

/**
 * What came of one call to the exchange.
 * - answered: it spoke, and its word is definite; a refusal is an answer.
 * - unavailable: it is away (no connection or a broken one, open breaker, our key missing or refused). The same request is
 *   to be sent again later: a ClOrdID is answered once, so a repetition is harmless even if the first try did arrive.
 * - unknown: it is there and gave no usable answer in time. It is to be asked what it knows before anything else.
 * Neither of the last two says that nothing was done, so neither ever frees money.
 */
export type ExchangeResult<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** HTTP status 200 or 404, and the body. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

export type ExchangeCall = (method: 'GET' | 'POST', path: string, body?: object) => Promise<ExchangeResult<HttpAnswer>>;

/** Failures in a row after which the exchange is left alone, and for how long. */
const BREAKER_FAILURES = 5;
const BREAKER_OPEN_MS = 5_000;

/** One breaker an execution environment, shared by all calls that go through the returned function. */
export function createExchangeCall(
  callForeign: CallForeign,
  credentials: ReadCredentials,
  baseUrl: string,
  timeoutMs: number,
): ExchangeCall {
  const breaker = circuitBreaker(
    handleWhenResult((result) => (result as ExchangeResult<HttpAnswer>).kind !== 'answered'),
    { halfOpenAfter: BREAKER_OPEN_MS, breaker: new ConsecutiveBreaker(BREAKER_FAILURES) },
  );
  const callOnce = async (method: 'GET' | 'POST', path: string, body?: object): Promise<ExchangeResult<HttpAnswer>> => {
    const send = ({ apiKey }: KnownCredentials) =>
      callForeign({ method, url: `${baseUrl}${path}`, apiKey, body, timeoutMs });
    const known = await keyFrom(credentials);
    if (typeof known === 'string') return { kind: 'unavailable', reason: known };
    const answer = await send(known);
    if (answer.kind !== 'ANSWERED' || answer.status !== 401) return resultOf(answer);
    // With a refused key nothing was done, so that the request may go again with the one that it was rotated to.
    const renewed = await keyFrom(credentials, known);
    if (typeof renewed === 'string' || renewed.apiKey === known.apiKey) return resultOf(answer);
    return resultOf(await send(renewed));
  };
  return async (method, path, body) => {
    try {
      return await breaker.execute(() => callOnce(method, path, body));
    } catch (error) {
      if (error instanceof BrokenCircuitError) return { kind: 'unavailable', reason: 'circuit breaker open' };
      throw error;
    }
  };
}

/** The credentials, or why there are none. */
function keyFrom(credentials: ReadCredentials, refused?: KnownCredentials): Promise<KnownCredentials | string> {
  return credentials(refused).catch((error: unknown) => `no key for the exchange: ${error}`);
}

/** Throws when the exchange could not read what we sent: a defect on our side, which no repetition mends. */
function resultOf(given: ForeignAnswer): ExchangeResult<HttpAnswer> {
  if (given.kind === 'NOT_SENT') return { kind: 'unavailable', reason: given.reason };
  if (given.kind === 'UNKNOWN') return { kind: given.timedOut ? 'unknown' : 'unavailable', reason: given.reason };
  const { status, body } = given;
  if (status === 200 || status === 404) return { kind: 'answered', answer: { status, body } };
  if (status === 400) throw new Error(`the exchange could not read our request: ${JSON.stringify(body)}`);
  const reason = `the exchange answered ${status}`;
  return { kind: status === 401 || status === 403 ? 'unavailable' : 'unknown', reason };
}
