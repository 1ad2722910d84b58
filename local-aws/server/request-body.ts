import type { IncomingMessage } from 'node:http';
import { MAX_PAYLOAD_BYTES } from '../services/apigateway/execution/execute-request.ts';

const EMPTY = Buffer.alloc(0);

/**
 * Reads a request's body; undefined when the client left before its end. Of a body that is too large no more is kept
 * than shows it, and the rest is read and thrown away, so that the client gets to hear the answer.
 */
export function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      if (size <= MAX_PAYLOAD_BYTES) chunks.push(chunk);
      size += chunk.length;
    });
    incoming.once('end', () => resolve(chunks.length === 0 ? EMPTY : joined(chunks)));
    incoming.once('close', () => resolve(undefined));
    // A reset connection shows here and then closes.
    incoming.once('error', () => resolve(undefined));
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
