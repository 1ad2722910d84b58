import type { S3Context } from '../s3-context.ts';
import { invalidArgument } from '../s3-error.ts';
import { afterPrefix } from './object-store.ts';
import type { StoredObject } from './stored-object.ts';

export interface ListObjectsRequest {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: string;
  readonly ContinuationToken?: string;
  readonly StartAfter?: string;
  readonly EncodingType?: string;
}

/** Source: S3 API reference, ListObjectsV2. */
const MAX_KEYS = 1000;

export function listObjectsV2(context: S3Context, request: ListObjectsRequest) {
  const { name } = context.buckets.get(request.Bucket);
  const { Prefix = '', Delimiter = '', ContinuationToken, StartAfter = '' } = request;
  const maxKeys = maxKeysOf(request.MaxKeys);
  const after = ContinuationToken === undefined ? StartAfter : readToken(ContinuationToken);
  const page = pageOf(context, name, { prefix: Prefix, delimiter: Delimiter, after, maxKeys });
  return {
    Name: name,
    Prefix,
    ...(Delimiter === '' ? {} : { Delimiter }),
    MaxKeys: maxKeys,
    ...(request.EncodingType === undefined ? {} : { EncodingType: request.EncodingType }),
    ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    ...(StartAfter === '' ? {} : { StartAfter }),
    KeyCount: page.contents.length + page.commonPrefixes.length,
    IsTruncated: page.next !== undefined,
    ...(page.next === undefined ? {} : { NextContinuationToken: Buffer.from(page.next).toString('base64url') }),
    Contents: page.contents.map(({ key, modifiedAtMs, etag, sizeBytes, storageClass }) => ({
      Key: key,
      LastModified: new Date(modifiedAtMs),
      ETag: etag,
      Size: sizeBytes,
      StorageClass: storageClass,
    })),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: prefix })),
  };
}

interface Page {
  readonly contents: StoredObject[];
  readonly commonPrefixes: string[];
  /** Where the next page starts, exclusive; undefined at the end. */
  readonly next: string | undefined;
}

interface PageQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly maxKeys: number;
}

/** Keys that share a prefix up to the delimiter count as one, and are jumped over, not read. */
function pageOf({ objects }: S3Context, bucket: string, { prefix, delimiter, after, maxKeys }: PageQuery): Page {
  const contents: StoredObject[] = [];
  const commonPrefixes: string[] = [];
  let cursor = after;
  if (maxKeys === 0) return { contents, commonPrefixes, next: undefined };
  for (;;) {
    const missing = maxKeys - contents.length - commonPrefixes.length;
    const rows = objects.latestAfter(bucket, prefix, cursor, missing + 1);
    if (rows.length === 0) return { contents, commonPrefixes, next: undefined };
    for (const object of rows) {
      if (contents.length + commonPrefixes.length === maxKeys) return { contents, commonPrefixes, next: cursor };
      const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
      if (end < 0) {
        contents.push(object);
        cursor = object.key;
        continue;
      }
      const commonPrefix = object.key.slice(0, end + delimiter.length);
      commonPrefixes.push(commonPrefix);
      cursor = afterPrefix(commonPrefix);
      break;
    }
  }
}

export function maxKeysOf(value: string | undefined): number {
  const count = Number(value ?? MAX_KEYS);
  if (!Number.isInteger(count) || count < 0)
    throw invalidArgument('Provided max-keys not an integer or within integer range');
  return Math.min(count, MAX_KEYS);
}

function readToken(token: string): string {
  const cursor = Buffer.from(token, 'base64url').toString();
  if (cursor === '') throw invalidArgument('The continuation token provided is incorrect');
  return cursor;
}
