import type { RetentionMode } from '../buckets/bucket-store.ts';
import type { Checksum } from './checksum.ts';

/** One version of an object, or a delete marker, without its body. */
export interface StoredObject {
  /** Order of creation. */
  readonly id: number;
  readonly key: string;
  /** `null` where the bucket's versioning was not enabled. */
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly deleteMarker: boolean;
  readonly modifiedAtMs: number;
  readonly sizeBytes: number;
  /** With its quotes. */
  readonly etag: string;
  readonly storageClass: string;
  readonly attributes: ObjectAttributes;
}

export interface ObjectAttributes {
  /** `ContentType`, `CacheControl`, …: what is answered as it was given. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** Undefined when it lies as it is. */
  readonly encryption?: ObjectEncryption;
  readonly retention?: { readonly mode: RetentionMode; readonly untilMs: number };
}

/** SSE-KMS: which data key encrypted it, and under which of that key's nonces. */
export interface ObjectEncryption {
  readonly keyArn: string;
  readonly bucketKey: boolean;
  readonly dataKeyId: number;
  readonly nonce: number;
}

/** The version id of an object put while versioning was not enabled. */
export const NULL_VERSION = 'null';

/** HTTP dates have whole seconds, and so do conditions on them. */
export function modifiedSeconds(object: StoredObject): number {
  return Math.floor(object.modifiedAtMs / 1000);
}
