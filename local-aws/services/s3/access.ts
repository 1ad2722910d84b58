import type { AccessRequest, AccessRule } from '../../kernel/authorization/access-request.ts';
import { copySource } from './objects/copy-object.ts';
import type { S3Context } from './s3-context.ts';

interface ObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

interface WriteInput extends ObjectInput {
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly ObjectLockMode?: string;
}

/** Source: Amazon S3 user guide, "Required permissions for Amazon S3 API operations". */
export function s3Access(context: S3Context): Readonly<Record<string, AccessRule>> {
  const onBucket =
    (action: string): AccessRule =>
    ({ Bucket }) => [{ action, resource: bucketArn(Bucket) }];
  const read = (input: ObjectInput) => readAccess(context, input);
  return {
    ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
    HeadBucket: onBucket('s3:ListBucket'),
    GetBucketPolicy: onBucket('s3:GetBucketPolicy'),
    ListObjectsV2: onBucket('s3:ListBucket'),
    ListObjectVersions: onBucket('s3:ListBucketVersions'),
    GetObject: read,
    HeadObject: read,
    PutObject: writeAccess,
    CopyObject: (input: WriteInput & { readonly CopySource: string }) => [
      ...readAccess(context, copySource(input.CopySource)),
      ...writeAccess(input),
    ],
    DeleteObject: deleteAccess,
    DeleteObjects: ({ Bucket, Objects }: { Bucket: string; Objects: readonly Omit<ObjectInput, 'Bucket'>[] }) =>
      Objects.flatMap((object) => deleteAccess({ ...object, Bucket })),
  };
}

/** JSON of the policy of the bucket that an object's or a bucket's ARN names. */
export function policyOfBucket({ buckets }: S3Context, arn: string): string | undefined {
  const [bucket = ''] = arn.slice(BUCKET_PREFIX.length).split('/', 1);
  return buckets.find(bucket)?.policy;
}

const BUCKET_PREFIX = 'arn:aws:s3:::';

function bucketArn(bucket: string): string {
  return BUCKET_PREFIX + bucket;
}

/** Only who may list the bucket is told that an object is not there. Source: S3 API reference, GetObject. */
function readAccess({ objects }: S3Context, { Bucket, Key, VersionId }: ObjectInput): readonly AccessRequest[] {
  const action = VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  const isThere = VersionId !== undefined || objects.latest(Bucket, Key) !== undefined;
  const wanted = { action, resource: `${bucketArn(Bucket)}/${Key}` };
  return isThere ? [wanted] : [wanted, { action: 's3:ListBucket', resource: bucketArn(Bucket) }];
}

function writeAccess(input: WriteInput): readonly AccessRequest[] {
  const resource = `${bucketArn(input.Bucket)}/${input.Key}`;
  const context = () => ({
    's3:x-amz-server-side-encryption': input.ServerSideEncryption,
    's3:x-amz-server-side-encryption-aws-kms-key-id': input.SSEKMSKeyId,
  });
  const put = { action: 's3:PutObject', resource, context };
  return input.ObjectLockMode === undefined ? [put] : [put, { action: 's3:PutObjectRetention', resource }];
}

function deleteAccess({ Bucket, Key, VersionId }: ObjectInput): readonly AccessRequest[] {
  const action = VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  return [{ action, resource: `${bucketArn(Bucket)}/${Key}` }];
}
