import { type AttributeMap, toAttribute } from './attribute-value.ts';

export type Key = Readonly<Record<string, string | number>>;

/** A DynamoDB expression with its `#names` and `:values`, the values plain. */
export interface Expression {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

interface ExpressionParameters {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: AttributeMap;
}

/** The names and values of several expressions of one request. DynamoDB refuses empty maps, so those are left out. */
export function expressionParameters(...expressions: readonly (Expression | undefined)[]): ExpressionParameters {
  const names: Record<string, string> = {};
  const values: AttributeMap = {};
  for (const expression of expressions) {
    Object.assign(names, expression?.names);
    for (const [name, value] of Object.entries(expression?.values ?? {})) values[name] = toAttribute(value);
  }
  return {
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}
