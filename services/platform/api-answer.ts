import { PROBLEM_CONTENT_TYPE, PROBLEM_KINDS, type Problem, type ProblemCode } from '@brokerage/contracts/problem';
import type { APIGatewayProxyResult } from 'aws-lambda';

type Headers = Readonly<Record<string, string>>;

/** What a use case answers a client: the body of the route's success, or an expected refusal. */
export type ApiAnswer<Body> =
  | { readonly ok: true; readonly body: Body; readonly status?: number; readonly headers?: Headers }
  | ProblemAnswer;

export interface ProblemAnswer {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly facts?: Problem['facts'];
  readonly issues?: Problem['issues'];
}

export function answer<Body>(body: Body, headers?: Headers): ApiAnswer<Body> {
  return headers ? { ok: true, body, headers } : { ok: true, body };
}

export function problem(code: ProblemCode, more: Omit<ProblemAnswer, 'ok' | 'code'> = {}): ProblemAnswer {
  return { ok: false, code, ...more };
}

/** The HTTP form of an answer; a problem becomes its RFC 9457 document with the status of its code. */
export function httpResult(
  given: ApiAnswer<unknown>,
  successStatus: number,
  correlationId: string,
): APIGatewayProxyResult {
  if (!given.ok) return problemResult(given, correlationId);
  const headers = { ...given.headers, 'content-type': 'application/json', 'x-correlation-id': correlationId };
  return { statusCode: given.status ?? successStatus, headers, body: JSON.stringify(given.body) };
}

function problemResult(given: ProblemAnswer, correlationId: string): APIGatewayProxyResult {
  const { status, title } = PROBLEM_KINDS[given.code];
  const { code, detail = title, facts, issues } = given;
  const document: Problem = {
    type: `urn:brokerage:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code,
    detail,
    correlationId,
    ...(facts ? { facts } : {}),
    ...(issues ? { issues } : {}),
  };
  const headers = { 'content-type': PROBLEM_CONTENT_TYPE, 'x-correlation-id': correlationId };
  return { statusCode: status, headers, body: JSON.stringify(document) };
}
