import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { NONCE_BYTES, open, seal } from '../../kernel/sealed-bytes.ts';

/** Of a key, of a data key and of the root key. */
export const KEY_BYTES = 32;

/**
 * Keys and nonces. The machine's own randomness, not the kernel's: whoever knows a seed would know every key, and a seed that
 * comes twice would repeat nonces.
 */
export function secretBytes(count: number): Uint8Array {
  return randomBytes(count);
}

/**
 * The key that wraps all others, in a file beside the stack's state that only its owner reads: the state alone opens nothing. This
 * stands for the hardware module of AWS; without a path (a stack in memory) it lives as long as the process.
 */
export function rootKey(path: string | undefined): Uint8Array {
  if (path === undefined) return secretBytes(KEY_BYTES);
  if (!existsSync(path)) writeFileSync(path, secretBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  const key = readFileSync(path);
  if (key.byteLength !== KEY_BYTES) throw new Error(`${path} is not a root key of ${KEY_BYTES} bytes`);
  return key;
}

/** A key's material as the store keeps it: nonce, then ciphertext, bound to the key it belongs to. */
export function wrap(root: Uint8Array, keyId: string, material: Uint8Array): Uint8Array {
  const nonce = secretBytes(NONCE_BYTES);
  return Buffer.concat([nonce, seal(root, nonce, material, Buffer.from(keyId))]);
}

export function unwrap(root: Uint8Array, keyId: string, wrapped: Uint8Array): Uint8Array {
  const material = open(root, wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES), Buffer.from(keyId));
  if (!material) throw new Error(`the root key does not open KMS key ${keyId}: it is not the one of this state`);
  return material;
}
