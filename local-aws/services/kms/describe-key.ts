import type { Kernel } from '../../kernel/kernel.ts';
import type { Operation } from '../../kernel/service.ts';
import { type Keys, usageOf } from './keys.ts';
import { notFound } from './kms-error.ts';

export function describeKey(kernel: Kernel, keys: Keys): Operation {
  return (input: { KeyId?: string }) => {
    const key = keys.find(input.KeyId);
    const usage = usageOf(key);
    const algorithms =
      usage === 'ENCRYPT_DECRYPT'
        ? { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }
        : { MacAlgorithms: ['HMAC_SHA_256'] };
    return {
      KeyMetadata: {
        AWSAccountId: kernel.accountId,
        KeyId: key.keyId,
        Arn: keys.arnOf(key),
        CreationDate: key.createdAtMs / 1000,
        Enabled: key.enabled,
        KeyState: key.enabled ? 'Enabled' : 'Disabled',
        Description: key.description,
        KeyUsage: usage,
        KeySpec: key.spec,
        CustomerMasterKeySpec: key.spec,
        Origin: 'AWS_KMS',
        KeyManager: key.origin.startsWith('alias/aws/') ? 'AWS' : 'CUSTOMER',
        MultiRegion: false,
        ...algorithms,
      },
    };
  };
}

/** A key has one policy, and its name is `default`. */
export function getKeyPolicy(keys: Keys): Operation {
  return (input: { KeyId?: string; PolicyName?: string }) => {
    const { PolicyName = 'default' } = input;
    if (PolicyName !== 'default') throw notFound(`No such policy exists: ${PolicyName}`);
    return { Policy: keys.find(input.KeyId).policy, PolicyName };
  };
}
