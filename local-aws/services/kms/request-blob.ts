import { notSupported } from '../../kernel/aws-error.ts';
import type { EncryptionContext } from './ciphertext.ts';
import { invalid } from './kms-error.ts';

/** A member of base64, from 1 to `maxBytes`. */
export function requestBlob(name: string, value: unknown, maxBytes: number): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (bytes.byteLength >= 1 && bytes.byteLength <= maxBytes) return bytes;
  throw invalid(
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length from 1 to ${maxBytes}`,
  );
}

export function requestContext(value: unknown): EncryptionContext {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && Object.values(value).every((part) => typeof part === 'string')) {
    return value as EncryptionContext;
  }
  throw invalid('EncryptionContext must be a map of strings');
}

/** Members that would change what an operation does, and are not had here. */
export function refuseOthers(operation: string, input: object, known: readonly string[]): void {
  const other = Object.entries(input).find(([name, value]) => value !== undefined && !known.includes(name));
  if (other) throw notSupported(`${other[0]} of KMS ${operation}`);
}
