import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

const BUCKET = 'audit-archive';
const AT_ONCE = 16;

/** `eventId` of every event in the archive, a line each in its objects. */
export async function readArchivedEventIds(s3: S3Client): Promise<string[]> {
  const keys = await archiveKeys(s3);
  const ids: string[] = [];
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const texts = await Promise.all(keys.slice(start, start + AT_ONCE).map((key) => textOf(s3, key)));
    for (const line of texts.join('').split('\n')) {
      if (line !== '') ids.push((JSON.parse(line) as { eventId: string }).eventId);
    }
  }
  return ids;
}

async function archiveKeys(s3: S3Client): Promise<string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, ContinuationToken }));
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys;
}

async function textOf(s3: S3Client, Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return (await Body?.transformToString()) ?? '';
}
