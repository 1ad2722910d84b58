import { XMLBuilder } from 'fast-xml-parser';
import type { AwsError } from '../../../kernel/aws-error.ts';
import type { WireResponse } from '../../../kernel/service.ts';
import { METADATA_PREFIX, RESPONSE_HEADERS } from './header-members.ts';

type Output = Readonly<Record<string, unknown>>;

/** Root elements of the operations that answer with a document. */
const DOCUMENT_ROOTS: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBucketsResult',
  ListObjectsV2: 'ListBucketResult',
  ListObjectVersions: 'ListVersionsResult',
  DeleteObjects: 'DeleteResult',
};

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const XML = new XMLBuilder({ attributeNamePrefix: '@', ignoreAttributes: false });
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function s3Respond(operation: string, output: unknown, requestId: string): WireResponse {
  const members = (output ?? {}) as Output;
  const root = DOCUMENT_ROOTS[operation];
  if (root !== undefined) return documentResponse(root, contentOf(operation, members), {}, requestId);
  if (operation === 'CopyObject') {
    const { CopyObjectResult, ...rest } = members;
    return documentResponse('CopyObjectResult', CopyObjectResult as Output, headersOf(rest), requestId);
  }
  if (operation === 'GetBucketPolicy') {
    const headers = { 'content-type': 'application/json', 'x-amz-request-id': requestId };
    return { status: 200, headers, body: String(members.Policy) };
  }
  const { Body = '', ...rest } = members;
  return {
    status: operation === 'DeleteObject' ? 204 : 'ContentRange' in members ? 206 : 200,
    headers: { ...headersOf(rest), 'x-amz-request-id': requestId },
    body: Body as Uint8Array | string,
  };
}

/** A 304, and the 404 of a HEAD, have no document. */
export function s3RespondError(error: AwsError, requestId: string): WireResponse {
  const headers = { 'content-type': 'application/xml', 'x-amz-request-id': requestId };
  if (error.status === 304 || error.code === 'NotFound') return { status: error.status, headers, body: '' };
  const content = { Code: error.code, Message: error.message, ...error.members, RequestId: requestId };
  return { status: error.status, headers, body: DECLARATION + XML.build({ Error: content }) };
}

function documentResponse(
  root: string,
  content: Output,
  headers: Readonly<Record<string, string>>,
  requestId: string,
): WireResponse {
  return {
    status: 200,
    headers: { ...headers, 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: DECLARATION + XML.build({ [root]: { '@xmlns': NAMESPACE, ...(textual(content) as Output) } }),
  };
}

function contentOf(operation: string, members: Output): Output {
  if (operation === 'ListBuckets') return { ...members, Buckets: { Bucket: members.Buckets } };
  if (operation === 'DeleteObjects') return { Deleted: members.Deleted, Error: members.Errors };
  return members.EncodingType === 'url' ? (urlEncoded(members) as Output) : members;
}

/** Members that `encoding-type=url` encodes, at any depth. Source: S3 API reference, ListObjectsV2, EncodingType. */
const ENCODED = new Set(['Key', 'Prefix', 'Delimiter', 'StartAfter', 'KeyMarker', 'NextKeyMarker']);

function urlEncoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(urlEncoded);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      ENCODED.has(name) && typeof item === 'string'
        ? encodeURIComponent(item).replaceAll('%2F', '/')
        : urlEncoded(item),
    ]),
  );
}

/** Dates in a document are ISO 8601. */
function textual(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(textual);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, textual(item)]));
}

/** Dates in a header are HTTP's. */
function headersOf({ Metadata = {}, ...members }: Output): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [member, value] of Object.entries(members)) {
    const header = RESPONSE_HEADERS[member];
    if (header !== undefined && value !== undefined) {
      headers[header] = value instanceof Date ? value.toUTCString() : String(value);
    }
  }
  for (const [name, value] of Object.entries(Metadata as Record<string, string>)) {
    headers[METADATA_PREFIX + name] = value;
  }
  return headers;
}
