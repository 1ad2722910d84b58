import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Principal } from '../../kernel/principal.ts';
import { NONCE_BYTES, open, seal } from '../../kernel/sealed-bytes.ts';

/** A value as the store keeps it: under a data key of its own, which KMS wrapped. */
export interface SealedValue {
  readonly dataKey: string;
  readonly sealed: Uint8Array;
}

/** A data key encrypts one value, so that its one nonce never comes twice. */
const ONLY_NONCE = new Uint8Array(NONCE_BYTES);

/**
 * Envelope encryption of secret values. KMS is asked in the name of whoever asks Secrets Manager, with the context that AWS gives.
 * Source: Secrets Manager user guide, "Secret encryption and decryption".
 */
export class SecretCipher {
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  seal(arn: string, versionId: string, keyId: string | null, plaintext: Uint8Array, principal: Principal): SealedValue {
    const EncryptionContext = contextOf(arn, versionId);
    const input = { KeyId: keyId ?? 'alias/aws/secretsmanager', KeySpec: 'AES_256', EncryptionContext };
    const { Plaintext, CiphertextBlob } = this.#kms('GenerateDataKey', input, principal);
    const context = Buffer.from(JSON.stringify(EncryptionContext));
    return { dataKey: CiphertextBlob, sealed: seal(Buffer.from(Plaintext, 'base64'), ONLY_NONCE, plaintext, context) };
  }

  open(arn: string, versionId: string, { dataKey, sealed }: SealedValue, principal: Principal): Buffer {
    const EncryptionContext = contextOf(arn, versionId);
    const { Plaintext } = this.#kms('Decrypt', { CiphertextBlob: dataKey, EncryptionContext }, principal);
    const context = Buffer.from(JSON.stringify(EncryptionContext));
    const value = open(Buffer.from(Plaintext, 'base64'), ONLY_NONCE, sealed, context);
    if (!value) throw new Error(`the value of ${arn} is not what was stored`);
    return value;
  }

  #kms(operation: 'GenerateDataKey' | 'Decrypt', input: object, principal: Principal): KmsAnswer {
    try {
      return this.#kernel.call('kms', operation, input, principal, 'secretsmanager') as KmsAnswer;
    } catch (cause) {
      if (!(cause instanceof AwsError)) throw cause;
      throw Object.assign(refusalOf(operation, cause), { cause });
    }
  }
}

interface KmsAnswer {
  readonly Plaintext: string;
  readonly CiphertextBlob: string;
}

/** Source: Secrets Manager API reference, GetSecretValue and PutSecretValue, "Errors". */
function refusalOf(operation: string, { code, message }: AwsError): AwsError {
  if (code === 'AccessDeniedException') return new AwsError(code, `Access to KMS is not allowed: ${message}`);
  return new AwsError(operation === 'Decrypt' ? 'DecryptionFailure' : 'EncryptionFailure', message);
}

function contextOf(SecretARN: string, SecretVersionId: string) {
  return { SecretARN, SecretVersionId };
}
