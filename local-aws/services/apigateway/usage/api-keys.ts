import { randomId, randomKeyValue } from '../../../gateway/identifiers.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { type ApiKey, type ApiKeysStore, openApiKeysStore } from './api-keys-store.ts';

/** API reference, CreateApiKey: a value has 20 to 128 characters. */
const MIN_VALUE_LENGTH = 20;
const MAX_VALUE_LENGTH = 128;

interface ApiKeyRequest {
  readonly name: string;
  readonly value: string | undefined;
  readonly description: string | undefined;
  readonly customerId: string | undefined;
  readonly enabled: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The account's API keys: durable, and indexed in memory by value, since every request looks its key up. */
export class ApiKeys {
  readonly #kernel: Kernel;
  readonly #store: ApiKeysStore;
  readonly #byId = new Map<string, ApiKey>();
  readonly #byValue = new Map<string, ApiKey>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = openApiKeysStore(kernel.store);
    for (const key of this.#store.all()) this.#index(key);
  }

  /** Throws `NotFoundException`. */
  get(id: string): ApiKey {
    const key = this.#byId.get(id);
    if (!key) throw new AwsError('NotFoundException', 'Invalid API Key identifier specified', { status: 404 });
    return key;
  }

  byValue(value: string): ApiKey | undefined {
    return this.#byValue.get(value);
  }

  /** In order of identifier. */
  list(): readonly ApiKey[] {
    return [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  create(request: ApiKeyRequest): ApiKey {
    return this.#put(randomId(this.#kernel.random), request, undefined);
  }

  /** Creates or updates a template's key; a generated value stays what it was. */
  declare(request: ApiKeyRequest & { readonly id: string }): ApiKey {
    return this.#put(request.id, request, this.#byId.get(request.id));
  }

  remove(id: string): void {
    const key = this.get(id);
    this.#byId.delete(id);
    this.#byValue.delete(key.value);
    this.#store.remove(id);
  }

  #put(id: string, request: ApiKeyRequest, existing: ApiKey | undefined): ApiKey {
    const value = request.value ?? existing?.value ?? randomKeyValue(this.#kernel.random);
    checkValue(value);
    const holder = this.#byValue.get(value);
    if (holder && holder.id !== id) throw new AwsError('ConflictException', 'API Key already exists', { status: 409 });
    const { name, description, customerId, enabled, tags = {} } = request;
    const createdMs = existing?.createdMs ?? this.#kernel.clock.nowMs();
    const key: ApiKey = { id, value, name, description, customerId, enabled, createdMs, tags };
    if (existing) this.#byValue.delete(existing.value);
    this.#index(key);
    this.#store.put(key);
    return key;
  }

  #index(key: ApiKey): void {
    this.#byId.set(key.id, key);
    this.#byValue.set(key.value, key);
  }
}

function checkValue(value: string): void {
  if (value.length < MIN_VALUE_LENGTH) {
    throw new AwsError('BadRequestException', `API Key value should be at least ${MIN_VALUE_LENGTH} characters`);
  }
  if (value.length > MAX_VALUE_LENGTH) {
    throw new AwsError('BadRequestException', `API Key value should be at most ${MAX_VALUE_LENGTH} characters`);
  }
}
