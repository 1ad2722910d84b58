import { S3Client } from '@aws-sdk/client-s3';

/** By the SDK's own way: its middleware adds the checksums that S3 asks for. The middleware of a command is put together once. */
export const s3 = new S3Client({ cacheMiddleware: true });

// Both change nothing and cost more than half of a call's CPU: a copy of every request for a logger that is not there, and a user agent composed anew.
for (const name of ['loggerMiddleware', 'getUserAgentMiddleware']) {
  if (!s3.middlewareStack.remove(name)) throw new Error(`the SDK has no ${name} any more`);
}
