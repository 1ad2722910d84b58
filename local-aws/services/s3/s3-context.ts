import type { Kernel } from '../../kernel/kernel.ts';
import type { BucketStore } from './buckets/bucket-store.ts';
import type { ObjectCipher } from './encryption/object-cipher.ts';
import type { ObjectStore } from './objects/object-store.ts';

/** What the operations of S3 work on. */
export interface S3Context {
  readonly kernel: Kernel;
  readonly buckets: BucketStore;
  readonly objects: ObjectStore;
  readonly cipher: ObjectCipher;
}
