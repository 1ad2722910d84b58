import { ClientOrderId } from '@brokerage/contracts/rest/orders';
import type { Role, Route } from '@brokerage/contracts/routes/route';
import { holdsCpf } from '@brokerage/domain/clients/cpf';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import { type ProblemAnswer, problem } from './api-answer.ts';
import type { Log } from './log.ts';

/** Who calls, by the authorizer's word. */
export interface Caller {
  readonly accountId: string;
  readonly role: Role;
}

type GivenKey<Need> = Need extends 'required' ? string : string | null;
type ParsedBody<Body> = Body extends z.ZodType ? z.output<Body> : null;

/** A request that passed its route's schemas and role. `requestId` is API Gateway's: the same when an invocation is repeated. */
export interface ApiRequest<R extends Route> {
  readonly body: ParsedBody<R['body']>;
  readonly query: z.output<R['query']>;
  readonly path: z.output<R['pathParameters']>;
  readonly idempotencyKey: GivenKey<R['idempotencyKey']>;
  readonly caller: Caller;
  readonly correlationId: string;
  readonly requestId: string;
  readonly nowMs: number;
  readonly log: Log;
}

type Parsed<R extends Route> = Pick<ApiRequest<R>, 'body' | 'query' | 'path' | 'idempotencyKey'>;
export type ParseResult<R extends Route> = { readonly ok: true; readonly value: Parsed<R> } | ProblemAnswer;

const CORRELATION_ID = /^[A-Za-z0-9._:-]{1,64}$/;

/** The caller's own correlation id if it is one, and no CPF that would then be in every log; else API Gateway's request id. */
export function correlationIdOf(event: APIGatewayProxyEvent): string {
  const given = headerOf(event, 'x-correlation-id');
  return given && CORRELATION_ID.test(given) && !holdsCpf(given) ? given : event.requestContext.requestId;
}

/** API Gateway keeps the case in which a header came. */
export function headerOf(event: APIGatewayProxyEvent, name: string): string | undefined {
  for (const [key, value] of Object.entries(event.headers ?? {})) {
    if (key.toLowerCase() === name) return value;
  }
  return undefined;
}

export function rawBodyOf(event: APIGatewayProxyEvent): string {
  const body = event.body ?? '';
  return event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/** The caller, or null when the authorizer did not speak for this route's roles. */
export function callerOf(event: APIGatewayProxyEvent, route: Route): Caller | null {
  if (route.access.kind !== 'KEY') return { accountId: '', role: 'TRADER' };
  const { accountId, role } = (event.requestContext.authorizer ?? {}) as Partial<Caller>;
  return accountId && role && route.access.roles.includes(role) ? { accountId, role } : null;
}

/**
 * Parses a route's requests with the very schemas that API Gateway's models were made from; here they also hold what JSON schema cannot say.
 * Made once a route: zod compiles a schema when it is first used, which takes longer than an order's parsing.
 */
export function requestParser<R extends Route>(route: R): (event: APIGatewayProxyEvent) => ParseResult<R> {
  const schema = z.object({
    body: route.body && route.body !== 'RAW' ? route.body : z.null(),
    query: route.query,
    path: route.pathParameters,
    // it has the role of a clientOrderId, and its characters
    idempotencyKey: route.idempotencyKey ? ClientOrderId.nullable() : z.null(),
  });
  return (event) => {
    const key = headerOf(event, 'idempotency-key');
    if (route.idempotencyKey === 'required' && !key) return problem('IDEMPOTENCY_KEY_REQUIRED');
    if (!isJson(event, route)) return problem('UNSUPPORTED_MEDIA_TYPE');
    const json = bodyOf(event, route);
    if (!json.ok) return problem('INVALID_REQUEST', { detail: 'the body is not JSON' });
    const parsed = schema.safeParse({
      body: json.value,
      query: event.queryStringParameters ?? {},
      path: event.pathParameters ?? {},
      idempotencyKey: (route.idempotencyKey && key) || null,
    });
    return parsed.success ? { ok: true, value: parsed.data as Parsed<R> } : invalid(parsed.error);
  };
}

function invalid(error: z.ZodError): ProblemAnswer {
  const issues = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return problem('INVALID_REQUEST', {
    detail: issues.map(({ path, message }) => `${path}: ${message}`).join('; '),
    issues,
  });
}

/** A body without a content type counts as JSON, as it does for API Gateway. */
function isJson(event: APIGatewayProxyEvent, route: Route): boolean {
  if (!route.body || route.body === 'RAW') return true;
  const mediaType = (headerOf(event, 'content-type') ?? 'application/json').split(';', 1)[0];
  return mediaType?.trim().toLowerCase() === 'application/json';
}

function bodyOf(event: APIGatewayProxyEvent, route: Route): { ok: true; value: unknown } | { ok: false } {
  if (!route.body || route.body === 'RAW') return { ok: true, value: null };
  try {
    return { ok: true, value: JSON.parse(rawBodyOf(event)) };
  } catch {
    return { ok: false };
  }
}
