import { crc32 } from 'node:zlib';
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

/** With the checksums that the SDK's middleware adds and compares, which the client leaves out (decision 014). */
export function createObjectBucket(client: S3Client, bucket: string): ObjectBucket {
  const objectOf = (key: string, text: string, contentType: string) => ({
    Bucket: bucket,
    Key: key,
    Body: text,
    ContentType: contentType,
    ChecksumAlgorithm: 'CRC32' as const,
    ChecksumCRC32: checksumOf(text),
  });
  return {
    async put(key, text, contentType) {
      await client.send(new PutObjectCommand(objectOf(key, text, contentType)));
    },
    async putNew(key, text, contentType) {
      try {
        await client.send(new PutObjectCommand({ ...objectOf(key, text, contentType), IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') return false;
        throw error;
      }
    },
    async get(key) {
      try {
        const command = new GetObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' });
        const { Body, ChecksumCRC32 } = await client.send(command);
        const text = (await Body?.transformToString()) ?? null;
        if (text !== null && ChecksumCRC32 && ChecksumCRC32 !== checksumOf(text))
          throw new Error(`${bucket}/${key} came damaged: its checksum is not ${ChecksumCRC32}`);
        return text;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
  };
}

/** S3's CRC-32: of the bytes, big-endian, in base64. */
function checksumOf(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64');
}
