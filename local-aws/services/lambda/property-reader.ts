import { AwsError } from '../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceDefinition } from '../../kernel/service.ts';

/** Reads a resource's properties; one that is not in `known` is refused at once, so that none is ever ignored. */
export class PropertyReader {
  readonly #resource: ResourceDefinition;

  constructor(resource: ResourceDefinition, known: readonly string[]) {
    this.#resource = resource;
    refuseUnknownProperties(`${resource.type} ${resource.logicalId}`, resource.properties, known);
  }

  string(name: string): string {
    return this.optionalString(name) ?? this.#missing(name);
  }

  optionalString(name: string): string | undefined {
    const value = this.#resource.properties[name];
    return value === undefined ? undefined : String(value);
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#resource.properties[name];
    return value === undefined ? undefined : Number(value);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#resource.properties[name];
    return value === undefined ? undefined : value === true || value === 'true';
  }

  object(name: string): Record<string, unknown> {
    return this.optionalObject(name) ?? this.#missing(name);
  }

  optionalObject(name: string): Record<string, unknown> | undefined {
    return this.#resource.properties[name] as Record<string, unknown> | undefined;
  }

  optionalList(name: string): readonly unknown[] | undefined {
    return this.#resource.properties[name] as readonly unknown[] | undefined;
  }

  #missing(name: string): never {
    throw new AwsError('ValidationError', `${this.#resource.type} ${this.#resource.logicalId} needs ${name}`);
  }
}
