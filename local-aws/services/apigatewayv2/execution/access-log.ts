import { requestTime } from '../../../gateway/request-time.ts';
import { notSupported } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { GatewayRequest } from './events.ts';

/** A handshake, message or disconnection, and how it ended. */
export interface Access extends GatewayRequest {
  readonly routeKey: string | undefined;
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly status: number;
}

export type AccessLog = (access: Access) => string;
type Variable = (access: Access) => unknown;

/** Source: "$context variables for WebSocket APIs" and "Set up logging for WebSocket APIs". */
const VARIABLES: Readonly<Record<string, Variable>> = {
  apiId: ({ connection }) => connection.stage.apiId,
  'authorizer.principalId': ({ connection }) => connection.authorizer?.principalId,
  connectedAt: ({ connection }) => connection.connectedAtMs,
  connectionId: ({ connection }) => connection.id,
  domainName: ({ connection }) => connection.stage.domainName,
  eventType: ({ eventType }) => eventType,
  extendedRequestId: ({ requestId }) => requestId,
  'identity.sourceIp': ({ connection }) => connection.sourceIp,
  'identity.userAgent': ({ connection }) => connection.userAgent,
  requestId: ({ requestId }) => requestId,
  requestTime: ({ atMs }) => requestTime(atMs),
  requestTimeEpoch: ({ atMs }) => atMs,
  routeKey: ({ routeKey }) => routeKey,
  stage: ({ connection }) => connection.stage.name,
  status: ({ status }) => status,
};

/** Compiles a stage's format: text with `$context.…`, `-` where a variable has no value. Throws for a variable that is not had here. */
export function compileAccessLog(format: string): AccessLog {
  const parts = format.split(/\$context\.([a-zA-Z]\w*(?:\.\w+)*)/).map((part, index) => {
    if (index % 2 === 0) return () => part;
    const variable = Object.hasOwn(VARIABLES, part) ? VARIABLES[part] : undefined;
    if (!variable) throw notSupported(`the variable $context.${part} in the access log of a WebSocket API`);
    return variable;
  });
  return (access) => parts.map((part) => String(part(access) ?? '-')).join('');
}

/** A line in the stack's own log, if the stage keeps an access log. */
export function logAccess(kernel: Kernel, access: Access): void {
  const { accessLog } = access.connection.stage;
  if (!accessLog) return;
  const message = accessLog(access);
  kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/apigatewayv2', level: 'info', message });
}
