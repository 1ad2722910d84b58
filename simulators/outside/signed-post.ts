import { createHmac } from 'node:crypto';

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

export const sendByHttp: Send = async ({ url, headers, body }) => {
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  await response.arrayBuffer();
  return response.status;
};
