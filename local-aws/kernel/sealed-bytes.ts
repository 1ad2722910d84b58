import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

/** AES-256-GCM: NIST SP 800-38D's recommended nonce, and the full tag. */
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/**
 * Encrypts and authenticates. A nonce must never come twice under one key.
 *
 * @param key for many seals a KeyObject: whether bytes are one, Node finds out by two exceptions each time
 * @param context what must be given again to open it (the additional authenticated data)
 * @returns ciphertext and tag
 */
export function seal(
  key: Uint8Array | KeyObject,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  context: Uint8Array,
): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(context);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** What `seal` made, or undefined when key, nonce or context is another or a bit has changed. */
export function open(
  key: Uint8Array | KeyObject,
  nonce: Uint8Array,
  sealed: Uint8Array,
  context: Uint8Array,
): Buffer | undefined {
  const end = sealed.byteLength - TAG_BYTES;
  if (end < 0) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(end));
  const plaintext = decipher.update(sealed.subarray(0, end));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    // The one thing that `final` refuses is a tag that does not fit.
    return undefined;
  }
}
