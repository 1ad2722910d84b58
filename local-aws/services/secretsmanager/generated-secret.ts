import { notSupported } from '../../kernel/aws-error.ts';
import type { Random } from '../../kernel/random.ts';
import { invalidParameter } from './secrets.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const NUMBERS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const MAX_LENGTH = 4_096;
const DEFAULT_LENGTH = 32;

/** Makes the value of `GenerateSecretString`. Source: aws-properties-secretsmanager-secret-generatesecretstring.html. */
export function generateSecret(recipe: Readonly<Record<string, unknown>>, random: Random): string {
  const { SecretStringTemplate, GenerateStringKey, ...password } = recipe;
  if ((SecretStringTemplate === undefined) !== (GenerateStringKey === undefined)) {
    throw invalidParameter('GenerateStringKey and SecretStringTemplate go together.');
  }
  const generated = generatePassword(password, random);
  if (SecretStringTemplate === undefined) return generated;
  return JSON.stringify({ ...parseTemplate(String(SecretStringTemplate)), [String(GenerateStringKey)]: generated });
}

function generatePassword(recipe: Readonly<Record<string, unknown>>, random: Random): string {
  const {
    PasswordLength = DEFAULT_LENGTH,
    ExcludeCharacters = '',
    ExcludeLowercase = false,
    ExcludeUppercase = false,
    ExcludeNumbers = false,
    ExcludePunctuation = false,
    IncludeSpace = false,
    RequireEachIncludedType = true,
    ...unknown
  } = recipe;
  const [other] = Object.keys(unknown);
  if (other) throw notSupported(`GenerateSecretString.${other}`);
  const excluded = new Set(String(ExcludeCharacters));
  const kinds = [
    ExcludeLowercase ? '' : LOWER,
    ExcludeUppercase ? '' : UPPER,
    ExcludeNumbers ? '' : NUMBERS,
    ExcludePunctuation ? '' : PUNCTUATION,
    IncludeSpace ? ' ' : '',
  ].map((kind) => [...kind].filter((character) => !excluded.has(character)));
  const included = kinds.filter((kind) => kind.length > 0);
  const required = RequireEachIncludedType ? included : [];
  const length = Number(PasswordLength);
  if (
    !Number.isInteger(length) ||
    length < Math.max(1, required.length) ||
    length > MAX_LENGTH ||
    included.length === 0
  ) {
    throw invalidParameter('The password cannot be generated with this length and these exclusions.');
  }
  const characters = required.map((kind) => pick(kind, random));
  const any = included.flat();
  while (characters.length < length) characters.push(pick(any, random));
  return shuffled(characters, random).join('');
}

function pick(characters: readonly string[], random: Random): string {
  return characters[Math.floor(random.next() * characters.length)] as string;
}

function shuffled(characters: readonly string[], random: Random): string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random.next() * (last + 1));
    [result[last], result[other]] = [result[other] as string, result[last] as string];
  }
  return result;
}

function parseTemplate(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidParameter('SecretStringTemplate must be a JSON object.');
}
