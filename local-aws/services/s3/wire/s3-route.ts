import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { notSupported } from '../../../kernel/aws-error.ts';
import type { WireRequest } from '../../../kernel/service.ts';
import { verifiedChecksum } from '../objects/checksum.ts';
import { malformedXml } from '../s3-error.ts';
import { addressOf, type S3Address } from './address.ts';
import { decodedBody, ownContentEncoding } from './aws-chunked.ts';
import { CHECKSUM_HEADERS, METADATA_PREFIX, TRANSFER_HEADERS } from './header-members.ts';
import { MEANINGFUL_HEADERS, OVERRIDES, ROUTES, type Route } from './routes.ts';

/** Reads an S3 request. What it carries beyond what the operation has here is refused, never passed over. */
export function s3Route(request: WireRequest): { operation: string; input: unknown } | undefined {
  if ('uploads' in request.query || 'uploadId' in request.query) throw notSupported('S3 multipart upload');
  const address = addressOf(request);
  const route = ROUTES.find((candidate) => fits(candidate, request, address));
  if (!route) return undefined;
  const input = {
    ...(address.bucket === undefined ? {} : { Bucket: address.bucket }),
    ...(address.key === undefined ? {} : { Key: address.key }),
    ...fromQuery(route, request),
    ...fromHeaders(route, request.headers),
    ...fromBody(route, request),
  };
  return { operation: route.operation, input };
}

function fits(route: Route, request: WireRequest, { bucket, key }: S3Address): boolean {
  const level = key !== undefined ? 'object' : bucket !== undefined ? 'bucket' : 'account';
  if (route.method !== request.method || route.level !== level) return false;
  return route.marker === undefined || route.marker in request.query || route.marker in request.headers;
}

function fromQuery(route: Route, { query }: WireRequest): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const overrides: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    const member = route.query[name];
    const override = OVERRIDES[name];
    if (member !== undefined) members[member] = value;
    else if (override !== undefined && route.operation === 'GetObject') overrides[override] = value;
    else if (name !== route.marker && name !== 'x-id' && !name.startsWith('X-Amz-')) {
      throw notSupported(`S3 ${route.operation} with ?${name}`);
    }
  }
  return Object.keys(overrides).length > 0 ? { ...members, Overrides: overrides } : members;
}

function fromHeaders(route: Route, headers: WireRequest['headers']): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const member = route.headers[name];
    if (member !== undefined) members[member] = value;
    else if (name.startsWith(METADATA_PREFIX)) metadata[name.slice(METADATA_PREFIX.length)] = value;
    else if (MEANINGFUL_HEADERS.has(name) || (name.startsWith('x-amz-') && !TRANSFER_HEADERS.has(name))) {
      throw notSupported(`S3 ${route.operation} with the header ${name}`);
    }
  }
  if (typeof members.ContentEncoding === 'string') {
    const encoding = ownContentEncoding(members.ContentEncoding);
    if (encoding === undefined) delete members.ContentEncoding;
    else members.ContentEncoding = encoding;
  }
  return Object.keys(metadata).length > 0 ? { ...members, Metadata: metadata } : members;
}

function fromBody(route: Route, request: WireRequest): Record<string, unknown> {
  if (!route.body) return {};
  const { body, trailers } = decodedBody(request);
  const checksums = checksumMembers(trailers);
  if (route.body === 'object') return { Body: body, ...checksums };
  verifiedChecksum({ ...checksumMembers(request.headers), ...checksums }, body);
  return deleteDocument(Buffer.from(body).toString('utf8'));
}

function checksumMembers(headers: Readonly<Record<string, string>>): Record<string, string> {
  const members: Record<string, string> = {};
  for (const [header, member] of Object.entries(CHECKSUM_HEADERS)) {
    const value = headers[header];
    if (value !== undefined) members[member] = value;
  }
  return members;
}

const XML = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === 'Object' });

/** `<Delete><Object><Key/><VersionId/></Object><Quiet/></Delete>`. */
function deleteDocument(text: string): Record<string, unknown> {
  if (XMLValidator.validate(text) !== true) throw malformedXml();
  const { Delete } = XML.parse(text) as { Delete?: { Object?: { Key?: string }[]; Quiet?: string } };
  const objects = Delete?.Object ?? [];
  for (const object of objects) {
    const unknown = Object.keys(object).find((name) => name !== 'Key' && name !== 'VersionId');
    if (unknown !== undefined) throw notSupported(`S3 DeleteObjects with ${unknown}`);
    if (!object.Key) throw malformedXml();
  }
  return { Objects: objects, Quiet: Delete?.Quiet === 'true' };
}
