import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getLocalCryptographicMaterialsCache,
  KmsKeyringNode,
  NodeCachingMaterialsManager,
} from '@aws-crypto/client-node';
import type { KMS } from '@aws-sdk/client-kms';
import { KycData } from '@brokerage/contracts/rest/clients';
import * as z from 'zod';
import type { PersonalData, PersonalDataVault } from './personal-data.ts';

const Personal = z.object({
  name: z.string(),
  cpf: z.string().nullable(),
  registration: z.object({ email: z.string(), phone: z.string(), birthDate: z.string(), kyc: KycData }).optional(),
}) satisfies z.ZodType<PersonalData>;

/** Whoever writes is one of ours, so that nothing is signed; the data key is bound to its ciphertext. */
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

/** Data keys that an environment keeps, each of one client, and for how long: a right that was taken away is gone by then. */
const MAX_DATA_KEYS = 1_000;
const DATA_KEY_AGE_MS = 300_000;

/**
 * Envelope encryption: the account is the encryption context, so that a ciphertext moved to another client's item does not open.
 *
 * @param keyArn the KMS key that wraps the data keys
 */
export function createPersonalDataVault(kms: KMS, keyArn: string): PersonalDataVault {
  const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  const materials = new NodeCachingMaterialsManager({
    backingMaterials: new KmsKeyringNode({ generatorKeyId: keyArn, clientProvider: () => kms }),
    cache: getLocalCryptographicMaterialsCache(MAX_DATA_KEYS),
    maxAge: DATA_KEY_AGE_MS,
  });
  return {
    async seal(accountId, data) {
      const plaintext = Buffer.from(JSON.stringify(data));
      const { result } = await encrypt(materials, plaintext, { encryptionContext: { client: accountId }, suiteId });
      return result.toString('base64');
    },
    async open({ accountId, personalData }) {
      const { plaintext, messageHeader } = await decrypt(materials, Buffer.from(personalData, 'base64'));
      // KMS holds the message to the context that it names; that it names this client is ours to check.
      if (messageHeader.encryptionContext.client !== accountId) {
        throw new Error(`the personal data of ${accountId} is another client's`);
      }
      return Personal.parse(JSON.parse(plaintext.toString()));
    },
  };
}
