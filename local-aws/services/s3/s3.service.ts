import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { policyOfBucket, s3Access } from './access.ts';
import { bucketResource } from './buckets/bucket.resource.ts';
import { bucketPolicyResource, getBucketPolicy } from './buckets/bucket-policy.ts';
import { BucketStore } from './buckets/bucket-store.ts';
import { headBucket, listBuckets } from './buckets/list-buckets.ts';
import { ObjectCipher } from './encryption/object-cipher.ts';
import { copyObject } from './objects/copy-object.ts';
import { deleteObject, deleteObjects } from './objects/delete-object.ts';
import { scheduleLifecycle } from './objects/expire-objects.ts';
import { getObject, headObject } from './objects/get-object.ts';
import { listObjectVersions } from './objects/list-object-versions.ts';
import { listObjectsV2 } from './objects/list-objects.ts';
import { ObjectStore } from './objects/object-store.ts';
import { putObject } from './objects/put-object.ts';
import type { S3Context } from './s3-context.ts';
import { s3Respond, s3RespondError } from './wire/s3-respond.ts';
import { s3Route } from './wire/s3-route.ts';

/** S3. Buckets come from the template alone; objects of up to 64 MiB, without multipart upload. */
export function createS3(kernel: Kernel): Service {
  const context: S3Context = {
    kernel,
    buckets: new BucketStore(kernel.store),
    objects: new ObjectStore(kernel.store),
    cipher: new ObjectCipher(kernel),
  };
  let lifecycle: ReturnType<typeof scheduleLifecycle> | undefined;
  return {
    name: 's3',
    protocol: { kind: 'rest', route: s3Route, respond: s3Respond, respondError: s3RespondError },
    operations: {
      ListBuckets: () => listBuckets(context),
      HeadBucket: (input) => headBucket(context, input),
      GetBucketPolicy: (input) => getBucketPolicy(context, input),
      PutObject: (input, call) => putObject(context, input, call),
      CopyObject: (input, call) => copyObject(context, input, call),
      GetObject: (input, call) => getObject(context, input, call),
      HeadObject: (input) => headObject(context, input),
      DeleteObject: (input, call) => deleteObject(context, input, call),
      DeleteObjects: (input, call) => deleteObjects(context, input, call),
      ListObjectsV2: (input) => listObjectsV2(context, input),
      ListObjectVersions: (input) => listObjectVersions(context, input),
    },
    access: s3Access(context),
    resourcePolicy: (arn) => policyOfBucket(context, arn),
    denial: { code: 'AccessDenied', status: 403 },
    resources: {
      'AWS::S3::Bucket': bucketResource(context),
      'AWS::S3::BucketPolicy': bucketPolicyResource(context),
    },
    start: () => {
      lifecycle = scheduleLifecycle(context);
    },
    stop: () => lifecycle?.stop(),
  };
}
