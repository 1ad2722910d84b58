import { compileStatements } from '../../../kernel/authorization/statement.ts';
import { refuseUnknownProperties } from '../../../kernel/known-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { S3Context } from '../s3-context.ts';
import { noSuchBucketPolicy } from '../s3-error.ts';

/** `AWS::S3::BucketPolicy`: kept with its bucket. */
export function bucketPolicyResource({ buckets }: S3Context): ResourceType {
  return {
    apply: ({ logicalId, type, properties }) => {
      const { Bucket, PolicyDocument, ...rest } = properties;
      refuseUnknownProperties(type, rest);
      compileStatements(PolicyDocument, 'resource');
      buckets.putPolicy(String(Bucket), JSON.stringify(PolicyDocument));
      return { ref: logicalId, attributes: {} };
    },
  };
}

export function getBucketPolicy({ buckets }: S3Context, { Bucket }: { Bucket: string }) {
  const { policy } = buckets.get(Bucket);
  if (policy === undefined) throw noSuchBucketPolicy(Bucket);
  return { Policy: policy };
}
