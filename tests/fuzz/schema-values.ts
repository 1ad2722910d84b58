import fc from 'fast-check';
import type { JsonSchema } from './openapi-document.ts';

const LONGEST_TEXT = 64;

/** A generator costs far more to make, where it has the letters of every script, than to ask. */
const made = new WeakMap<JsonSchema, fc.Arbitrary<unknown>>();

/** Values that a JSON schema lets pass, or nearly: what a mutation then spoils. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const known = made.get(schema) ?? generatorOf(schema);
  made.set(schema, known);
  return known;
}

function generatorOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(valuesOf));
  switch (schema.type) {
    case 'object':
      return objectsOf(schema);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: 3 });
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, 0), max: Math.min(schema.maximum ?? 1_000, 1_000_000) });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textsOf(schema);
  }
}

function objectsOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valuesOf(field)]));
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
}

function textsOf({ pattern, maxLength = LONGEST_TEXT }: JsonSchema): fc.Arbitrary<string> {
  if (pattern === undefined) return fc.string({ maxLength: Math.min(maxLength, LONGEST_TEXT) });
  // The generator has no look-around; such a text is then only nearly right.
  if (/\(\?[=!<]/.test(pattern)) return fc.string({ maxLength: 12 });
  return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: Math.min(maxLength, LONGEST_TEXT) });
}
