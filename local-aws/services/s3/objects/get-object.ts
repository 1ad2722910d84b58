import { AwsError } from '../../../kernel/aws-error.ts';
import type { Call } from '../../../kernel/service.ts';
import { encryptionAnswer } from '../encryption/requested-encryption.ts';
import type { S3Context } from '../s3-context.ts';
import { noSuchKey, noSuchVersion } from '../s3-error.ts';
import { byteRange } from './byte-range.ts';
import { checkReadConditions, type Preconditions } from './preconditions.ts';
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

export function getObject(context: S3Context, request: ReadRequest, call: Call) {
  const object = readable(context, request);
  checkReadConditions(object, request);
  const range = byteRange(request.Range, object.sizeBytes);
  if (!range) return { ...described(context, object, request), Body: bodyOf(context, request.Bucket, object, call) };
  const length = range.end - range.start + 1;
  return {
    ...described(context, object, { ...request, ChecksumMode: undefined }),
    Body: bodyOf(context, request.Bucket, object, call, range),
    ContentLength: length,
    ContentRange: `bytes ${range.start}-${range.end}/${object.sizeBytes}`,
  };
}

/** What was put, or a part of it. What is encrypted is authenticated as a whole, so that all of it is read for any part. */
export function bodyOf(
  { objects, cipher }: S3Context,
  bucket: string,
  { id, key, versionId, attributes: { encryption } }: StoredObject,
  { principal }: Call,
  range?: { readonly start: number; readonly end: number },
): Uint8Array {
  if (encryption) {
    const body = cipher.decrypt({ bucket, key, versionId }, objects.body(id), encryption, principal);
    return range ? body.subarray(range.start, range.end + 1) : body;
  }
  return range ? objects.bodyPart(id, range.start, range.end - range.start + 1) : objects.body(id);
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
  const { headers, metadata, checksum, retention, encryption } = object.attributes;
  const versioned = buckets.get(request.Bucket).settings.versioning !== 'Disabled';
  return {
    ...headers,
    ...request.Overrides,
    Metadata: metadata,
    ContentLength: object.sizeBytes,
    ETag: object.etag,
    LastModified: new Date(object.modifiedAtMs),
    AcceptRanges: 'bytes',
    ...encryptionAnswer(encryption),
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
