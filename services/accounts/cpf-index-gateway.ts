import type { KMS } from '@aws-sdk/client-kms';
import type { CpfIndex } from './personal-data.ts';

/** @param keyId of a KMS key for HMAC-SHA-256 */
export function createCpfIndex(kms: Pick<KMS, 'generateMac'>, keyId: string): CpfIndex {
  return {
    async of(cpf) {
      const { Mac } = await kms.generateMac({ KeyId: keyId, Message: Buffer.from(cpf), MacAlgorithm: 'HMAC_SHA_256' });
      if (!Mac) throw new Error('KMS answered without a code');
      return Buffer.from(Mac).toString('base64url');
    },
  };
}
