import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kernel } from '../kernel/kernel.ts';
import type { ApiGateway } from '../services/apigateway/apigateway.service.ts';
import type { ApiAnswer, ApiRequest } from '../services/apigateway/execution/exchange.ts';
import type { WebSocketGateway } from '../services/apigatewayv2/apigatewayv2.service.ts';
import { readBody } from './request-body.ts';
import { splitTarget } from './request-target.ts';
import { listenForWebSockets, type WebSocketListener } from './web-socket-upgrade.ts';

/** A client that sends slower than this is cut off: headers within 10 s, the whole request within 30 s. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than an idle client of AWS may wait between requests, so that its pool is not surprised. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const CONNECTION_CHECK_INTERVAL_MS = 5000;
/** How long requests under way may go on once the server is told to close. */
const CLOSING_GRACE_MS = 2000;

interface ApiServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Exact paths that are not the API's: `/health`, … */
  readonly paths?: Readonly<Record<string, RequestListener>>;
}

export interface ApiServer {
  readonly port: number;
  readonly http: Server;
  close(): Promise<void>;
}

/**
 * The clients' side of API Gateway: serves the template's one stage of a REST API at the root, as a custom domain name does, and the
 * stages of WebSocket APIs at the paths of their names.
 */
export async function createApiServer(kernel: Kernel, options: ApiServerOptions): Promise<ApiServer> {
  const gateway = kernel.service('apigateway') as ApiGateway;
  const paths = new Map(Object.entries(options.paths ?? {}));
  const settings = {
    connectionsCheckingInterval: CONNECTION_CHECK_INTERVAL_MS,
    shouldUpgradeCallback: asksForWebSocket,
  };
  const server = createServer(settings, (request, response) => {
    const [path, queryString] = splitTarget(request.url ?? '/');
    const listener = paths.get(path);
    if (listener) listener(request, response);
    else serve({ kernel, gateway, http: server }, request, response, path, queryString);
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  const webSockets = listenForWebSockets(kernel, kernel.service('execute-api') as WebSocketGateway, server);
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return { port, http: server, close: () => close(kernel, server, webSockets) };
}

/** Any other upgrade is declined, and the request answered as it is. */
function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** `GET /health`: 200 once ready, else 503. */
export function healthPath(isReady: () => boolean): RequestListener {
  return (_request, response) => {
    const ready = isReady();
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
    response.writeHead(ready ? 200 : 503, headers);
    response.end(JSON.stringify({ status: ready ? 'ready' : 'starting' }));
  };
}

interface Front {
  readonly kernel: Kernel;
  readonly gateway: ApiGateway;
  readonly http: Server;
}

function serve(
  front: Front,
  incoming: IncomingMessage,
  response: ServerResponse,
  path: string,
  queryString: string,
): void {
  const { kernel, gateway } = front;
  const answer = async (): Promise<void> => {
    const body = await readBody(incoming);
    // The client went away in the middle of its request: nobody is there to be answered.
    if (!body) return;
    const reply = await gateway.execute(toApiRequest(incoming, path, queryString, body));
    await kernel.store.flushed();
    send(front, response, reply);
  };
  answer().catch((error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/api-server', level: 'error', message });
    const headers = ['Content-Type', 'application/json'];
    if (!response.headersSent)
      send(front, response, { status: 500, headers, body: '{"message":"Internal server error"}' });
  });
}

function toApiRequest(incoming: IncomingMessage, path: string, queryString: string, body: Buffer): ApiRequest {
  return {
    method: incoming.method ?? 'GET',
    path,
    queryString,
    rawHeaders: incoming.rawHeaders,
    httpVersion: incoming.httpVersion,
    sourceIp: (incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    port: incoming.socket.localPort ?? 0,
    body,
  };
}

function send(front: Front, response: ServerResponse, answer: ApiAnswer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const headers = ['Date', new Date(front.kernel.clock.nowMs()).toUTCString(), ...answer.headers];
  // A server that closes waits for its connections: they must not be kept for a next request.
  if (!front.http.listening) headers.push('Connection', 'close');
  const hasBody = answer.status !== 204 && answer.status !== 304;
  if (hasBody) headers.push('Content-Length', String(body.byteLength));
  response.sendDate = false;
  response.writeHead(answer.status, headers);
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
}

/** Hangs up on WebSockets; lets requests under way end, for a while, then ends their connections. */
function close(kernel: Kernel, server: Server, webSockets: WebSocketListener): Promise<void> {
  return new Promise((resolve) => {
    webSockets.close();
    const deadline = kernel.clock.setTimer(kernel.clock.nowMs() + CLOSING_GRACE_MS, () => server.closeAllConnections());
    server.close(() => {
      deadline.cancel();
      resolve();
    });
    server.closeIdleConnections();
  });
}
