import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no letters that people confuse. Upper case, so that ids sort as bytes everywhere. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
/** DynamoDB takes at most 36 characters as a ClientRequestToken. */
const REQUEST_TOKEN_LENGTH = 36;

/** A new id that sorts by time, in ULID's form after its prefix: `ORD-01JD…`. */
export function newId(prefix: string, nowMs: number): string {
  return `${prefix}-${timePart(nowMs)}${base32(randomBytes(RANDOM_LENGTH))}`;
}

/** The id that the same parts always give, in the form of a new one, so that a step which runs twice names one thing. */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}-${base32(sha256(parts).subarray(0, TIME_LENGTH + RANDOM_LENGTH))}`;
}

/** ClientRequestToken of a transaction: the same for the same order, step and version. */
export function requestToken(...parts: readonly (string | number)[]): string {
  return sha256(parts.map(String)).toString('hex').slice(0, REQUEST_TOKEN_LENGTH);
}

/** SHA-256 of a text in hex: the hash of the audit chain, of keys and of idempotent inputs. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function timePart(nowMs: number): string {
  let rest = nowMs;
  let text = '';
  for (let index = 0; index < TIME_LENGTH; index += 1) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** Parts are framed as JSON, so that ("a","bc") and ("ab","c") differ. */
function sha256(parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
