import {
  BYPASS_HEADERS,
  CHECKSUM_HEADERS,
  CONTENT_HEADERS,
  READ_CONDITION_HEADERS,
  WRITE_HEADERS,
} from './header-members.ts';

/** How one operation is told from a request, and what of it may travel in query and headers. */
export interface Route {
  readonly operation: string;
  readonly method: string;
  readonly level: 'account' | 'bucket' | 'object';
  /** A query parameter or a header that must be there: a subresource, or what makes it another operation. */
  readonly marker?: string;
  /** Query parameter → member. */
  readonly query: Readonly<Record<string, string>>;
  /** Header → member. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: 'object' | 'delete-document';
}

const LISTING = { prefix: 'Prefix', 'max-keys': 'MaxKeys', 'encoding-type': 'EncodingType' };
const VERSION = { versionId: 'VersionId' };
const READ_HEADERS = { ...READ_CONDITION_HEADERS, range: 'Range', 'x-amz-checksum-mode': 'ChecksumMode' };

/** The first that fits is taken. */
export const ROUTES: readonly Route[] = [
  { operation: 'ListBuckets', method: 'GET', level: 'account', query: {}, headers: {} },
  { operation: 'HeadBucket', method: 'HEAD', level: 'bucket', query: {}, headers: {} },
  { operation: 'GetBucketPolicy', method: 'GET', level: 'bucket', marker: 'policy', query: {}, headers: {} },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    level: 'bucket',
    marker: 'list-type',
    query: {
      ...LISTING,
      delimiter: 'Delimiter',
      'continuation-token': 'ContinuationToken',
      'start-after': 'StartAfter',
    },
    headers: {},
  },
  {
    operation: 'ListObjectVersions',
    method: 'GET',
    level: 'bucket',
    marker: 'versions',
    query: { ...LISTING, 'key-marker': 'KeyMarker', 'version-id-marker': 'VersionIdMarker' },
    headers: {},
  },
  {
    operation: 'DeleteObjects',
    method: 'POST',
    level: 'bucket',
    marker: 'delete',
    query: {},
    headers: { ...CHECKSUM_HEADERS, ...BYPASS_HEADERS, 'content-md5': 'ContentMD5' },
    body: 'delete-document',
  },
  {
    operation: 'CopyObject',
    method: 'PUT',
    level: 'object',
    marker: 'x-amz-copy-source',
    query: {},
    headers: {
      ...WRITE_HEADERS,
      'x-amz-copy-source': 'CopySource',
      'x-amz-metadata-directive': 'MetadataDirective',
    },
  },
  {
    operation: 'PutObject',
    method: 'PUT',
    level: 'object',
    query: {},
    headers: { ...WRITE_HEADERS, ...CHECKSUM_HEADERS, 'content-md5': 'ContentMD5' },
    body: 'object',
  },
  { operation: 'GetObject', method: 'GET', level: 'object', query: VERSION, headers: READ_HEADERS },
  { operation: 'HeadObject', method: 'HEAD', level: 'object', query: VERSION, headers: READ_HEADERS },
  { operation: 'DeleteObject', method: 'DELETE', level: 'object', query: VERSION, headers: BYPASS_HEADERS },
];

/** Headers outside `x-amz-…` that change what an operation does: refused where a route does not have them. */
export const MEANINGFUL_HEADERS = new Set([...Object.keys(READ_CONDITION_HEADERS), 'range']);

/** `response-content-type` and the like: what GetObject answers in the place of the stored headers. */
export const OVERRIDES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CONTENT_HEADERS).map(([header, member]) => [`response-${header}`, member]),
);
