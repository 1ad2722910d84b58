/**
 * Stands in for `@smithy/node-http-handler` in the local bundle of a function: what the SDK would send over a socket goes
 * to the kernel in the same process. One of the two modules in which a local bundle differs from AWS's.
 */
import { Readable } from 'node:stream';
import { streamCollector as collectStream } from '@smithy/core/serde';
import { SIGNING_NAME_HEADER, TRANSPORT, type Transport, type TransportResponse } from './transport.ts';

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

const encoder = new TextEncoder();

export const DEFAULT_REQUEST_TIMEOUT = 0;

export class NodeHttpHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  static create(instanceOrOptions?: unknown): NodeHttpHandler {
    const instance = instanceOrOptions as NodeHttpHandler | undefined;
    return typeof instance?.handle === 'function' ? instance : new NodeHttpHandler();
  }

  handle(request: SdkRequest, options: { abortSignal?: AbortSignal } = {}): Promise<{ response: SdkResponse }> {
    const { abortSignal } = options;
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) {
        reject(abortError());
        return;
      }
      abortSignal?.addEventListener?.('abort', () => reject(abortError()), { once: true });
      transport()(
        {
          method: request.method,
          path: request.path,
          query: flatten(request.query),
          headers: withoutChatter(request.headers),
          body: bodyOf(request.body),
        },
        (response) => resolve({ response: toSdkResponse(response, request) }),
      );
    });
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {}
}

export { NodeHttpHandler as NodeHttp2Handler };

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | Readable;
}

/** The body is here, whole, and text mostly; only who gets an object of S3 expects a stream. */
function toSdkResponse({ status, headers, body }: TransportResponse, request: SdkRequest): SdkResponse {
  const isObject = request.method === 'GET' && request.headers[SIGNING_NAME_HEADER] === 's3';
  const stream = isObject ? Readable.from([bytesOf(body)], { objectMode: false }) : body;
  return { statusCode: status, headers, body: stream };
}

/** Through it the SDK reads a body that is not bytes already. */
export function streamCollector(body: string | Readable): Promise<Uint8Array> {
  return typeof body === 'string' ? Promise.resolve(encoder.encode(body)) : collectStream(body);
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? encoder.encode(body) : body;
}

function transport(): Transport {
  const found = (globalThis as Record<symbol, unknown>)[TRANSPORT];
  if (typeof found !== 'function') throw new Error('a local bundle runs only in a local-aws execution environment');
  return found as Transport;
}

function bodyOf(body: unknown): string | Uint8Array {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  throw new TypeError('streaming request bodies are not supported by local-aws: pass a string or bytes');
}

/** Of no use in one process, and dear to copy between threads. */
const CHATTER = new Set([
  'user-agent',
  'x-amz-user-agent',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'content-length',
]);

function withoutChatter(headers: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in headers) if (!CHATTER.has(name)) kept[name] = headers[name] as string;
  return kept;
}

function flatten(query: SdkRequest['query']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(query ?? {}))
    flat[name] = Array.isArray(value) ? value.join(',') : (value ?? '');
  return flat;
}

function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
