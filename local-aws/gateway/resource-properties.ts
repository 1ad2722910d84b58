import { AwsError, notSupported } from '../kernel/aws-error.ts';
import type { ResourceDefinition } from '../kernel/service.ts';

/**
 * Reads the properties of one CloudFormation resource, intrinsics resolved, and refuses at `end()` whatever nobody read:
 * a property without behaviour here must not look as if it had one.
 */
export class ResourceProperties {
  readonly #path: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();
  readonly #nested: ResourceProperties[] = [];

  constructor(path: string, values: Readonly<Record<string, unknown>>) {
    this.#path = path;
    this.#values = values;
  }

  static of(resource: ResourceDefinition): ResourceProperties {
    return new ResourceProperties(`${resource.type} (${resource.logicalId})`, resource.properties);
  }

  raw(name: string): unknown {
    this.#read.add(name);
    return this.#values[name];
  }

  string(name: string): string {
    return this.optionalString(name) ?? this.#fail(name, 'is required');
  }

  optionalString(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    return this.#fail(name, 'must be a string');
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.optionalString(name) ?? fallback;
    const known = allowed.find((one) => one === value);
    if (known === undefined) throw notSupported(`${name} ${value} of ${this.#path}`);
    return known;
  }

  /** CloudFormation writes booleans as such or as the words; a missing one is false. */
  flag(name: string): boolean {
    const value = this.raw(name);
    if (value === undefined || value === false || value === 'false') return false;
    if (value === true || value === 'true') return true;
    return this.#fail(name, 'must be a boolean');
  }

  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    return this.#fail(name, 'must be a number');
  }

  strings(name: string): readonly string[] {
    const value = this.raw(name) ?? [];
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
    return this.#fail(name, 'must be a list of strings');
  }

  stringMap(name: string): Readonly<Record<string, string>> {
    const value = this.#record(name);
    for (const key of Object.keys(value)) if (typeof value[key] !== 'string') this.#fail(name, 'must map to strings');
    return value as Record<string, string>;
  }

  flagMap(name: string): ReadonlyMap<string, boolean> {
    const entries = new ResourceProperties(`${this.#path}.${name}`, this.#record(name));
    return new Map(Object.keys(this.#record(name)).map((key) => [key, entries.flag(key)]));
  }

  object(name: string): ResourceProperties | undefined {
    return this.raw(name) === undefined ? undefined : this.#nest(name, this.#record(name));
  }

  objects(name: string): readonly ResourceProperties[] {
    const value = this.raw(name) ?? [];
    if (!Array.isArray(value)) return this.#fail(name, 'must be a list');
    return value.map((one, index) => this.#nest(`${name}[${index}]`, one as Record<string, unknown>));
  }

  objectMap(name: string): ReadonlyMap<string, ResourceProperties> {
    const value = this.#record(name);
    return new Map(
      Object.entries(value).map(([key, one]) => [key, this.#nest(`${name}.${key}`, one as Record<string, unknown>)]),
    );
  }

  /** Properties that are taken as they are because nothing a caller can observe here depends on them. */
  accept(...names: readonly string[]): void {
    for (const name of names) this.#read.add(name);
  }

  end(): void {
    const unknown = Object.keys(this.#values).find((name) => !this.#read.has(name));
    if (unknown !== undefined) throw notSupported(`property ${unknown} of ${this.#path}`);
    for (const nested of this.#nested) nested.end();
  }

  #nest(name: string, values: Record<string, unknown>): ResourceProperties {
    const nested = new ResourceProperties(`${this.#path}.${name}`, values);
    this.#nested.push(nested);
    return nested;
  }

  #record(name: string): Record<string, unknown> {
    const value = this.raw(name) ?? {};
    if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
    return this.#fail(name, 'must be an object');
  }

  #fail(name: string, what: string): never {
    throw new AwsError('ValidationError', `property ${name} of ${this.#path} ${what}`);
  }
}
