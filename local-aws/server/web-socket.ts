import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ClientSocket } from '../services/apigatewayv2/execution/client-socket.ts';
import { MAX_FRAME_BYTES } from '../services/apigatewayv2/limits.ts';
import { FrameSizes } from './frame-sizes.ts';

export function clientSocketOf(webSocket: WebSocket): ClientSocket {
  return {
    get bufferedBytes() {
      return webSocket.bufferedAmount;
    },
    send: (data, isBinary) => sendInFrames(webSocket, data, isBinary),
    pong: (data) => webSocket.pong(data),
    close: (code, reason) => webSocket.close(code, reason),
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
  };
}

function sendInFrames(webSocket: WebSocket, data: Uint8Array | string, binary: boolean): void {
  if (Buffer.byteLength(data) <= MAX_FRAME_BYTES) {
    webSocket.send(data, { binary });
    return;
  }
  const bytes = Buffer.from(data);
  for (let at = 0; at < bytes.length; at += MAX_FRAME_BYTES) {
    const fin = at + MAX_FRAME_BYTES >= bytes.length;
    webSocket.send(bytes.subarray(at, at + MAX_FRAME_BYTES), { binary, fin });
  }
}

/** Calls `tooLarge` for the first frame over 32 KB, before `ws` has seen it. */
export function watchFrames(socket: Duplex, tooLarge: () => void): void {
  const sizes = new FrameSizes(MAX_FRAME_BYTES);
  const watch = (chunk: Buffer): void => {
    if (!sizes.exceededBy(chunk)) return;
    socket.off('data', watch);
    tooLarge();
  };
  socket.prependListener('data', watch);
}

const CLOSE_CODES: Readonly<Record<string, number>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_INVALID_UTF8: 1007,
};

/** The code with which `ws` closes for an error of the client's; 1006 when the connection broke. */
export function closeCodeOf(error: NodeJS.ErrnoException): number {
  const code = error.code ?? '';
  return CLOSE_CODES[code] ?? (code.startsWith('WS_ERR_') ? 1002 : 1006);
}
