import { AwsError } from '../../../kernel/aws-error.ts';
import type { Bucket, KmsEncryption } from '../buckets/bucket-store.ts';
import type { ObjectEncryption } from '../objects/stored-object.ts';
import { invalidArgument } from '../s3-error.ts';

/** The encryption that AWS applies when nothing else is asked for. */
const SSE_S3 = 'AES256';
const SSE_KMS = 'aws:kms';

interface EncryptionRequest {
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: string;
}

/** What the request asks for, else the bucket's default; undefined for SSE-S3. */
export function encryptionFor({ settings }: Bucket, request: EncryptionRequest): KmsEncryption | undefined {
  const { ServerSideEncryption: algorithm, SSEKMSKeyId: keyId, BucketKeyEnabled } = request;
  if (algorithm === undefined) {
    if (keyId !== undefined) throw invalidArgument(`x-amz-server-side-encryption must be ${SSE_KMS} with a key id`);
    return settings.encryption;
  }
  if (algorithm === SSE_S3) return undefined;
  if (algorithm !== SSE_KMS) {
    const message = `encryption ${algorithm} is not supported by local-aws`;
    throw new AwsError('NotImplemented', message, { status: 501 });
  }
  const bucketKey = BucketKeyEnabled === undefined ? settings.encryption?.bucketKey : BucketKeyEnabled === 'true';
  // Without a key in the request it is S3's own. Source: S3 user guide, "Specifying server-side encryption with AWS KMS".
  return { ...(keyId === undefined ? {} : { keyId }), bucketKey: bucketKey ?? false };
}

/** The headers of an answer that say how the object is encrypted. */
export function encryptionAnswer(encryption: ObjectEncryption | undefined): {
  readonly ServerSideEncryption: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: true;
} {
  if (!encryption) return { ServerSideEncryption: SSE_S3 };
  const bucketKey = encryption.bucketKey ? ({ BucketKeyEnabled: true } as const) : {};
  return { ServerSideEncryption: SSE_KMS, SSEKMSKeyId: encryption.keyArn, ...bucketKey };
}
