import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { HttpRequest } from '@smithy/types';
import { describe, expect, it } from 'vitest';
import { sendDirectly } from './aws/direct-send.ts';
import { createObjectBucket } from './object-bucket.ts';

interface Answer {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A client to which S3 answers so, and the headers of what it sent. */
function clientOf({ statusCode, headers = {}, body = '' }: Answer): {
  client: S3Client;
  sent: HttpRequest['headers'][];
} {
  const sent: HttpRequest['headers'][] = [];
  const requestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request: HttpRequest) => {
      sent.push({ ...request.headers });
      return { response: { statusCode, headers, body: Readable.from([Buffer.from(body)], { objectMode: false }) } };
    },
  };
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  return {
    client: new S3Client({ region: 'sa-east-1', credentials, maxAttempts: 1, requestHandler: requestHandler as never }),
    sent,
  };
}

function bucketOf(answer: Answer) {
  const { client, sent } = clientOf(answer);
  return { bucket: createObjectBucket(sendDirectly(client), 'receipts'), sent };
}

const errorOf = (statusCode: number, code: string): Answer => ({
  statusCode,
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
});

describe('putting an object', () => {
  it('goes with the checksum that the SDK would add', async () => {
    const own = clientOf({ statusCode: 200 });
    const { bucket, sent } = bucketOf({ statusCode: 200 });
    const body = '{"name":"José 💰"}';
    await own.client.send(
      new PutObjectCommand({ Bucket: 'receipts', Key: 'a', Body: body, ContentType: 'text/plain' }),
    );
    await bucket.put('a', body, 'text/plain');
    expect(checksumsOf(sent[0])).toEqual(checksumsOf(own.sent[0]));
    expect(checksumsOf(sent[0])).toHaveLength(2);
  });

  it('as a new one answers whether there was none', async () => {
    const put = (answer: Answer) => bucketOf(answer).bucket.putNew('a', 'b', 'text/plain');
    expect(await put({ statusCode: 200 })).toBe(true);
    expect(await put(errorOf(412, 'PreconditionFailed'))).toBe(false);
    await expect(put(errorOf(403, 'AccessDenied'))).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('getting an object', () => {
  const get = (answer: Answer) => bucketOf(answer).bucket.get('a');

  it('gives its text, or null', async () => {
    expect(await get({ statusCode: 200, body: 'José' })).toBe('José');
    expect(await get(errorOf(404, 'NoSuchKey'))).toBeNull();
    await expect(get(errorOf(403, 'AccessDenied'))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('asks for its checksum, and refuses what does not fit it', async () => {
    const { bucket, sent } = bucketOf({ statusCode: 200, headers: CRC_OF_DIGITS, body: '123456789' });
    expect(await bucket.get('a')).toBe('123456789');
    expect(sent[0]).toMatchObject({ 'x-amz-checksum-mode': 'ENABLED' });
    await expect(get({ statusCode: 200, headers: CRC_OF_DIGITS, body: '123456780' })).rejects.toThrow('came damaged');
  });
});

/** The check value of CRC-32, cbf43926, which its definitions give for these nine digits. */
const CRC_OF_DIGITS = { 'x-amz-checksum-crc32': 'y/Q5Jg==' };

function checksumsOf(headers: HttpRequest['headers'] = {}) {
  return Object.entries(headers)
    .filter(([name]) => /^x-amz-(sdk-)?checksum-/.test(name))
    .sort();
}
