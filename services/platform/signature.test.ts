import { describe, expect, it } from 'vitest';
import { isGenuine, signatureOf } from './signature.ts';

const NOW_MS = 1_795_532_400_000;
const secret = 'webhook-secret';
const rawBody = '{"reports":[]}';

function signed(atMs = NOW_MS, body = rawBody, key = secret) {
  const timestamp = String(atMs);
  return { rawBody, timestamp, signature: signatureOf(key, timestamp, body) };
}

describe('isGenuine', () => {
  it('takes what the sender signed within five minutes either way', () => {
    expect(isGenuine(signed(), secret, NOW_MS)).toBe(true);
    expect(isGenuine(signed(NOW_MS - 300_000), secret, NOW_MS)).toBe(true);
    expect(isGenuine(signed(NOW_MS + 300_000), secret, NOW_MS)).toBe(true);
  });

  it.each([
    ['older than five minutes', signed(NOW_MS - 300_001)],
    ['from the future', signed(NOW_MS + 300_001)],
    ['another body', signed(NOW_MS, '{"reports":[1]}')],
    ['another secret', signed(NOW_MS, rawBody, 'other')],
    ['another timestamp', { ...signed(), timestamp: String(NOW_MS - 1) }],
    ['no signature', { ...signed(), signature: undefined }],
    ['no timestamp', { ...signed(), timestamp: undefined }],
    ['a cut signature', { ...signed(), signature: signed().signature.slice(0, 63) }],
    ['a timestamp that is no number', { ...signed(), timestamp: 'NaN' }],
  ])('refuses %s', (_what, request) => {
    expect(isGenuine(request, secret, NOW_MS)).toBe(false);
  });
});
