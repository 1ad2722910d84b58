import { integerBetween, type Random } from '../outside/random.ts';

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 6;
const SEQUENCE_CHARACTERS = 5;

/**
 * An end-to-end id (`E`) or the id of a return (`D`): kind, ISPB of the sending bank, UTC minute, 11 characters. The last five count,
 * so that a restart with the same seed gives none twice.
 */
export function pixId(kind: 'E' | 'D', ispb: string, atMs: number, sequence: number, random: Random): string {
  const minute = new Date(atMs).toISOString().replace(/\D/g, '').slice(0, 12);
  let suffix = '';
  for (let count = 0; count < RANDOM_CHARACTERS; count += 1) {
    suffix += ALPHANUMERIC[integerBetween(random, 0, ALPHANUMERIC.length - 1)];
  }
  return (
    kind + ispb + minute + suffix + sequence.toString(36).padStart(SEQUENCE_CHARACTERS, '0').slice(-SEQUENCE_CHARACTERS)
  );
}
