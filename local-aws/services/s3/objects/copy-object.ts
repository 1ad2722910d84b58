import { notSupported } from '../../../kernel/aws-error.ts';
import type { Call } from '../../../kernel/service.ts';
import type { S3Context } from '../s3-context.ts';
import { invalidArgument } from '../s3-error.ts';
import { bodyOf, readable } from './get-object.ts';
import { type PutObjectRequest, putObject } from './put-object.ts';

export interface CopyObjectRequest extends Omit<PutObjectRequest, 'Body'> {
  /** `bucket/key`, percent-encoded, optionally with `?versionId=…`. */
  readonly CopySource: string;
  readonly MetadataDirective?: string;
}

export function copyObject(context: S3Context, request: CopyObjectRequest, call: Call) {
  const { CopySource, MetadataDirective = 'COPY', ...target } = request;
  if (MetadataDirective !== 'COPY' && MetadataDirective !== 'REPLACE') {
    throw notSupported(`MetadataDirective ${MetadataDirective}`);
  }
  const { Bucket, Key, VersionId } = copySource(CopySource);
  const source = readable(context, { Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) });
  if (Bucket === target.Bucket && Key === target.Key && MetadataDirective === 'COPY' && VersionId === undefined) {
    throw invalidArgument('This copy request is illegal because it copies an object to itself without changing it');
  }
  const { headers, metadata, checksum } = source.attributes;
  const kept = MetadataDirective === 'COPY' ? { ...headers, Metadata: metadata } : {};
  const sum = checksum ? { [checksum.member]: checksum.value } : {};
  const Body = bodyOf(context, Bucket, source, call);
  const answer = putObject(context, { ...target, ...kept, ...sum, Body }, call);
  const { ETag, VersionId: newVersionId, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled, ...checksums } = answer;
  return {
    CopyObjectResult: { ETag, LastModified: new Date(context.kernel.clock.nowMs()), ...checksums },
    ServerSideEncryption,
    SSEKMSKeyId,
    BucketKeyEnabled,
    ...(newVersionId === undefined ? {} : { VersionId: newVersionId }),
    ...(source.versionId === 'null' ? {} : { CopySourceVersionId: source.versionId }),
  };
}

/** @throws AwsError InvalidArgument */
export function copySource(header: string): { Bucket: string; Key: string; VersionId?: string } {
  const [path = '', query] = header.split('?versionId=', 2);
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/.exec(path) ?? [];
  if (bucket === undefined || key === undefined) {
    throw invalidArgument('Invalid copy source object key');
  }
  return {
    Bucket: decodeURIComponent(bucket),
    Key: decodeURIComponent(key),
    ...(query === undefined ? {} : { VersionId: query }),
  };
}
