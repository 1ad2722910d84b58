import { AwsError } from '../../../kernel/aws-error.ts';
import type { S3Context } from '../s3-context.ts';
import { noSuchKey, noSuchVersion } from '../s3-error.ts';
import { byteRange } from './byte-range.ts';
import { checkReadConditions, type Preconditions } from './preconditions.ts';
import { DEFAULT_ENCRYPTION } from './put-object.ts';
import type { StoredObject } from './stored-object.ts';

export interface ReadRequest extends Preconditions {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
  readonly Range?: string;
  readonly ChecksumMode?: string;
  /** Headers to answer in the place of the stored ones. */
  readonly Overrides?: Readonly<Record<string, string>>;
}

export function getObject(context: S3Context, request: ReadRequest) {
  const object = readable(context, request);
  checkReadConditions(object, request);
  const range = byteRange(request.Range, object.sizeBytes);
  if (!range) return { ...described(context, object, request), Body: context.objects.body(object.id) };
  const length = range.end - range.start + 1;
  return {
    ...described(context, object, { ...request, ChecksumMode: undefined }),
    Body: context.objects.bodyPart(object.id, range.start, length),
    ContentLength: length,
    ContentRange: `bytes ${range.start}-${range.end}/${object.sizeBytes}`,
  };
}

/** As GetObject without the body. Its answer has no document, so every absence is a bare 404. */
export function headObject(context: S3Context, request: ReadRequest) {
  let object: StoredObject;
  try {
    object = readable(context, request);
  } catch (cause) {
    if (cause instanceof AwsError && cause.status === 404) {
      throw Object.assign(new AwsError('NotFound', 'Not Found', { status: 404 }), { cause });
    }
    throw cause;
  }
  checkReadConditions(object, request);
  return described(context, object, request);
}

/** @throws AwsError NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker named by its version */
export function readable(
  { buckets, objects }: S3Context,
  { Bucket, Key, VersionId }: Pick<ReadRequest, 'Bucket' | 'Key' | 'VersionId'>,
): StoredObject {
  const { name } = buckets.get(Bucket);
  if (VersionId === undefined) {
    const object = objects.latest(name, Key);
    if (!object || object.deleteMarker) throw noSuchKey(Key);
    return object;
  }
  const object = objects.version(name, Key, VersionId);
  if (!object) throw noSuchVersion(Key, VersionId);
  if (object.deleteMarker) {
    const message = 'The specified method is not allowed against this resource.';
    throw new AwsError('MethodNotAllowed', message, { status: 405 });
  }
  return object;
}

function described({ buckets }: S3Context, object: StoredObject, request: ReadRequest) {
  const { headers, metadata, checksum, retention } = object.attributes;
  const versioned = buckets.get(request.Bucket).settings.versioning !== 'Disabled';
  return {
    ...headers,
    ...request.Overrides,
    Metadata: metadata,
    ContentLength: object.sizeBytes,
    ETag: object.etag,
    LastModified: new Date(object.modifiedAtMs),
    AcceptRanges: 'bytes',
    ServerSideEncryption: DEFAULT_ENCRYPTION,
    ...(object.storageClass === 'STANDARD' ? {} : { StorageClass: object.storageClass }),
    ...(versioned ? { VersionId: object.versionId } : {}),
    ...(retention
      ? { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.untilMs).toISOString() }
      : {}),
    ...(checksum && request.ChecksumMode === 'ENABLED'
      ? { [checksum.member]: checksum.value, ChecksumType: 'FULL_OBJECT' }
      : {}),
  };
}
