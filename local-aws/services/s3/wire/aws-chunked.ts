import { AwsError } from '../../../kernel/aws-error.ts';
import type { WireRequest } from '../../../kernel/service.ts';

export interface DecodedBody {
  readonly body: Uint8Array;
  /** Headers that came after the body, lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * The body itself, out of the `aws-chunked` framing in which an SDK sends a stream, so that its checksum can follow as a trailer.
 * Chunk signatures are passed over. Source: S3 API reference, "Signature calculations: transferring payload in chunks".
 */
export function decodedBody(request: WireRequest): DecodedBody {
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : Buffer.from(request.body);
  if (!isChunked(request)) return { body, trailers: {} };
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) throw incompleteBody();
    const sizeBytes = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    at = lineEnd + 2;
    if (Number.isNaN(sizeBytes) || at + sizeBytes > body.length) throw incompleteBody();
    if (sizeBytes === 0) break;
    chunks.push(body.subarray(at, at + sizeBytes));
    at += sizeBytes + 2;
  }
  const whole = Buffer.concat(chunks);
  const declared = request.headers['x-amz-decoded-content-length'];
  if (declared !== undefined && Number(declared) !== whole.length) throw incompleteBody();
  return { body: whole, trailers: trailersOf(body.toString('latin1', at)) };
}

/** What is stored as the object's own encoding: `aws-chunked` is the transfer's. */
export function ownContentEncoding(header: string): string | undefined {
  const encodings = header.split(',').map((encoding) => encoding.trim());
  return encodings.filter((encoding) => encoding !== 'aws-chunked' && encoding !== '').join(',') || undefined;
}

function isChunked({ headers }: WireRequest): boolean {
  return headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
}

function trailersOf(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function incompleteBody(): AwsError {
  const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
  return new AwsError('IncompleteBody', message);
}
