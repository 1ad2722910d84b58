import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { startTestStack } from '../../testing/test-stack.ts';
import { createS3 } from './s3.service.ts';
import { BUCKET, defineBucket, startBucket } from './testing/bucket.ts';

let stack: Awaited<ReturnType<typeof startBucket>>;
beforeAll(async () => {
  stack = await startBucket();
});
afterAll(() => stack.close());

describe('calls', () => {
  const put = (rest: Record<string, unknown>) => new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: 'x', ...rest });
  const cases: [string, object, string][] = [
    ['a bucket that is not there', new ListObjectsV2Command({ Bucket: 'absent' }), 'NoSuchBucket'],
    ['the head of one', new HeadBucketCommand({ Bucket: 'absent' }), 'NotFound'],
    ['a key that is not there', new GetObjectCommand({ Bucket: BUCKET, Key: 'absent' }), 'NoSuchKey'],
    ['its head', new HeadObjectCommand({ Bucket: BUCKET, Key: 'absent' }), 'NotFound'],
    [
      'a version that is not there',
      new GetObjectCommand({ Bucket: BUCKET, Key: 'k', VersionId: 'v' }),
      'NoSuchVersion',
    ],
    ['a bucket without policy', new GetBucketPolicyCommand({ Bucket: BUCKET }), 'NoSuchBucketPolicy'],
    ['a key over 1,024 bytes', put({ Key: 'é'.repeat(513) }), 'KeyTooLongError'],
    ['metadata over 2 KB', put({ Metadata: { a: 'x'.repeat(2048) } }), 'MetadataTooLarge'],
    [
      'a lock without Object Lock',
      put({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(0) }),
      'InvalidRequest',
    ],
    ['no key to delete', new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [] } }), 'MalformedXML'],
    ['multipart upload', new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: 'k' }), 'NotSupportedByLocalAws'],
    ['access control lists', put({ ACL: 'public-read' }), 'NotSupportedByLocalAws'],
    ['reading them', new GetBucketAclCommand({ Bucket: BUCKET }), 'UnknownOperationException'],
    ['object tags', put({ Tagging: 'a=b' }), 'NotSupportedByLocalAws'],
    ['two layers of KMS', put({ ServerSideEncryption: 'aws:kms:dsse' }), 'NotImplemented'],
  ];
  it.each(cases)('%s', async (_name, command, name) => {
    await expect(stack.client.send(command as PutObjectCommand)).rejects.toMatchObject({ name });
  });
});

describe('properties of a bucket', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['unknown', { WebsiteConfiguration: {} }, 'property WebsiteConfiguration of AWS::S3::Bucket'],
    ['name', { BucketName: 'Upper' }, 'not valid'],
    [
      'two layers of KMS',
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } }],
        },
      },
      'BucketEncryption aws:kms:dsse',
    ],
    [
      'ownership',
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
      'ObjectOwnership ObjectWriter',
    ],
    [
      'lifecycle filter',
      { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', TagFilters: [] }] } },
      'Rules.TagFilters',
    ],
    [
      'retention without lock',
      { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } } },
      'needs ObjectLockEnabled',
    ],
  ];
  it.each(cases)('%s', (_name, properties, message) => {
    const kernel = new Kernel();
    kernel.register(createS3(kernel));
    expect(() => defineBucket(kernel, properties)).toThrow(message);
  });
});

it('a bucket, its policy and its objects outlive the process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 's3-'));
  const path = join(folder, 'stack.sqlite');
  const first = await startTestStack([createS3], { path });
  defineBucket(first.kernel);
  const PolicyDocument = { Version: '2012-10-17', Statement: [] };
  const properties = { Bucket: BUCKET, PolicyDocument };
  const policyType = first.kernel.service('s3').resources?.['AWS::S3::BucketPolicy'];
  policyType?.apply({ logicalId: 'Policy', type: 'AWS::S3::BucketPolicy', properties });
  await new S3Client(first.clientConfig).send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: 'kept' }));
  await first.close();

  const second = await startTestStack([createS3], { path });
  const client = new S3Client(second.clientConfig);
  const read = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'k' }));
  expect(await read.Body?.transformToString()).toBe('kept');
  const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: BUCKET }));
  expect(JSON.parse(Policy ?? '')).toEqual(PolicyDocument);
  await second.close();
  rmSync(folder, { recursive: true });
});
