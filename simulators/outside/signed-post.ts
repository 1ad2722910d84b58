import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface SignedPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Delivers a webhook and answers its HTTP status; rejects when there was no answer. */
export type Send = (post: SignedPost) => Promise<number>;

/** Lower-case hex of HMAC-SHA256 over `${timestamp}.${body}`: the timestamp is signed, so an old delivery cannot be replayed as new. */
function webhookSignature(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  readonly timestampHeader: string;
  readonly signatureHeader: string;
}

export function signedPost(target: WebhookTarget, nowMs: number, body: string): SignedPost {
  const timestamp = String(nowMs);
  return {
    url: target.url,
    body,
    headers: {
      'content-type': 'application/json',
      [target.timestampHeader]: timestamp,
      [target.signatureHeader]: webhookSignature(target.secret, timestamp, body),
    },
  };
}

/** A receiver that takes longer than this has not received. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Connections are kept by Node's own agent. */
export const sendByHttp: Send = ({ url, headers, body }) =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const post = send(url, { method: 'POST', headers, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    post.on('error', reject);
    post.once('response', (response) => {
      response.on('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    post.end(body);
  });
