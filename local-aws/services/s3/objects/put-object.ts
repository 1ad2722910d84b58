import { hash } from 'node:crypto';
import { AwsError } from '../../../kernel/aws-error.ts';
import { TAG_BYTES } from '../../../kernel/sealed-bytes.ts';
import type { Call } from '../../../kernel/service.ts';
import type { Bucket, RetentionMode } from '../buckets/bucket-store.ts';
import type { EncryptedBody } from '../encryption/object-cipher.ts';
import { encryptionAnswer, encryptionFor } from '../encryption/requested-encryption.ts';
import type { S3Context } from '../s3-context.ts';
import { badDigest, invalidArgument } from '../s3-error.ts';
import { type ChecksumMember, verifiedChecksum } from './checksum.ts';
import type { NewObject } from './object-store.ts';
import { checkWriteConditions, type Preconditions } from './preconditions.ts';
import { NULL_VERSION, type ObjectAttributes } from './stored-object.ts';

export interface PutObjectRequest extends Preconditions, Partial<Record<ChecksumMember | ObjectHeader, string>> {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly Metadata?: Readonly<Record<string, string>>;
  readonly ContentMD5?: string;
  readonly StorageClass?: string;
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: string;
  readonly ObjectLockMode?: RetentionMode;
  readonly ObjectLockRetainUntilDate?: string;
}

export const OBJECT_HEADERS = [
  ...(['ContentType', 'CacheControl', 'ContentDisposition', 'ContentEncoding'] as const),
  ...(['ContentLanguage', 'Expires'] as const),
];
export type ObjectHeader = (typeof OBJECT_HEADERS)[number];

/** Differs from AWS, which takes 5 GB: an object is one BLOB of the stack's file and passes through memory whole. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
/** Source: S3 user guide, "Naming Amazon S3 objects". */
const MAX_KEY_BYTES = 1024;
/** Source: S3 user guide, "Working with object metadata". */
const MAX_METADATA_BYTES = 2048;
const DAY_MS = 86_400_000;

export function putObject(context: S3Context, request: PutObjectRequest, { principal }: Call) {
  const { kernel, objects } = context;
  const bucket = context.buckets.get(request.Bucket);
  checkLimits(request);
  if (request.ContentMD5 !== undefined && request.ContentMD5 !== hash('md5', request.Body, 'base64')) {
    throw badDigest('Content-MD5');
  }
  const checksum = verifiedChecksum(request, request.Body);
  const modifiedAtMs = kernel.clock.nowMs();
  const retention = retentionOf(bucket, request, modifiedAtMs);
  checkWriteConditions(objects.latest(bucket.name, request.Key), request.Key, request);

  const versionId = newVersionId(context, bucket);
  const requested = encryptionFor(bucket, request);
  const at = { bucket: bucket.name, key: request.Key, versionId };
  const stored: EncryptedBody = requested
    ? context.cipher.encrypt(at, request.Body, requested, principal)
    : { bytes: request.Body };
  const object: NewObject = {
    key: request.Key,
    versionId,
    deleteMarker: false,
    modifiedAtMs,
    sizeBytes: request.Body.byteLength,
    etag: `"${digestOf(stored)}"`,
    storageClass: request.StorageClass ?? 'STANDARD',
    attributes: {
      headers: headersOf(request),
      metadata: request.Metadata ?? {},
      ...(checksum && { checksum }),
      ...(stored.encryption && { encryption: stored.encryption }),
      ...(retention && { retention }),
    },
    body: stored.bytes,
  };
  objects.put(bucket.name, object);
  return {
    ETag: object.etag,
    ...(checksum ? { [checksum.member]: checksum.value, ChecksumType: 'FULL_OBJECT' } : {}),
    ...(bucket.settings.versioning === 'Enabled' ? { VersionId: object.versionId } : {}),
    ...encryptionAnswer(stored.encryption),
  };
}

/**
 * MD5 of what was put. Of an object under a KMS key it is no MD5 (S3 API reference, Object, ETag); here the tag that authenticates its bytes
 * and ends them, as long as an MD5 and another for each put.
 */
function digestOf({ bytes, encryption }: EncryptedBody): string {
  return encryption ? Buffer.from(bytes.subarray(-TAG_BYTES)).toString('hex') : hash('md5', bytes);
}

export function newVersionId({ kernel }: S3Context, bucket: Bucket): string {
  if (bucket.settings.versioning !== 'Enabled') return NULL_VERSION;
  return Buffer.from(kernel.random.bytes(24)).toString('base64url');
}

function checkLimits({ Key, Body, Metadata = {} }: PutObjectRequest): void {
  if (Buffer.byteLength(Key) > MAX_KEY_BYTES) throw new AwsError('KeyTooLongError', 'Your key is too long');
  if (Body.byteLength > MAX_OBJECT_BYTES) {
    throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  const metadataBytes = Object.entries(Metadata).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (metadataBytes > MAX_METADATA_BYTES) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
}

function headersOf(request: PutObjectRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of OBJECT_HEADERS) {
    const value = request[name];
    if (value !== undefined) headers[name] = value;
  }
  // Source: S3 API reference, PutObject: the default media type.
  headers.ContentType ??= 'binary/octet-stream';
  return headers;
}

/** What the request asks for, else the bucket's default. */
function retentionOf({ settings }: Bucket, request: PutObjectRequest, nowMs: number): ObjectAttributes['retention'] {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = request;
  if (mode === undefined && until === undefined) {
    const rule = settings.defaultRetention;
    return rule && { mode: rule.mode, untilMs: nowMs + rule.days * DAY_MS };
  }
  if (!settings.objectLock) throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  const untilMs = Date.parse(until ?? '');
  if (mode === undefined || Number.isNaN(untilMs)) {
    throw invalidArgument('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied');
  }
  if (untilMs <= nowMs) throw invalidArgument('The retain until date must be in the future!');
  return { mode, untilMs };
}
