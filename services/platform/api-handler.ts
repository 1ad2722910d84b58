import type { Route } from '@brokerage/contracts/routes/route';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type * as z from 'zod';
import { type ApiAnswer, httpResult, problem } from './api-answer.ts';
import { type ApiRequest, callerOf, correlationIdOf, type ParseResult, requestParser } from './api-request.ts';
import { log } from './log.ts';
import { countMetric } from './metric.ts';

export type Operation<R extends Route> = (request: ApiRequest<R>) => Promise<ApiAnswer<z.input<R['success']['body']>>>;

/**
 * The Lambda handler of a route: role, schemas, correlation id (echoed), problem documents. Ownership is the use case's: what is another
 * account's answers NOT_FOUND. This is the process's edge, so what nobody expected is logged, counted and answered 500 here.
 */
export function apiHandler<R extends Route>(
  route: R,
  operation: Operation<R>,
): (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult> {
  const parse = requestParser(route);
  return async (event) => {
    const correlationId = correlationIdOf(event);
    const requestLog = log.with({ operation: route.operation, correlationId });
    try {
      const given = await answerOf(event, route, parse, operation, correlationId);
      if (!given.ok) requestLog.info('refused', { code: given.code });
      return httpResult(given, route.success.status, correlationId);
    } catch (error) {
      requestLog.error('request failed', error);
      countMetric('ApiFailures', Date.now(), { operation: route.operation });
      return httpResult(problem('INTERNAL_ERROR'), route.success.status, correlationId);
    }
  };
}

async function answerOf<R extends Route>(
  event: APIGatewayProxyEvent,
  route: R,
  parse: (event: APIGatewayProxyEvent) => ParseResult<R>,
  operation: Operation<R>,
  correlationId: string,
): Promise<ApiAnswer<unknown>> {
  const caller = callerOf(event, route);
  if (!caller) return problem('FORBIDDEN');
  const parsed = parse(event);
  if (!parsed.ok) return parsed;
  return operation({
    ...parsed.value,
    caller,
    correlationId,
    requestId: event.requestContext.requestId,
    nowMs: Date.now(),
    log: log.with({ operation: route.operation, correlationId, accountId: caller.accountId }),
  });
}
