import type { Operation } from '../../kernel/service.ts';
import { decrypted, encrypted, keyIdOf } from './ciphertext.ts';
import { KEY_BYTES, secretBytes } from './key-material.ts';
import type { Keys } from './keys.ts';
import { incorrectKey, invalid, invalidCiphertext } from './kms-error.ts';
import { refuseOthers, requestBlob, requestContext } from './request-blob.ts';

/** Source: KMS API reference, Encrypt. */
const MAX_PLAINTEXT_BYTES = 4_096;
/** Source: KMS API reference, Decrypt. */
const MAX_CIPHERTEXT_BYTES = 6_144;
const ALGORITHM = 'SYMMETRIC_DEFAULT';

interface Input {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
  readonly EncryptionAlgorithm?: string;
}

export function encrypt(keys: Keys): Operation {
  return (input: Input) => {
    refuseOthers('Encrypt', input, ['KeyId', 'Plaintext', 'EncryptionContext', 'EncryptionAlgorithm']);
    checkAlgorithm(input);
    const plaintext = requestBlob('plaintext', input.Plaintext, MAX_PLAINTEXT_BYTES);
    const context = requestContext(input.EncryptionContext);
    const key = keys.usable(input.KeyId, 'ENCRYPT_DECRYPT', 'Encrypt');
    const blob = encrypted(keys, key, plaintext, context);
    return { CiphertextBlob: blob.toString('base64'), KeyId: keys.arnOf(key), EncryptionAlgorithm: ALGORITHM };
  };
}

export function decrypt(keys: Keys): Operation {
  return (input: Input) => {
    refuseOthers('Decrypt', input, ['KeyId', 'CiphertextBlob', 'EncryptionContext', 'EncryptionAlgorithm']);
    checkAlgorithm(input);
    const blob = requestBlob('ciphertextBlob', input.CiphertextBlob, MAX_CIPHERTEXT_BYTES);
    const keyId = keyIdOf(blob);
    if (!keys.store.key(keyId)) throw invalidCiphertext();
    if (input.KeyId !== undefined && keys.find(input.KeyId).keyId !== keyId) throw incorrectKey();
    const key = keys.usable(keyId, 'ENCRYPT_DECRYPT', 'Decrypt');
    const plaintext = decrypted(keys, key, blob, requestContext(input.EncryptionContext));
    return { Plaintext: plaintext.toString('base64'), KeyId: keys.arnOf(key), EncryptionAlgorithm: ALGORITHM };
  };
}

/** A key for its caller's own use, in clear and encrypted. */
export function generateDataKey(keys: Keys): Operation {
  return (input: Input & { readonly KeySpec?: string; readonly NumberOfBytes?: number }) => {
    refuseOthers('GenerateDataKey', input, ['KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext']);
    const dataKey = secretBytes(dataKeyBytes(input));
    const context = requestContext(input.EncryptionContext);
    const key = keys.usable(input.KeyId, 'ENCRYPT_DECRYPT', 'GenerateDataKey');
    return {
      Plaintext: Buffer.from(dataKey).toString('base64'),
      CiphertextBlob: encrypted(keys, key, dataKey, context).toString('base64'),
      KeyId: keys.arnOf(key),
    };
  };
}

/** Source: KMS API reference, GenerateDataKey: from 1 to 1,024 bytes, or by the name of an algorithm. */
function dataKeyBytes({ KeySpec, NumberOfBytes }: { KeySpec?: string; NumberOfBytes?: number }): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw invalid('Please specify either number of bytes or key spec.');
  }
  if (KeySpec === 'AES_256') return KEY_BYTES;
  if (KeySpec === 'AES_128') return KEY_BYTES / 2;
  if (Number.isInteger(NumberOfBytes) && Number(NumberOfBytes) >= 1 && Number(NumberOfBytes) <= 1_024) {
    return Number(NumberOfBytes);
  }
  throw invalid('NumberOfBytes must be from 1 to 1024, KeySpec AES_256 or AES_128');
}

function checkAlgorithm({ EncryptionAlgorithm = ALGORITHM }: Input): void {
  if (EncryptionAlgorithm !== ALGORITHM)
    throw invalid(`Algorithm ${EncryptionAlgorithm} and key spec are incompatible.`);
}
