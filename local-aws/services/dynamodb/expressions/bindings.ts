import { type AttributeMap, admitValue } from '../items/attribute-value.ts';
import { validation } from '../validation.ts';
import type { Parsed } from './condition.ts';
import type { Bindings } from './condition-evaluation.ts';
import type { AttributeNames } from './document-path.ts';
import type { ParsedExpressions } from './expression-cache.ts';

export interface PlaceholderSources {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

const NO_NAMES: AttributeNames = {};
const NO_VALUES: AttributeMap = {};
const NAME_PLACEHOLDER = /^#[A-Za-z0-9_]+$/;
const VALUE_PLACEHOLDER = /^:[A-Za-z0-9_]+$/;

/** Binds the placeholders of a request's expressions, and refuses those missing, malformed or unused. */
export function bind(sources: PlaceholderSources, parsed: ParsedExpressions): Bindings {
  const expressions = Object.values(parsed).filter((entry) => entry !== undefined) as Parsed<unknown>[];
  const names = checkedNames(sources.ExpressionAttributeNames, expressions);
  const values = checkedValues(sources.ExpressionAttributeValues, expressions);
  for (const expression of expressions) checkDefined(expression, names, values);
  checkUsed('ExpressionAttributeNames', names, expressions, 'names');
  checkUsed('ExpressionAttributeValues', values, expressions, 'values');
  return { names, values };
}

function checkedNames(
  given: PlaceholderSources['ExpressionAttributeNames'],
  expressions: Parsed<unknown>[],
): AttributeNames {
  if (given === undefined) return NO_NAMES;
  if (expressions.length === 0) {
    throw validation('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (Object.keys(given).length === 0) throw validation('ExpressionAttributeNames must not be empty');
  for (const placeholder in given) {
    if (!NAME_PLACEHOLDER.test(placeholder)) {
      throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${placeholder}"`);
    }
  }
  return given;
}

function checkedValues(
  given: PlaceholderSources['ExpressionAttributeValues'],
  expressions: Parsed<unknown>[],
): AttributeMap {
  if (given === undefined) return NO_VALUES;
  if (expressions.length === 0) {
    throw validation('ExpressionAttributeValues can only be specified when using expressions');
  }
  const values: Record<string, ReturnType<typeof admitValue>> = {};
  for (const placeholder in given) {
    if (!VALUE_PLACEHOLDER.test(placeholder)) {
      throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${placeholder}"`);
    }
    values[placeholder] = admitValue(given[placeholder]);
  }
  if (Object.keys(values).length === 0) throw validation('ExpressionAttributeValues must not be empty');
  return values;
}

function checkDefined(expression: Parsed<unknown>, names: AttributeNames, values: AttributeMap): void {
  for (const name of expression.names) {
    if (Object.hasOwn(names, name)) continue;
    throw validation(
      `Invalid ${expression.kind}: An expression attribute name used in the document path is not defined; attribute name: ${name}`,
    );
  }
  for (const value of expression.values) {
    if (Object.hasOwn(values, value)) continue;
    throw validation(
      `Invalid ${expression.kind}: An expression attribute value used in expression is not defined; attribute value: ${value}`,
    );
  }
}

function checkUsed(member: string, given: object, expressions: Parsed<unknown>[], kind: 'names' | 'values'): void {
  const unused = Object.keys(given).filter((key) => !expressions.some((expression) => expression[kind].has(key)));
  if (unused.length > 0)
    throw validation(`Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`);
}
