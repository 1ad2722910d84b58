import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a signed webhook's timestamp may lie from now: replays of older ones are refused. */
const WINDOW_MS = 300_000;

export interface SignedRequest {
  readonly rawBody: string;
  /** Epoch milliseconds in decimal, as the header has it. */
  readonly timestamp: string | undefined;
  /** Lower-case hex of HMAC-SHA256(secret, `${timestamp}.${rawBody}`). */
  readonly signature: string | undefined;
}

export function signatureOf(secret: string, timestamp: string, rawBody: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex');
}

/** Whether a webhook is its sender's and of now. Compares in constant time. */
export function isGenuine(request: SignedRequest, secret: string, nowMs: number): boolean {
  const { timestamp, signature, rawBody } = request;
  if (!timestamp || !signature || !/^\d{1,15}$/.test(timestamp)) return false;
  if (Math.abs(nowMs - Number(timestamp)) > WINDOW_MS) return false;
  const expected = Buffer.from(signatureOf(secret, timestamp, rawBody));
  const received = Buffer.from(signature);
  return received.length === expected.length && timingSafeEqual(received, expected);
}
