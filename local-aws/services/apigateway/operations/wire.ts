import { AwsError } from '../../../kernel/aws-error.ts';
import type { Protocol, WireRequest, WireResponse } from '../../../kernel/service.ts';

interface WireRoute {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly successStatus: number;
  /** Query parameters whose name on the wire is not the member's. */
  readonly queryMembers?: Readonly<Record<string, string>>;
}

/** restJson1 bindings of the operations here. Source: API Gateway's service model, 2015-07-09. */
const ROUTES: readonly WireRoute[] = [
  { operation: 'CreateApiKey', method: 'POST', path: /^\/apikeys$/, successStatus: 201 },
  {
    operation: 'GetApiKeys',
    method: 'GET',
    path: /^\/apikeys$/,
    successStatus: 200,
    queryMembers: { name: 'nameQuery' },
  },
  { operation: 'DeleteApiKey', method: 'DELETE', path: /^\/apikeys\/(?<apiKey>[^/]+)$/, successStatus: 202 },
  { operation: 'GetUsagePlans', method: 'GET', path: /^\/usageplans$/, successStatus: 200 },
  {
    operation: 'CreateUsagePlanKey',
    method: 'POST',
    path: /^\/usageplans\/(?<usagePlanId>[^/]+)\/keys$/,
    successStatus: 201,
  },
  {
    operation: 'DeleteUsagePlanKey',
    method: 'DELETE',
    path: /^\/usageplans\/(?<usagePlanId>[^/]+)\/keys\/(?<keyId>[^/]+)$/,
    successStatus: 202,
  },
];

export const apigatewayProtocol: Protocol = { kind: 'rest', route, respond, respondError };

function route(request: WireRequest): { operation: string; input: unknown } | undefined {
  const path = request.path.length > 1 ? request.path.replace(/\/$/, '') : request.path;
  for (const candidate of ROUTES) {
    if (candidate.method !== request.method) continue;
    const match = candidate.path.exec(path);
    if (!match) continue;
    const members = Object.entries(match.groups ?? {});
    const query = Object.entries(request.query).map(([name, value]) => [candidate.queryMembers?.[name] ?? name, value]);
    const input = { ...parseBody(request.body), ...Object.fromEntries(query), ...Object.fromEntries(members) };
    return { operation: candidate.operation, input };
  }
  return undefined;
}

function parseBody(body: Uint8Array | string): object {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text) as object;
  } catch (cause) {
    throw Object.assign(new AwsError('SerializationException', 'The request body is not valid JSON'), { cause });
  }
}

/** A list is called `item` on the wire. */
function respond(operation: string, output: unknown, requestId: string): WireResponse {
  const status = ROUTES.find((candidate) => candidate.operation === operation)?.successStatus ?? 200;
  if (output === undefined) return { status, headers: headersOf(requestId), body: '' };
  const { items, ...members } = output as { items?: unknown };
  return { status, headers: headersOf(requestId), body: JSON.stringify(items ? { ...members, item: items } : output) };
}

function respondError(error: AwsError, requestId: string): WireResponse {
  return {
    status: error.status,
    headers: { ...headersOf(requestId), 'x-amzn-errortype': error.code },
    body: JSON.stringify({ message: error.message, ...error.members }),
  };
}

function headersOf(requestId: string): Record<string, string> {
  return { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
}
