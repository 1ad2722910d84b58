import type { S3Context } from '../s3-context.ts';

export function listBuckets({ kernel, buckets }: S3Context) {
  return {
    Buckets: buckets.all().map(({ name, createdAtMs }) => ({ Name: name, CreationDate: new Date(createdAtMs) })),
    Owner: { ID: kernel.accountId },
  };
}

export function headBucket({ kernel, buckets }: S3Context, { Bucket }: { Bucket: string }) {
  buckets.get(Bucket);
  return { BucketRegion: kernel.region };
}
