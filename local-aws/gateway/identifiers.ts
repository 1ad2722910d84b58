import { createHash } from 'node:crypto';
import type { Random } from '../kernel/random.ts';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** API Gateway's identifiers are ten of `[0-9a-z]`. */
const ID_LENGTH = 10;

/** The identifier of a template's resource: the same after every start, so that ARNs and clients' URLs stay good. */
export function stableId(...seed: readonly string[]): string {
  return encode(createHash('sha256').update(seed.join('/')).digest(), ID_LENGTH);
}

export function randomId(random: Random): string {
  return encode(random.bytes(ID_LENGTH), ID_LENGTH);
}

/** AWS generates values of 40 characters. */
export function randomKeyValue(random: Random): string {
  return encode(random.bytes(40), 40);
}

function encode(bytes: Uint8Array, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += ALPHABET[(bytes[index] ?? 0) % ALPHABET.length];
  return text;
}

/** What API Gateway calls extended request ids, message ids and connections: eleven bytes, as text ending in `=`. */
export function randomToken(random: Random): string {
  return `${Buffer.from(random.bytes(11)).toString('base64url')}=`;
}
