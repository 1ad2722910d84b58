import { NONCE_BYTES, open, seal } from '../../kernel/sealed-bytes.ts';
import { secretBytes } from './key-material.ts';
import type { Key } from './key-store.ts';
import type { Keys } from './keys.ts';
import { invalidCiphertext } from './kms-error.ts';

/**
 * A ciphertext blob names its key, so that Decrypt needs none: format (1 byte), key id (16), generation of its material (4), nonce (12),
 * then AES-256-GCM over the plaintext. Everything before the nonce is authenticated with the encryption context.
 */
const FORMAT = 1;
const KEY_ID_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + 4;

export type EncryptionContext = Readonly<Record<string, string>>;

export function encrypted(keys: Keys, key: Key, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const { generation, bytes } = keys.currentMaterial(key);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT);
  header.write(key.keyId.replaceAll('-', ''), 1, 'hex');
  header.writeUInt32BE(generation, 1 + KEY_ID_BYTES);
  const nonce = secretBytes(NONCE_BYTES);
  return Buffer.concat([header, nonce, seal(bytes, nonce, plaintext, authenticated(header, context))]);
}

/** @throws AwsError InvalidCiphertextException, for another context too */
export function keyIdOf(blob: Buffer): string {
  if (blob.byteLength < HEADER_BYTES || blob.readUInt8() !== FORMAT) throw invalidCiphertext();
  const hex = blob.toString('hex', 1, 1 + KEY_ID_BYTES);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** @throws AwsError InvalidCiphertextException when a bit or the context is another */
export function decrypted(keys: Keys, key: Key, blob: Buffer, context: EncryptionContext): Buffer {
  const material = keys.material(key, blob.readUInt32BE(1 + KEY_ID_BYTES));
  const header = blob.subarray(0, HEADER_BYTES);
  const nonce = blob.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  if (!material || nonce.byteLength < NONCE_BYTES) throw invalidCiphertext();
  const sealed = blob.subarray(HEADER_BYTES + NONCE_BYTES);
  const plaintext = open(material.bytes, nonce, sealed, authenticated(header, context));
  if (!plaintext) throw invalidCiphertext();
  return plaintext;
}

/** The order of a context's pairs does not matter. */
function authenticated(header: Uint8Array, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
