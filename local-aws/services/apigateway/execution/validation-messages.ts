import type { ErrorObject } from 'ajv';

/**
 * Words what a schema refused as API Gateway does: its validator is the Java library `json-schema-validator`, whose
 * messages show in `$context.error.validationErrorString`. Errors come from ajv with `allErrors` and `verbose`.
 */
export function validationMessages(errors: readonly ErrorObject[]): string[] {
  const messages = new Map<string, string>();
  for (const group of groupByKeyword(withoutAlternatives(errors))) {
    const first = group[0] as ErrorObject;
    messages.set(`${first.instancePath} ${first.schemaPath}`, messageOf(first, group));
  }
  return [...messages.values()];
}

/** What failed inside `anyOf`, `oneOf` or `not` is not told apart from their own failure. */
function withoutAlternatives(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const alternatives = errors
    .filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
    .map(({ schemaPath }) => `${schemaPath}/`);
  return errors.filter(({ schemaPath }) => !alternatives.some((path) => schemaPath.startsWith(path)));
}

/** ajv reports each missing or unknown property by itself; the Java library reports an object's together. */
function groupByKeyword(errors: readonly ErrorObject[]): ErrorObject[][] {
  const groups = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const name = `${error.instancePath} ${error.schemaPath}`;
    const group = groups.get(name);
    if (group) group.push(error);
    else groups.set(name, [error]);
  }
  return [...groups.values()];
}

function messageOf(error: ErrorObject, group: readonly ErrorObject[]): string {
  const { keyword, params, data } = error;
  const length = lengthOf(data);
  const names = (param: string): string => json(group.map((one) => one.params[param] as string).toSorted());
  switch (keyword) {
    case 'required':
      return `object has missing required properties (${names('missingProperty')})`;
    case 'additionalProperties':
      return `object instance has properties which are not allowed by the schema: ${names('additionalProperty')}`;
    case 'type':
      return `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${json(allowedTypes(params.type))})`;
    case 'enum':
      return `instance value (${json(data)}) not found in enum (possible values: ${json(params.allowedValues)})`;
    case 'pattern':
      return `ECMA 262 regex ${json(params.pattern)} does not match input string ${json(data)}`;
    case 'format':
      return `string ${json(data)} is invalid against requested ${params.format} format`;
    case 'minLength':
      return `string ${json(data)} is too short (length: ${length}, required minimum: ${params.limit})`;
    case 'maxLength':
      return `string ${json(data)} is too long (length: ${length}, maximum allowed: ${params.limit})`;
    case 'minimum':
      return params.comparison === '>'
        ? `numeric instance is not strictly greater than the required minimum ${params.limit}`
        : `numeric instance is lower than the required minimum (minimum: ${params.limit}, found: ${data})`;
    case 'maximum':
      return params.comparison === '<'
        ? `numeric instance is not strictly lower than the required maximum ${params.limit}`
        : `numeric instance is greater than the required maximum (maximum: ${params.limit}, found: ${data})`;
    case 'multipleOf':
      return `remainder of division is not zero (${data} / ${params.multipleOf})`;
    case 'minItems':
      return `array is too short: must have at least ${params.limit} elements but instance has ${length} elements`;
    case 'maxItems':
      return `array is too long: must have at most ${params.limit} elements but instance has ${length} elements`;
    case 'uniqueItems':
      return 'array must not contain duplicate elements';
    case 'anyOf':
      return `instance failed to match at least one required schema among ${(error.schema as unknown[]).length}`;
    case 'oneOf':
      return `instance failed to match exactly one schema (matched ${params.passingSchemas?.length ?? 0} out of ${(error.schema as unknown[]).length})`;
    case 'not':
      return 'instance matched a schema which it should not have';
    default:
      return error.message ?? keyword;
  }
}

/** Of a list, or of a text in code points. Anything else has none, and may hold a `toString` of the sender's. */
function lengthOf(data: unknown): number | undefined {
  if (Array.isArray(data)) return data.length;
  return typeof data === 'string' ? [...data].length : undefined;
}

/** An integer is a number too, and the Java library says so. */
function allowedTypes(type: string | string[]): string[] {
  const types = new Set([type].flat());
  if (types.has('number')) types.add('integer');
  return [...types].toSorted();
}

function typeOf(data: unknown): string {
  if (data === null) return 'null';
  if (Array.isArray(data)) return 'array';
  return typeof data === 'number' && Number.isInteger(data) ? 'integer' : typeof data;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
