import { type AwsError, notSupported } from '../../../kernel/aws-error.ts';
import { invalidDefinition } from '../states-error.ts';

/**
 * One object of a definition, read field by field.
 * Every method throws AwsError InvalidDefinition for a value that AWS would refuse.
 */
export class Fields {
  /** Where in the definition it is, for messages: `state A`. */
  readonly where: string;
  readonly #source: Readonly<Record<string, unknown>>;

  /** @throws AwsError NotSupportedByLocalAws for a field that is not `known`, so that none is ignored */
  constructor(source: unknown, where: string, known: readonly string[]) {
    this.where = where;
    if (typeof source !== 'object' || source === null || Array.isArray(source)) throw this.refuse('is not an object');
    this.#source = source as Record<string, unknown>;
    const unknown = Object.keys(source).find((name) => !known.includes(name));
    if (unknown !== undefined) throw notSupported(`${where}: ${unknown}`);
    if ((this.value('QueryLanguage') ?? 'JSONPath') !== 'JSONPath') throw notSupported(`${where}: JSONata`);
  }

  refuse(reason: string): AwsError {
    return invalidDefinition(`SCHEMA_VALIDATION_FAILED: ${this.where}: ${reason}`);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#source, name);
  }

  /** Undefined when it is not there. */
  value(name: string): unknown {
    return this.has(name) ? this.#source[name] : undefined;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value !== undefined && typeof value !== 'string') throw this.refuse(`${name} is not a string`);
    return value;
  }

  requiredText(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw this.refuse(`${name} is missing`);
    return text;
  }

  number(name: string, least: number): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || value < least) throw this.refuse(`${name} is not a number from ${least}`);
    return value;
  }

  integer(name: string, least: number): number | undefined {
    const value = this.number(name, least);
    if (value !== undefined && !Number.isInteger(value)) throw this.refuse(`${name} is not an integer`);
    return value;
  }

  object(name: string): object {
    const value = this.value(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.refuse(`${name} is not an object`);
    return value;
  }

  /** A list of one or more. */
  list(name: string): readonly unknown[] {
    const value = this.value(name);
    if (!Array.isArray(value) || value.length === 0) throw this.refuse(`${name} is not a list of one or more`);
    return value;
  }

  /** The one of these fields that is there; undefined when none is. */
  oneOf(names: readonly string[]): string | undefined {
    const given = names.filter((name) => this.has(name));
    if (given.length > 1) throw this.refuse(`only one of ${given.join(', ')} may be given`);
    return given[0];
  }
}
