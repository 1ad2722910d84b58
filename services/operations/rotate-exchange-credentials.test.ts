import { describe, expect, it } from 'vitest';
import type { ForeignCredentials } from '../platform/secrets.ts';
import { type RotationEvent, type RotationPorts, rotateExchangeCredentials } from './rotate-exchange-credentials.ts';
import type { SecretVault } from './secret-vault-gateway.ts';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
const FIRST: ForeignCredentials = { apiKey: 'first-key', webhookSecret: 'first-secret' };

/** Secrets Manager's labels and values, with version `v1` current and `v2` pending without a value. */
class MemoryVault implements SecretVault {
  readonly versions = new Map<string, ForeignCredentials>([['v1', FIRST]]);
  readonly byLabel = new Map([
    ['AWSCURRENT', 'v1'],
    ['AWSPENDING', 'v2'],
  ]);

  labels = async () => this.byLabel;
  read = async (label: string) => this.versions.get(this.byLabel.get(label) ?? '') ?? null;
  putPending = async (versionId: string, value: ForeignCredentials) => void this.versions.set(versionId, value);
  moveCurrent = async (to: string, from: string) => {
    this.byLabel.set('AWSPREVIOUS', from).set('AWSCURRENT', to);
  };
}

function aRotation() {
  const vault = new MemoryVault();
  const valid = new Set(['first-key']);
  let made = 0;
  const ports: RotationPorts = {
    vault,
    exchange: {
      accepts: async (apiKey) => valid.has(apiKey),
      set: async (apiKey, next) => {
        if (!valid.has(apiKey)) throw new Error('refused');
        valid.add(next.apiKey);
      },
    },
    newCredentials: () => {
      made += 1;
      return { apiKey: `key-${made}`, webhookSecret: `secret-${made}` };
    },
  };
  const run = (Step: RotationEvent['Step'], ClientRequestToken = 'v2') =>
    rotateExchangeCredentials({ Step, SecretId: 'arn', ClientRequestToken }, ports);
  return { vault, valid, run };
}

describe('the rotation', () => {
  it('ends with the new credentials at both places, and the former still valid', async () => {
    const { vault, valid, run } = aRotation();
    for (const step of STEPS) await run(step);
    expect(await vault.read('AWSCURRENT')).toEqual({ apiKey: 'key-1', webhookSecret: 'secret-1' });
    expect(await vault.read('AWSPREVIOUS')).toEqual(FIRST);
    expect([...valid]).toEqual(['first-key', 'key-1']);
  });

  it('finds what it did before, whichever steps come again', async () => {
    const { vault, valid, run } = aRotation();
    for (const upTo of STEPS.keys()) for (const step of STEPS.slice(0, upTo + 1)) await run(step);
    for (const step of STEPS) await run(step);
    expect(await vault.read('AWSCURRENT')).toEqual({ apiKey: 'key-1', webhookSecret: 'secret-1' });
    expect([...valid]).toEqual(['first-key', 'key-1']);
  });

  it('goes on from the previous key where the current one is refused', async () => {
    const { vault, valid, run } = aRotation();
    vault.versions.set('v0', { apiKey: 'previous-key', webhookSecret: 's' });
    vault.byLabel.set('AWSPREVIOUS', 'v0');
    valid.clear();
    valid.add('previous-key');
    await run('createSecret');
    await run('setSecret');
    expect([...valid]).toEqual(['previous-key', 'key-1']);
  });

  it.each<[string, (rotation: ReturnType<typeof aRotation>) => Promise<void>, string]>([
    ['a version that is not to come', ({ run }) => run('createSecret', 'v3'), 'not the one to rotate to'],
    ['a step before its turn', ({ run }) => run('setSecret'), 'createSecret has not run'],
    [
      'an exchange that takes none of our keys',
      async ({ run, valid }) => {
        valid.clear();
        await run('createSecret');
        await run('setSecret');
      },
      'none of our keys',
    ],
    [
      'a key that was not set',
      async ({ run }) => {
        await run('createSecret');
        await run('testSecret');
      },
      'does not take the new key',
    ],
  ])('stops at %s', async (_, run, message) => {
    await expect(run(aRotation())).rejects.toThrow(message);
  });
});
