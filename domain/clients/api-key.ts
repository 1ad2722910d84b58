/** The form of the API keys that clients are given: `brk_K3J7M9QA_` and the secret part, 43 characters in base 64 for URLs. */
const SCHEME = 'brk';
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 40 bits name a key for people; the 256 of its secret part nobody guesses. */
const PREFIX_LENGTH = 8;

/** Bytes of randomness that a key takes. */
export const API_KEY_PREFIX_BYTES = PREFIX_LENGTH;

export interface NewApiKey {
  /** Given to the client once, kept nowhere. */
  readonly secret: string;
  /** What support may read and the client may say aloud. */
  readonly prefix: string;
}

/**
 * @param prefixBytes at least 8 random bytes
 * @param secretText 256 random bits in base64url
 */
export function makeApiKey(prefixBytes: Uint8Array, secretText: string): NewApiKey {
  const name = Array.from(prefixBytes.subarray(0, PREFIX_LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length));
  const prefix = `${SCHEME}_${name.join('')}`;
  return { prefix, secret: `${prefix}_${secretText}` };
}

/** A client's keys at once: one in use, one to change to, and some for programs of its own. */
export const MAX_LIVE_API_KEYS = 5;

/** After a rotation the key before works on for this long, so that the client changes over without a failure. */
export const ROTATION_GRACE_MS = 86_400_000;

export interface KeyLife {
  readonly revokedAt?: string;
  /** The last instant of a key that another has replaced. */
  readonly validUntilMs?: number;
}

export function isLive({ revokedAt, validUntilMs }: KeyLife, nowMs: number): boolean {
  return revokedAt === undefined && (validUntilMs === undefined || nowMs < validUntilMs);
}
