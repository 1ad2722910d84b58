import type { S3Context } from '../s3-context.ts';
import { invalidArgument } from '../s3-error.ts';
import { maxKeysOf } from './list-objects.ts';

export interface ListObjectVersionsRequest {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
  readonly MaxKeys?: string;
  readonly EncodingType?: string;
}

/** By key, newest version first. */
export function listObjectVersions(context: S3Context, request: ListObjectVersionsRequest) {
  const { name } = context.buckets.get(request.Bucket);
  const { Prefix = '', KeyMarker = '', VersionIdMarker = '' } = request;
  const maxKeys = maxKeysOf(request.MaxKeys);
  const rows = context.objects.versionsAfter(name, Prefix, markerOf(context, name, request), maxKeys + 1);
  const page = rows.slice(0, maxKeys);
  const last = rows.length > maxKeys ? page.at(-1) : undefined;
  const entries = page.map(
    ({ key, versionId, isLatest, modifiedAtMs, deleteMarker, etag, sizeBytes, storageClass }) => ({
      Key: key,
      VersionId: versionId,
      IsLatest: isLatest,
      LastModified: new Date(modifiedAtMs),
      ...(deleteMarker ? {} : { ETag: etag, Size: sizeBytes, StorageClass: storageClass }),
    }),
  );
  return {
    Name: name,
    Prefix,
    KeyMarker,
    VersionIdMarker,
    MaxKeys: maxKeys,
    ...(request.EncodingType === undefined ? {} : { EncodingType: request.EncodingType }),
    IsTruncated: last !== undefined,
    ...(last ? { NextKeyMarker: last.key, NextVersionIdMarker: last.versionId } : {}),
    Version: entries.filter((_entry, index) => !page[index]?.deleteMarker),
    DeleteMarker: entries.filter((_entry, index) => page[index]?.deleteMarker),
  };
}

/** A key alone excludes all its versions. */
function markerOf({ objects }: S3Context, bucket: string, request: ListObjectVersionsRequest) {
  const { KeyMarker: key = '', VersionIdMarker: versionId } = request;
  if (versionId === undefined || versionId === '') return { key, id: 0 };
  const version = objects.version(bucket, key, versionId);
  if (!version) throw invalidArgument('Invalid version id specified');
  return { key, id: version.id };
}
