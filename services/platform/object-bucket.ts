import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** One S3 bucket of text objects. */
export interface ObjectBucket {
  /** Overwrites what is there under the key. */
  put(key: string, text: string, contentType: string): Promise<void>;
  /** Null when there is no such object. */
  get(key: string): Promise<string | null>;
}

export function createObjectBucket(client: S3Client, bucket: string): ObjectBucket {
  return {
    async put(key, text, contentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: contentType }));
    },
    async get(key) {
      try {
        const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await object.Body?.transformToString()) ?? null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
  };
}
