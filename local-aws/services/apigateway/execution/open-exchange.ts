import { readHeaders } from '../../../gateway/headers.ts';
import { randomToken } from '../../../gateway/identifiers.ts';
import { readQueryString } from '../../../gateway/query-string.ts';
import { newTraceRoot } from '../../../gateway/trace-root.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { DeployedStage } from '../deployment/deployed-stage.ts';
import type { ApiRequest, Exchange } from './exchange.ts';

const ROOT_TRACE = /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/;

/** Names a request and reads what stands around its body. */
export function openExchange(kernel: Kernel, stage: DeployedStage, request: ApiRequest): Exchange {
  const startedMs = kernel.clock.nowMs();
  const traceId = traceOf(kernel, stage, request, startedMs);
  const forwarded = headerOf(request, 'x-forwarded-for');
  const headers = readHeaders(request.rawHeaders, {
    'X-Amzn-Trace-Id': traceId,
    'X-Forwarded-For': forwarded ? `${forwarded}, ${request.sourceIp}` : request.sourceIp,
    'X-Forwarded-Port': String(request.port),
    'X-Forwarded-Proto': 'http',
  });
  return {
    stage,
    request,
    headers,
    query: readQueryString(request.queryString),
    requestId: kernel.random.uuid(),
    extendedRequestId: randomToken(kernel.random),
    traceId,
    startedMs,
    route: undefined,
    method: undefined,
    pathParameters: null,
    authorizer: undefined,
    authorizerLatencyMs: 0,
    apiKey: undefined,
    refusal: undefined,
    integrationLatencyMs: undefined,
    answer: undefined,
  };
}

/**
 * The caller's trace goes on; else one begins.
 *
 * Differs from AWS: with tracing every request is sampled, not one a second and 5 % of the others.
 */
function traceOf(kernel: Kernel, stage: DeployedStage, request: ApiRequest, nowMs: number): string {
  const root = ROOT_TRACE.exec(headerOf(request, 'x-amzn-trace-id') ?? '')?.[1] ?? newTraceRoot(kernel, nowMs);
  if (!stage.tracing) return `Root=${root}`;
  return `Root=${root};Parent=${Buffer.from(kernel.random.bytes(8)).toString('hex')};Sampled=1`;
}

function headerOf(request: ApiRequest, lowerCaseName: string): string | undefined {
  const { rawHeaders } = request;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === lowerCaseName) return rawHeaders[index + 1];
  }
  return undefined;
}
