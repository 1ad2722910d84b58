import { readHeaders } from '../../../gateway/headers.ts';
import { randomToken } from '../../../gateway/identifiers.ts';
import { readQueryString } from '../../../gateway/query-string.ts';
import { TokenBucket } from '../../../gateway/token-bucket.ts';
import { newTraceRoot } from '../../../gateway/trace-root.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { servicePrincipal } from '../../../kernel/principal.ts';
import type { DeployedStage } from '../deployed-stage.ts';
import { NEW_CONNECTIONS } from '../limits.ts';
import { logAccess } from './access-log.ts';
import { authorizeConnect } from './authorize-connect.ts';
import type { ClientEvents, ClientSocket } from './client-socket.ts';
import type { Connections } from './connections.ts';
import { connectEvent, type Handshake, openRequest } from './events.ts';
import { gatewayMessage } from './gateway-message.ts';
import { type HandshakeRefusal, refuseHandshake } from './handshake-refusal.ts';
import { integrate } from './integrate.ts';

/** An upgrade request as the listener received it. */
export interface UpgradeRequest {
  /** `/<stage>`. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly queryString: string;
  /** Name and value in turn. */
  readonly rawHeaders: readonly string[];
  readonly sourceIp: string;
  readonly port: number;
}

/** A client that may connect: exactly one of the two is called. */
export interface Admission {
  readonly kind: 'ADMITTED';
  /** The one the function chose. */
  readonly subprotocol: string | undefined;
  open(socket: ClientSocket): ClientEvents;
  /** The client is gone. */
  abandon(): void;
}

export type AdmitClient = (request: UpgradeRequest) => Promise<Admission | HandshakeRefusal>;

/** Takes a handshake past the quotas, the authorizer and the `$connect` route. `stages` by name. */
export function createAdmitClient(
  kernel: Kernel,
  stages: ReadonlyMap<string, DeployedStage>,
  connections: Connections,
): AdmitClient {
  const newConnections = new TokenBucket(NEW_CONNECTIONS, kernel.clock.nowMs());
  return async (request) => {
    const stage = stages.get(request.path.replace(/^\/|\/$/g, ''));
    if (!stage) {
      return { kind: 'REFUSED', status: 403, errorType: 'ForbiddenException', body: '{"message":"Forbidden"}' };
    }
    kernel.meter.count('execute-api', 'Connect', servicePrincipal('apigateway.amazonaws.com', stage.arn));
    const handshake = openHandshake(kernel, stage, request);
    const routeBucket = stage.routes.get('$connect')?.throttle;
    const isThrottled = !newConnections.take(handshake.atMs) || (routeBucket && !routeBucket.take(handshake.atMs));
    const authorized = isThrottled ? refuseHandshake(handshake, 'THROTTLED') : await authorize(kernel, handshake);
    if (authorized.kind === 'REFUSED') return logged(kernel, handshake, authorized);
    return logged(kernel, authorized.handshake, await connect(kernel, connections, authorized.handshake));
  };
}

function logged<Outcome extends Admission | HandshakeRefusal>(
  kernel: Kernel,
  handshake: Handshake,
  outcome: Outcome,
): Outcome {
  const status = outcome.kind === 'REFUSED' ? outcome.status : 200;
  logAccess(kernel, { ...handshake, routeKey: '$connect', eventType: 'CONNECT', status });
  return outcome;
}

function openHandshake(kernel: Kernel, stage: DeployedStage, request: UpgradeRequest): Handshake {
  const headers = readHeaders(request.rawHeaders, {
    Host: stage.domainName,
    'X-Amzn-Trace-Id': `Root=${newTraceRoot(kernel, kernel.clock.nowMs())}`,
    'X-Forwarded-For': request.sourceIp,
    'X-Forwarded-Port': String(request.port),
    'X-Forwarded-Proto': 'http',
  });
  const connection = {
    id: randomToken(kernel.random),
    stage,
    connectedAtMs: kernel.clock.nowMs(),
    sourceIp: request.sourceIp,
    userAgent: headers.get('user-agent'),
    authorizer: undefined,
  };
  return { ...openRequest(kernel, connection), headers, query: readQueryString(request.queryString) };
}

async function authorize(
  kernel: Kernel,
  handshake: Handshake,
): Promise<{ readonly kind: 'AUTHORIZED'; readonly handshake: Handshake } | HandshakeRefusal> {
  const { authorizer } = handshake.connection.stage;
  if (!authorizer) return { kind: 'AUTHORIZED', handshake };
  const result = await authorizeConnect(kernel, authorizer, handshake);
  if (result.kind === 'REFUSED') return result;
  const connection = { ...handshake.connection, authorizer: result.context };
  return { kind: 'AUTHORIZED', handshake: { ...handshake, connection } };
}

async function connect(
  kernel: Kernel,
  connections: Connections,
  handshake: Handshake,
): Promise<Admission | HandshakeRefusal> {
  const { connection } = handshake;
  const route = connection.stage.routes.get('$connect');
  const integrated = route && (await integrate(kernel, route, connectEvent(handshake)));
  if (integrated?.kind === 'FAILED') {
    const { status, message } = integrated;
    const body = gatewayMessage(handshake, message);
    return { kind: 'REFUSED', status, errorType: 'InternalServerErrorException', body };
  }
  if (integrated && integrated.status >= 300) {
    return { kind: 'REFUSED', status: integrated.status, errorType: undefined, body: integrated.body };
  }
  if (!connections.admit(connection)) return refuseHandshake(handshake, 'STOPPING');
  return {
    kind: 'ADMITTED',
    subprotocol: integrated?.headers['sec-websocket-protocol'],
    open: (socket) => connections.open(connection, socket),
    abandon: () => connections.abandon(connection),
  };
}
