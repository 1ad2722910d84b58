import { describe, expect, it } from 'vitest';
import { type ApiKeyRecord, authorize } from './authorize.ts';
import { authorizerAnswer } from './authorizer-answer.ts';
import { sha256Hex } from './identity.ts';

const METHOD = 'arn:aws:execute-api:sa-east-1:000000000000:api1/prod/POST/v1/orders';
const NOW_MS = 1_000;
const KEY = 'local-key-ana-000000000000';
const ana: ApiKeyRecord = {
  keyHash: sha256Hex(KEY),
  accountId: 'ana',
  role: 'TRADER',
  usageIdentifierKey: 'usage-key-of-ana-000',
};
const find = async (keyHash: string) => (keyHash === ana.keyHash ? ana : null);

describe('authorize', () => {
  it('finds the holder by the hash of the key', async () => {
    expect(await authorize(KEY, find, NOW_MS)).toBe(ana);
  });

  it.each([
    ['an unknown key', 'wrong', find],
    ['no key', '', find],
    ['a key that another replaced a day ago', KEY, async () => ({ ...ana, validUntilMs: NOW_MS })],
    ['a revoked key', KEY, async () => ({ ...ana, revokedAt: '2026-11-24T00:00:00Z' })],
  ])('knows nobody by %s', async (_what, key, findApiKey) => {
    expect(await authorize(key, findApiKey, NOW_MS)).toBeNull();
  });
});

describe('authorizerAnswer', () => {
  it('allows the whole stage, as the answer is cached for every method', () => {
    const answer = authorizerAnswer(METHOD, ana);
    const Resource = 'arn:aws:execute-api:sa-east-1:000000000000:api1/prod/*';
    expect(answer.policyDocument.Statement).toEqual([{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource }]);
    expect(answer.context).toEqual({ accountId: 'ana', role: 'TRADER' });
    expect(answer.usageIdentifierKey).toBe('usage-key-of-ana-000');
  });

  it('denies everything to nobody', () => {
    const answer = authorizerAnswer(METHOD, null);
    expect(answer.policyDocument.Statement[0]?.Effect).toBe('Deny');
    expect(answer).not.toHaveProperty('usageIdentifierKey');
  });
});
