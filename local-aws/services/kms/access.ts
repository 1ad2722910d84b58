import type { AccessRule } from '../../kernel/authorization/access-request.ts';
import { keyIdOf } from './ciphertext.ts';
import type { Keys } from './keys.ts';
import { requestContext } from './request-blob.ts';

const OPERATIONS = ['Encrypt', 'Decrypt', 'GenerateDataKey', 'GenerateMac', 'VerifyMac', 'DescribeKey', 'GetKeyPolicy'];

interface Input {
  readonly KeyId?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: unknown;
}

/** Source: Service Authorization Reference, AWS Key Management Service. */
export function kmsAccess(keys: Keys): Readonly<Record<string, AccessRule>> {
  const rules = OPERATIONS.map((operation): [string, AccessRule] => [
    operation,
    (input: Input) => {
      const key = keys.find(input.KeyId ?? keyIdOf(Buffer.from(input.CiphertextBlob ?? '', 'base64')));
      return [{ action: `kms:${operation}`, resource: keys.arnOf(key), context: () => contextOf(input) }];
    },
  ]);
  return Object.fromEntries(rules);
}

function contextOf({ EncryptionContext }: Input): Record<string, string | readonly string[]> {
  const pairs = Object.entries(requestContext(EncryptionContext));
  if (pairs.length === 0) return {};
  return {
    'kms:EncryptionContextKeys': pairs.map(([name]) => name),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
}
