import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Kernel } from '../kernel/kernel.ts';
import type { WebSocketGateway } from '../services/apigatewayv2/apigatewayv2.service.ts';
import type { Admission, UpgradeRequest } from '../services/apigatewayv2/execution/admit-client.ts';
import type { HandshakeRefusal } from '../services/apigatewayv2/execution/handshake-refusal.ts';
import { MAX_MESSAGE_BYTES } from '../services/apigatewayv2/limits.ts';
import { splitTarget } from './request-target.ts';
import { clientSocketOf, closeCodeOf, watchFrames } from './web-socket.ts';

const WEB_SOCKET_KEY = /^[+/0-9A-Za-z]{22}==$/;
const WEB_SOCKET_VERSION = '13';

export interface WebSocketListener {
  /** Ends every connection and every handshake under way. */
  close(): void;
}

/** Serves the WebSocket APIs of the template on the API's port: `ws://localhost:<port>/<stage>`. */
export function listenForWebSockets(kernel: Kernel, gateway: WebSocketGateway, http: Server): WebSocketListener {
  const sockets = new Set<Duplex>();
  const subprotocols = new WeakMap<IncomingMessage, string | undefined>();
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (_offered, request) => subprotocols.get(request) ?? false,
  });
  const serve = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const outcome = isHandshake(request) ? await gateway.admit(toUpgradeRequest(request)) : NO_HANDSHAKE;
    await kernel.store.flushed();
    if (outcome.kind === 'REFUSED') {
      refuse(kernel, socket, outcome);
      return;
    }
    subprotocols.set(request, outcome.subprotocol);
    let isOpen = false;
    acceptor.handleUpgrade(request, socket, head, (webSocket) => {
      isOpen = true;
      join(webSocket, socket, outcome);
    });
    if (!isOpen) outcome.abandon();
  };
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A connection that breaks also closes, and that is what counts.
    socket.on('error', () => {});
    serve(request, socket, head).catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/web-socket-upgrade', level: 'error', message });
      socket.destroy();
    });
  });
  return {
    close: () => {
      gateway.hangUp();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const NO_HANDSHAKE: HandshakeRefusal = {
  kind: 'REFUSED',
  status: 400,
  errorType: 'BadRequestException',
  body: '{"message":"Bad Request"}',
};

/** What `ws` would refuse, before a function has been asked. */
function isHandshake({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' || headers['sec-websocket-version'] !== WEB_SOCKET_VERSION) return false;
  return WEB_SOCKET_KEY.test(headers['sec-websocket-key'] ?? '');
}

function toUpgradeRequest(request: IncomingMessage): UpgradeRequest {
  const [path, queryString] = splitTarget(request.url ?? '/');
  return {
    path,
    queryString,
    rawHeaders: request.rawHeaders,
    sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    port: request.socket.localPort ?? 0,
  };
}

function join(webSocket: WebSocket, socket: Duplex, admission: Admission): void {
  const events = admission.open(clientSocketOf(webSocket));
  webSocket.on('message', (data: Buffer, isBinary) => events.message(data, isBinary));
  webSocket.on('ping', (data) => events.ping(data));
  // A frame that breaks the rules: `ws` closes for it, and 'close' would tell no code of ours.
  webSocket.on('error', (error) => events.closed(closeCodeOf(error), ''));
  webSocket.on('close', (code, reason) => events.closed(code, closeReason(code, reason)));
  watchFrames(socket, () => {
    events.closed(1009, '');
    webSocket.close(1009);
  });
}

function closeReason(code: number, reason: Buffer): string {
  return code === 1005 ? 'Client-side close frame status not set' : reason.toString('utf8');
}

function refuse(kernel: Kernel, socket: Duplex, { status, errorType, body }: HandshakeRefusal): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Date: ${new Date(kernel.clock.nowMs()).toUTCString()}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(errorType === undefined ? [] : [`x-amzn-ErrorType: ${errorType}`]),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
