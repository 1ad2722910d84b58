import { type Condition, type Parsed, parseCondition } from './condition.ts';
import { type Projection, parseProjection } from './projection.ts';
import { parseUpdate, type Update } from './update.ts';

/** Expressions kept of each kind: far more than a program has, few enough for one that builds them from data. */
const CAPACITY = 1000;

const conditions = cachedBySource((source) => parseCondition('ConditionExpression', source));
const filters = cachedBySource((source) => parseCondition('FilterExpression', source));
const keyConditions = cachedBySource((source) => parseCondition('KeyConditionExpression', source));
const projections = cachedBySource(parseProjection);
const updates = cachedBySource(parseUpdate);

export interface ExpressionSources {
  readonly ConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ProjectionExpression?: string;
  readonly UpdateExpression?: string;
}

/** The parsed form of each expression a request carries. */
export interface ParsedExpressions {
  readonly condition: Parsed<Condition> | undefined;
  readonly filter: Parsed<Condition> | undefined;
  readonly keyCondition: Parsed<Condition> | undefined;
  readonly projection: Parsed<Projection> | undefined;
  readonly update: Parsed<Update> | undefined;
}

export function parseExpressions(sources: ExpressionSources): ParsedExpressions {
  return {
    update: optional(updates, sources.UpdateExpression),
    filter: optional(filters, sources.FilterExpression),
    condition: optional(conditions, sources.ConditionExpression),
    projection: optional(projections, sources.ProjectionExpression),
    keyCondition: optional(keyConditions, sources.KeyConditionExpression),
  };
}

function optional<T>(parse: (source: string) => T, source: string | undefined): T | undefined {
  return source === undefined ? undefined : parse(source);
}

/** Least recently added out first: what a program sends again and again is soon back. */
function cachedBySource<T>(parse: (source: string) => T): (source: string) => T {
  const cache = new Map<string, T>();
  return (source) => {
    const known = cache.get(source);
    if (known !== undefined) return known;
    const parsed = parse(source);
    if (cache.size >= CAPACITY) cache.delete(cache.keys().next().value as string);
    cache.set(source, parsed);
    return parsed;
  };
}
