import { createServer as createHttp1, type RequestListener } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

/** An HTTP/2 client that knows what it speaks to begins so. Source: RFC 9113, section 3.4. */
const HTTP2_PREFACE = 'PRI';

/**
 * HTTP/1.1 and HTTP/2 without TLS on one port: some SDK clients, Kinesis's among them, speak nothing but HTTP/2. What a connection speaks is in its
 * first bytes.
 */
export function createHttpServer(listener: RequestListener): Server & { closeAllConnections(): void } {
  const http1 = createHttp1(listener);
  // Node's HTTP/2 requests and responses have the members of HTTP/1's that are used here.
  const http2 = createHttp2(listener as unknown as Parameters<typeof createHttp2>[1]);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A reset connection shows here and then closes.
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      // An HTTP/2 session reads the socket itself.
      if (first.toString('latin1').startsWith(HTTP2_PREFACE)) http2.emit('connection', socket);
      else http1.emit('connection', socket.resume());
    });
  });
  return Object.assign(server, {
    closeAllConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  });
}
