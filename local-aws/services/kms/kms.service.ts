import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { kmsAccess } from './access.ts';
import { aliasResource } from './alias.resource.ts';
import { describeKey, getKeyPolicy } from './describe-key.ts';
import { decrypt, encrypt, generateDataKey } from './encrypt-decrypt.ts';
import { keyResource } from './key.resource.ts';
import { rootKey } from './key-material.ts';
import { Keys } from './keys.ts';
import { generateMac, verifyMac } from './mac.ts';

export interface KmsOptions {
  /** File of the key that wraps all others, made when it is missing; without it they do not outlive the process. */
  readonly rootKeyPath?: string;
}

/** KMS: symmetric keys and HMAC keys, from the template alone. */
export function createKms(kernel: Kernel, { rootKeyPath }: KmsOptions = {}): Service {
  const keys = new Keys(kernel, rootKey(rootKeyPath));
  return {
    name: 'kms',
    protocol: { kind: 'aws-json', version: '1.1', target: 'TrentService' },
    operations: {
      Encrypt: encrypt(keys),
      Decrypt: decrypt(keys),
      GenerateDataKey: generateDataKey(keys),
      GenerateMac: generateMac(keys),
      VerifyMac: verifyMac(keys),
      DescribeKey: describeKey(kernel, keys),
      GetKeyPolicy: getKeyPolicy(keys),
    },
    access: kmsAccess(keys),
    resourcePolicy: (arn) => keys.store.key(arn.slice(arn.lastIndexOf('/') + 1))?.policy,
    resources: { 'AWS::KMS::Key': keyResource(kernel, keys), 'AWS::KMS::Alias': aliasResource(keys) },
  };
}
