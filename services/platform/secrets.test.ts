import { ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createCredentials } from './secrets.ts';

const SECRET = JSON.stringify({ apiKey: 'k', webhookSecret: 's' });

function aVault(...answers: (string | Error)[]) {
  let calls = 0;
  const send = async () => {
    const given = answers[Math.min(calls, answers.length - 1)]!;
    calls += 1;
    if (given instanceof Error) throw given;
    return { SecretString: given };
  };
  return { client: { send } as unknown as SecretsManagerClient, calls: () => calls };
}

describe('createCredentials', () => {
  it('asks once for all who ask, and again after five minutes', async () => {
    const vault = aVault(SECRET);
    let nowMs = 0;
    const credentials = createCredentials(vault.client, 'exchange-credentials', () => nowMs);
    await Promise.all([credentials(), credentials()]);
    nowMs = 299_999;
    await credentials();
    expect(vault.calls()).toBe(1);
    nowMs = 300_000;
    await credentials();
    expect(vault.calls()).toBe(2);
  });

  it('takes what the secret was made with for no credentials', async () => {
    const send = async ({ input }: { input: { VersionStage?: string } }) => {
      const isFirst = input.VersionStage === 'AWSPREVIOUS';
      if (input.VersionStage === 'AWSPENDING') throw new ResourceNotFoundException({ message: 'none', $metadata: {} });
      return { SecretString: isFirst ? 'D(m5(Hb' : JSON.stringify({ apiKey: 'first', webhookSecret: 'first' }) };
    };
    const credentials = createCredentials({ send } as unknown as SecretsManagerClient, 's');
    expect(await credentials(await credentials())).toMatchObject({ apiKey: 'first', others: [] });
  });

  it('reads refused ones anew, with those of a rotation, at most once a second', async () => {
    const byLabel = new Map([['AWSCURRENT', 'first']]);
    let calls = 0;
    const send = async ({ input }: { input: { VersionStage?: string } }) => {
      calls += 1;
      const value = byLabel.get(input.VersionStage ?? 'AWSCURRENT');
      if (value === undefined) throw new ResourceNotFoundException({ message: 'none', $metadata: {} });
      return { SecretString: JSON.stringify({ apiKey: value, webhookSecret: value }) };
    };
    let nowMs = 0;
    const credentials = createCredentials({ send } as unknown as SecretsManagerClient, 's', () => nowMs);
    const known = await credentials();
    byLabel.set('AWSPENDING', 'second');
    const renewed = await credentials(known);
    expect(renewed).toMatchObject({ apiKey: 'first', others: [{ apiKey: 'second' }] });
    expect(await credentials(known)).toBe(renewed);
    nowMs = 999;
    expect(await credentials(renewed)).toBe(renewed);
    expect(calls).toBe(4);

    byLabel.set('AWSCURRENT', 'second').set('AWSPREVIOUS', 'first');
    nowMs = 1_000;
    expect(await credentials(renewed)).toMatchObject({
      apiKey: 'second',
      others: [{ apiKey: 'second' }, { apiKey: 'first' }],
    });
  });

  it('does not keep a failure', async () => {
    const vault = aVault(new Error('throttled'), SECRET);
    const credentials = createCredentials(vault.client, 'exchange-credentials', () => 0);
    await expect(credentials()).rejects.toThrow('throttled');
    expect(await credentials()).toEqual({ apiKey: 'k', webhookSecret: 's' });
  });

  it('refuses a secret of another form', async () => {
    await expect(createCredentials(aVault('{"apiKey":"k"}').client, 's', () => 0)()).rejects.toThrow('webhookSecret');
  });
});
