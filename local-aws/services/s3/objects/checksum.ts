import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { badDigest, invalidArgument } from '../s3-error.ts';
import { crc32c, crc64Nvme } from './crc.ts';

/** A checksum of an object, as its member in the API (`ChecksumCRC32`, …) and in base64. */
export interface Checksum {
  readonly member: ChecksumMember;
  readonly value: string;
}

const CALCULATORS = {
  ChecksumCRC32: (bytes: Uint8Array) => words(crc32(bytes)),
  ChecksumCRC32C: (bytes: Uint8Array) => words(crc32c(bytes)),
  ChecksumCRC64NVME: (bytes: Uint8Array) => {
    const { high, low } = crc64Nvme(bytes);
    return words(high, low);
  },
  ChecksumSHA1: (bytes: Uint8Array) => hash('sha1', bytes, 'base64'),
  ChecksumSHA256: (bytes: Uint8Array) => hash('sha256', bytes, 'base64'),
};

export type ChecksumMember = keyof typeof CALCULATORS;
const CHECKSUM_MEMBERS = Object.keys(CALCULATORS) as ChecksumMember[];

/**
 * The one checksum that a request carries, verified.
 *
 * Differs from AWS: where a request carries none, AWS adds a CRC-64/NVME of its own; here the object has none.
 * @throws AwsError BadDigest when the body is another, InvalidArgument when there is more than one
 */
export function verifiedChecksum(
  given: Partial<Record<ChecksumMember, string>>,
  body: Uint8Array,
): Checksum | undefined {
  const [member, second] = CHECKSUM_MEMBERS.filter((name) => given[name] !== undefined);
  if (member === undefined) return undefined;
  if (second !== undefined) throw invalidArgument('Expecting a single x-amz-checksum- header');
  const value = CALCULATORS[member](body);
  if (value !== given[member]) throw badDigest(member.slice('Checksum'.length));
  return { member, value };
}

/** Big-endian, in base64. */
function words(...values: number[]): string {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes.toString('base64');
}
