import { AwsError } from '../kernel/aws-error.ts';
import type { WireRequest, WireResponse } from '../kernel/service.ts';
import type { ProtocolCodec } from './protocol.ts';

/** AWS JSON 1.0 and 1.1: the operation stands in `X-Amz-Target`, input and output are JSON bodies. */
export function awsJson(version: '1.0' | '1.1'): ProtocolCodec {
  const contentType = `application/x-amz-json-${version}`;
  const response = (status: number, body: unknown, requestId: string): WireResponse => ({
    status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
    body: JSON.stringify(body ?? {}),
  });
  return {
    decode: (request) => ({ operation: operationOf(request), input: parseBody(request) }),
    encode: (_operation, output, requestId) => response(200, output, requestId),
    encodeError: (error, requestId) =>
      response(error.status, { __type: error.code, message: error.message, ...error.members }, requestId),
  };
}

function operationOf(request: WireRequest): string {
  const target = request.headers['x-amz-target'] ?? '';
  return target.slice(target.lastIndexOf('.') + 1);
}

function parseBody(request: WireRequest): unknown {
  const text = typeof request.body === 'string' ? request.body : Buffer.from(request.body).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(new AwsError('SerializationException', 'The request body is not valid JSON'), { cause });
  }
}
