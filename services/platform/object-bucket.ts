import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';

/** One S3 bucket of text objects. */
export interface ObjectBucket {
  /** Overwrites what is there under the key. */
  put(key: string, text: string, contentType: string): Promise<void>;
  /** False when there is one under the key already. */
  putNew(key: string, text: string, contentType: string): Promise<boolean>;
  /** Null when there is no such object. */
  get(key: string): Promise<string | null>;
}

export function createObjectBucket(client: S3Client, bucket: string): ObjectBucket {
  return {
    async put(key, text, contentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: contentType }));
    },
    async putNew(key, text, contentType) {
      const object = { Bucket: bucket, Key: key, Body: text, ContentType: contentType, IfNoneMatch: '*' };
      try {
        await client.send(new PutObjectCommand(object));
        return true;
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') return false;
        throw error;
      }
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
