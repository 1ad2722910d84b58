import { createSecretKey, type KeyObject } from 'node:crypto';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Principal } from '../../../kernel/principal.ts';
import { NONCE_BYTES, open, seal } from '../../../kernel/sealed-bytes.ts';
import type { KmsEncryption } from '../buckets/bucket-store.ts';
import type { ObjectEncryption } from '../objects/stored-object.ts';
import { DataKeyStore } from './data-key-store.ts';

/** How long a bucket key serves one requester before KMS is asked again. AWS says only that it is limited in time. */
const BUCKET_KEY_LIFETIME_MS = 300_000;
const MAX_KEPT_KEYS = 1_000;

export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** What lies in the store. */
export interface EncryptedBody {
  readonly bytes: Uint8Array;
  readonly encryption?: ObjectEncryption;
}

interface DataKey {
  readonly id: number;
  readonly keyArn: string;
  readonly key: KeyObject;
  readonly untilMs: number;
  /** Counts up while this process encrypts with it; another process takes another key, so that none comes twice. */
  nextNonce: number;
}

/**
 * SSE-KMS: bodies are encrypted by data keys that KMS gives and unwraps in the name of whoever asks S3, so that KMS's policies hold
 * for them too. With a bucket key KMS is asked once in a while for each requester, else for each object.
 * Source: S3 user guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys".
 */
export class ObjectCipher {
  readonly #kernel: Kernel;
  readonly #store: DataKeyStore;
  readonly #encrypting = new Map<string, DataKey>();
  readonly #decrypting = new Map<string, { readonly key: KeyObject; readonly untilMs: number }>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = new DataKeyStore(kernel.store);
  }

  encrypt(
    at: ObjectAddress,
    body: Uint8Array,
    { keyId = 'alias/aws/s3', bucketKey }: KmsEncryption,
    principal: Principal,
  ): EncryptedBody {
    const dataKey = bucketKey ? this.#bucketKey(at, keyId, principal) : this.#newDataKey(arnOf(at), keyId, principal);
    const nonce = dataKey.nextNonce++;
    const encryption = { keyArn: dataKey.keyArn, bucketKey, dataKeyId: dataKey.id, nonce };
    return { bytes: seal(dataKey.key, nonceBytes(nonce), body, Buffer.from(addressText(at))), encryption };
  }

  decrypt(at: ObjectAddress, stored: Uint8Array, encryption: ObjectEncryption, principal: Principal): Uint8Array {
    const key = this.#unwrapped(encryption, principal);
    const body = open(key, nonceBytes(encryption.nonce), stored, Buffer.from(addressText(at)));
    if (!body) throw new Error(`the bytes of ${addressText(at)} are not those that were stored`);
    return body;
  }

  #bucketKey({ bucket }: ObjectAddress, keyId: string, principal: Principal): DataKey {
    const name = `${bucket} ${keyId} ${requesterOf(principal)}`;
    const kept = this.#encrypting.get(name);
    if (kept && this.#kernel.clock.nowMs() < kept.untilMs) return kept;
    const made = this.#newDataKey(`arn:aws:s3:::${bucket}`, keyId, principal);
    this.#encrypting.set(name, made);
    return made;
  }

  #newDataKey(contextArn: string, KeyId: string, principal: Principal): DataKey {
    const input = { KeyId, KeySpec: 'AES_256', EncryptionContext: { 'aws:s3:arn': contextArn } };
    const answer = this.#kms('GenerateDataKey', input, principal);
    return {
      id: this.#store.put(answer.CiphertextBlob, contextArn),
      keyArn: answer.KeyId,
      key: createSecretKey(answer.Plaintext, 'base64'),
      untilMs: this.#kernel.clock.nowMs() + BUCKET_KEY_LIFETIME_MS,
      nextNonce: 0,
    };
  }

  #unwrapped({ dataKeyId, bucketKey }: ObjectEncryption, principal: Principal): KeyObject {
    const name = `${dataKeyId} ${requesterOf(principal)}`;
    const kept = this.#decrypting.get(name);
    if (kept && this.#kernel.clock.nowMs() < kept.untilMs) return kept.key;
    this.#decrypting.delete(name);
    const { ciphertextBlob: CiphertextBlob, contextArn } = this.#store.get(dataKeyId);
    const input = { CiphertextBlob, EncryptionContext: { 'aws:s3:arn': contextArn } };
    const key = createSecretKey(this.#kms('Decrypt', input, principal).Plaintext, 'base64');
    const untilMs = this.#kernel.clock.nowMs() + BUCKET_KEY_LIFETIME_MS;
    if (this.#decrypting.size >= MAX_KEPT_KEYS) this.#decrypting.clear();
    if (bucketKey) this.#decrypting.set(name, { key, untilMs });
    return key;
  }

  #kms(operation: string, input: object, principal: Principal): KmsAnswer {
    try {
      return this.#kernel.call('kms', operation, input, principal, 's3') as KmsAnswer;
    } catch (cause) {
      if (cause instanceof AwsError) throw Object.assign(refusalOf(cause), { cause });
      throw cause;
    }
  }
}

interface KmsAnswer {
  readonly KeyId: string;
  readonly CiphertextBlob: string;
  readonly Plaintext: string;
}

/** Source: S3 API reference, "Error responses": KMS's own come as `KMS.…`. */
function refusalOf({ code, message }: AwsError): AwsError {
  if (code === 'AccessDeniedException') return new AwsError('AccessDenied', message, { status: 403 });
  return new AwsError(`KMS.${code}`, message);
}

function requesterOf(principal: Principal): string {
  switch (principal.kind) {
    case 'administrator':
      return principal.accessKeyId;
    case 'function':
      return principal.roleArn;
    case 'service':
      return principal.service;
  }
}

function arnOf({ bucket, key }: ObjectAddress): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** What ties a body to its object: moved under another name, it does not open. */
function addressText(at: ObjectAddress): string {
  return `${arnOf(at)} ${at.versionId}`;
}

function nonceBytes(count: number): Uint8Array {
  const bytes = Buffer.alloc(NONCE_BYTES);
  bytes.writeUIntBE(count, NONCE_BYTES - 6, 6);
  return bytes;
}
