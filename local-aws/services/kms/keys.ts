import type { Kernel } from '../../kernel/kernel.ts';
import { KEY_BYTES, secretBytes, unwrap, wrap } from './key-material.ts';
import { type Key, KeyStore } from './key-store.ts';
import { disabled, invalid, notFound, wrongUsage } from './kms-error.ts';

const DAY_MS = 86_400_000;

/** Source: KMS developer guide, "AWS managed keys": rotated every year. */
const MANAGED_ROTATION_DAYS = 365;

interface OpenMaterial {
  readonly generation: number;
  readonly bytes: Uint8Array;
  readonly createdAtMs: number;
}

/** The account's keys: which is meant, whether it may be used, and its material. */
export class Keys {
  readonly store: KeyStore;
  readonly #kernel: Kernel;
  readonly #root: Uint8Array;
  /** Unwrapped, by key; the newest last. */
  readonly #open = new Map<string, OpenMaterial[]>();

  constructor(kernel: Kernel, root: Uint8Array) {
    this.#kernel = kernel;
    this.#root = root;
    this.store = new KeyStore(kernel.store);
  }

  arnOf({ keyId }: Key): string {
    return this.#kernel.arn('kms', `key/${keyId}`);
  }

  /** By id, by ARN, by alias, by alias ARN. */
  find(given: unknown): Key {
    if (typeof given !== 'string' || given === '') throw invalid('KeyId must not be null');
    const prefix = this.#kernel.arn('kms', '');
    const name = given.startsWith(prefix) ? given.slice(prefix.length) : given;
    if (name.startsWith('alias/')) {
      const key = this.store.byAlias(name) ?? this.#managedKey(name);
      if (key) return key;
      throw notFound(`Alias ${prefix}${name} is not found.`);
    }
    const keyId = name.startsWith('key/') ? name.slice('key/'.length) : name;
    const key = this.store.key(keyId);
    if (!key) throw notFound(`Key '${prefix}key/${keyId}' does not exist`);
    return key;
  }

  /** The key, if it is enabled and for this use. */
  usable(given: unknown, usage: KeyUsage, operation: string): Key {
    const key = this.find(given);
    if (!key.enabled) throw disabled(this.arnOf(key));
    if (usageOf(key) !== usage) throw wrongUsage(this.arnOf(key), usageOf(key), operation);
    return key;
  }

  /** Makes the key, its first material with it. */
  create(key: Omit<Key, 'keyId' | 'createdAtMs'>): Key {
    const created: Key = { ...key, keyId: this.#kernel.random.uuid(), createdAtMs: this.#kernel.clock.nowMs() };
    this.store.putKey(created);
    this.#renew(created, []);
    return created;
  }

  /**
   * What the key encrypts with now. Differs from AWS: material that is due is renewed when the key is next used, not by a
   * background task; the difference cannot be seen from outside.
   */
  currentMaterial(key: Key): OpenMaterial {
    const materials = this.#materials(key);
    const newest = materials.at(-1);
    if (!newest) throw new Error(`KMS key ${key.keyId} has no material`);
    const dueAtMs = key.rotationDays === undefined ? Infinity : newest.createdAtMs + key.rotationDays * DAY_MS;
    return this.#kernel.clock.nowMs() < dueAtMs ? newest : this.#renew(key, materials);
  }

  material(key: Key, generation: number): OpenMaterial | undefined {
    return this.#materials(key).find((material) => material.generation === generation);
  }

  #materials(key: Key): OpenMaterial[] {
    let materials = this.#open.get(key.keyId);
    if (!materials) {
      materials = this.store.materials(key.keyId).map(({ generation, wrapped, createdAtMs }) => ({
        generation,
        bytes: unwrap(this.#root, key.keyId, wrapped),
        createdAtMs,
      }));
      this.#open.set(key.keyId, materials);
    }
    return materials;
  }

  #renew(key: Key, older: readonly OpenMaterial[]): OpenMaterial {
    const material: OpenMaterial = {
      generation: older.length,
      bytes: secretBytes(KEY_BYTES),
      createdAtMs: this.#kernel.clock.nowMs(),
    };
    const wrapped = wrap(this.#root, key.keyId, material.bytes);
    this.store.putMaterial(key.keyId, { ...material, wrapped });
    this.#open.set(key.keyId, [...older, material]);
    return material;
  }

  /** The key that an AWS service uses where none is named comes to be when it is first asked for. */
  #managedKey(alias: string): Key | undefined {
    const [, service] = /^alias\/aws\/([a-z0-9]+)$/.exec(alias) ?? [];
    if (!service) return undefined;
    const key = this.create({
      origin: alias,
      spec: 'SYMMETRIC_DEFAULT',
      description: `Default key that protects what ${service} keeps when no other key is defined`,
      enabled: true,
      policy: JSON.stringify(this.#managedPolicy(service)),
      rotationDays: MANAGED_ROTATION_DAYS,
    });
    this.store.putAlias(alias, key.keyId);
    return key;
  }

  /** Everyone of the account, by way of that service alone. Source: KMS developer guide, "AWS managed keys". */
  #managedPolicy(service: string): object {
    const { accountId, region } = this.#kernel;
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': accountId, 'kms:ViaService': `${service}.${region}.amazonaws.com` },
      },
    };
    return { Version: '2012-10-17', Statement: [statement] };
  }
}

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC';

export function usageOf({ spec }: Pick<Key, 'spec'>): KeyUsage {
  return spec === 'HMAC_256' ? 'GENERATE_VERIFY_MAC' : 'ENCRYPT_DECRYPT';
}
