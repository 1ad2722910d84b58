import { AwsError } from '../../../kernel/aws-error.ts';
import { type AttributeMap, admitValue } from '../items/attribute-value.ts';
import { validation } from '../validation.ts';
import type { Parsed } from './condition.ts';
import { checkCondition } from './condition-check.ts';
import type { Bindings } from './condition-evaluation.ts';
import type { AttributeNames } from './document-path.ts';
import { type ExpressionSources, type ParsedExpressions, parseExpressions } from './expression-cache.ts';
import { checkProjection } from './projection.ts';
import { checkUpdate } from './update-check.ts';

/** The members of a request that carry its expressions. */
export interface ExpressionInput extends ExpressionSources {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

export interface BoundExpressions extends ParsedExpressions {
  readonly bindings: Bindings;
}

const NO_NAMES: AttributeNames = {};
const NO_VALUES: AttributeMap = {};
const NAME_PLACEHOLDER = /^#[A-Za-z0-9_]+$/;
const VALUE_PLACEHOLDER = /^:[A-Za-z0-9_]+$/;

/** Parses a request's expressions and binds their placeholders; refuses all that is wrong whatever the item may be. */
export function readExpressions(input: ExpressionInput): BoundExpressions {
  checkNames(input);
  const values = admittedValues(input);
  const { update, filter, condition, projection, keyCondition } = parseExpressions(input);
  const bindings = { names: input.ExpressionAttributeNames ?? NO_NAMES, values };
  const expressions = [update, filter, condition, projection, keyCondition].filter((given) => given !== undefined);
  for (const expression of expressions) checkDefined(expression, bindings);
  if (update) checkUpdate(update.tree, bindings);
  if (filter) checkCondition(filter, bindings);
  if (condition) checkCondition(condition, bindings);
  if (projection) checkProjection(projection.tree, bindings.names);
  if (keyCondition) checkCondition(keyCondition, bindings);
  checkUsed('ExpressionAttributeNames', bindings.names, expressions, 'names');
  checkUsed('ExpressionAttributeValues', bindings.values, expressions, 'values');
  return { update, filter, condition, projection, keyCondition, bindings };
}

function checkNames(input: ExpressionInput): void {
  const given = input.ExpressionAttributeNames;
  if (given === undefined) return;
  checkHasExpressions('ExpressionAttributeNames', input);
  if (Object.keys(given).length === 0) throw validation('ExpressionAttributeNames must not be empty');
  for (const placeholder in given) {
    if (!NAME_PLACEHOLDER.test(placeholder)) {
      throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${placeholder}"`);
    }
    if (given[placeholder] === '') {
      throw validation(`ExpressionAttributeNames contains invalid value: Empty attribute name for key ${placeholder}`);
    }
  }
}

function admittedValues(input: ExpressionInput): AttributeMap {
  const given = input.ExpressionAttributeValues;
  if (given === undefined) return NO_VALUES;
  checkHasExpressions('ExpressionAttributeValues', input);
  const values: Record<string, ReturnType<typeof admitValue>> = {};
  for (const placeholder in given) {
    if (!VALUE_PLACEHOLDER.test(placeholder)) {
      throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${placeholder}"`);
    }
    values[placeholder] = admittedValue(placeholder, given[placeholder]);
  }
  if (Object.keys(values).length === 0) throw validation('ExpressionAttributeValues must not be empty');
  return values;
}

function admittedValue(placeholder: string, given: unknown) {
  try {
    return admitValue(given);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
    const message = `ExpressionAttributeValues contains invalid value: ${error.message} for key ${placeholder}`;
    throw Object.assign(validation(message), { cause: error });
  }
}

function checkHasExpressions(member: string, input: ExpressionInput): void {
  const hasAny =
    input.ConditionExpression ??
    input.UpdateExpression ??
    input.ProjectionExpression ??
    input.FilterExpression ??
    input.KeyConditionExpression;
  if (hasAny === undefined) throw validation(`${member} can only be specified when using expressions`);
}

function checkDefined(expression: Parsed<unknown>, { names, values }: Bindings): void {
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
  const unused: string[] = [];
  for (const key in given) if (!expressions.some((expression) => expression[kind].has(key))) unused.push(key);
  if (unused.length === 0) return;
  throw validation(`Value provided in ${member} unused in expressions: keys: {${unused.sort().join(', ')}}`);
}
