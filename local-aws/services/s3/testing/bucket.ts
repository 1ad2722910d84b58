import { S3Client } from '@aws-sdk/client-s3';
import type { Kernel } from '../../../kernel/kernel.ts';
import { startTestStack, type TestStack } from '../../../testing/test-stack.ts';
import { createS3 } from '../s3.service.ts';

export const BUCKET = 'archive';

export function defineBucket(kernel: Kernel, properties: Record<string, unknown> = {}): string {
  const type = kernel.service('s3').resources?.['AWS::S3::Bucket'];
  const resource = { logicalId: 'Archive', type: 'AWS::S3::Bucket', properties };
  return type?.apply(resource).ref as string;
}

/** A stack with S3 and one bucket, `archive`. */
export async function startBucket(
  properties: Record<string, unknown> = {},
): Promise<TestStack & { readonly client: S3Client }> {
  const stack = await startTestStack([createS3]);
  defineBucket(stack.kernel, properties);
  return { ...stack, client: new S3Client(stack.clientConfig) };
}
