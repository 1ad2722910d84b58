import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import { type CapacityDetail, type Consumed, capacityDetail, consumedCapacity, readUnits } from '../capacity.ts';
import type { Database } from '../database.ts';
import { type BoundExpressions, type ExpressionInput, readExpressions } from '../expressions/bindings.ts';
import type { Condition } from '../expressions/condition.ts';
import { type Bindings, holds } from '../expressions/condition-evaluation.ts';
import { resolvedName } from '../expressions/document-path.ts';
import { type AttributeMap, type AttributeValue, admitMap, mapSizeBytes } from '../items/attribute-value.ts';
import { keyInIndex, keyOfItem } from '../items/key-encoding.ts';
import { projectedItem } from '../items/projected-item.ts';
import type { ItemRow, Position } from '../items/range-reader.ts';
import type { KeySchema, SecondaryIndex, Table } from '../tables/table.ts';
import { constraintViolation, invalidParameterValue, oneOf, validation } from '../validation.ts';
import { type Shown, show } from './read-request.ts';

export interface PageInput extends ExpressionInput {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Select?: string;
  readonly Limit?: number;
  readonly ConsistentRead?: boolean;
  readonly ExclusiveStartKey?: unknown;
  readonly ReturnConsumedCapacity?: string;
}

/** One page of a query or a scan, read and checked as far as it can be without the items. */
export interface PageRequest {
  readonly table: Table;
  readonly index: SecondaryIndex | undefined;
  readonly keyCondition: Condition | undefined;
  readonly bindings: Bindings;
  readonly filter: Condition | undefined;
  readonly shown: Shown;
  readonly counts: boolean;
  /** Whether the answer gives whole items although the index holds a part of them. */
  readonly fetches: boolean;
  readonly limit: number;
  readonly after: Position | undefined;
  readonly consistent: boolean;
  readonly detail: CapacityDetail;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html */
const MAX_PAGE_BYTES = 1024 * 1024;
const LEGACY = ['KeyConditions', 'QueryFilter', 'ScanFilter', 'ConditionalOperator', 'AttributesToGet'] as const;

export function readPage(database: Database, input: PageInput): PageRequest {
  for (const member of LEGACY) {
    if (Object.hasOwn(input, member)) throw notSupported(`legacy parameter ${member} of DynamoDB`);
  }
  const expressions = readExpressions(input);
  const { bindings, projection } = expressions;
  const table = database.table(input.TableName);
  const index = namedIndex(table, input.IndexName);
  if (index?.kind === 'global' && input.ConsistentRead) {
    throw validation('Consistent reads are not supported on global secondary indexes');
  }
  if (index) checkIsProjected(index, expressions);
  const select = checkedSelect(input, index, projection !== undefined);
  return {
    table,
    index,
    keyCondition: expressions.keyCondition?.tree,
    bindings,
    filter: expressions.filter?.tree,
    shown: { projection: projection?.tree, bindings },
    counts: select === 'COUNT',
    fetches:
      index?.kind === 'local' && (select === 'ALL_ATTRIBUTES' || unprojectedNames(index, expressions).length > 0),
    limit: checkedLimit(input.Limit),
    after: startPosition(table, index, input.ExclusiveStartKey),
    consistent: input.ConsistentRead === true,
    detail: capacityDetail(input),
  };
}

/** Reads rows until the page is full, and answers. */
export function answerPage(request: PageRequest, rows: Iterable<ItemRow>) {
  const { table, index, filter, limit } = request;
  const items: AttributeMap[] = [];
  let count = 0;
  let scanned = 0;
  let sizeBytes = 0;
  let last: AttributeMap | undefined;
  for (const row of rows) {
    const whole = JSON.parse(row.item) as AttributeMap;
    const item = index && !request.fetches ? projectedItem(index, whole) : whole;
    scanned += 1;
    sizeBytes += item === whole ? row.size : mapSizeBytes(item);
    if (!filter || holds(filter, item, request.bindings)) {
      count += 1;
      if (!request.counts) items.push(show(item, request.shown));
    }
    if (scanned < limit && sizeBytes < MAX_PAGE_BYTES) continue;
    last = whole;
    break;
  }
  return {
    ...(request.counts ? {} : { Items: items }),
    Count: count,
    ScannedCount: scanned,
    ...(last && { LastEvaluatedKey: keyAttributes(last, table, index) }),
    ...(request.detail !== 'NONE' && {
      ConsumedCapacity: consumedCapacity(pageConsumed(request, sizeBytes), request.detail),
    }),
  };
}

function pageConsumed({ table, index, consistent }: PageRequest, sizeBytes: number): Consumed {
  const units = readUnits(sizeBytes, consistent);
  return index ? { table, tableUnits: 0, indexUnits: new Map([[index, units]]) } : { table, tableUnits: units };
}

function namedIndex(table: Table, name: string | undefined): SecondaryIndex | undefined {
  if (name === undefined) return undefined;
  const index = table.indexes.find((candidate) => candidate.name === name);
  if (!index) throw validation(`The table does not have the specified index: ${name}`);
  return index;
}

function checkedSelect(input: PageInput, index: SecondaryIndex | undefined, projects: boolean) {
  const allowed = ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'] as const;
  const fallback = projects ? 'SPECIFIC_ATTRIBUTES' : index ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
  const select = oneOf(input.Select, 'select', allowed, fallback);
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !index) {
    throw invalidParameterValue('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (projects && select !== 'SPECIFIC_ATTRIBUTES') {
    throw validation(
      `Cannot specify the ProjectionExpression when choosing to get ${select === 'COUNT' ? 'only the Count' : select}`,
    );
  }
  if (select === 'SPECIFIC_ATTRIBUTES' && !projects) {
    throw validation(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select === 'ALL_ATTRIBUTES' && index?.kind === 'global' && index.projected) {
    throw invalidParameterValue(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  return select;
}

/** A global index has nothing but what it projects. */
function checkIsProjected(index: SecondaryIndex, expressions: BoundExpressions): void {
  if (index.kind === 'local') return;
  const missing = unprojectedNames(index, expressions);
  if (missing.length === 0) return;
  throw invalidParameterValue(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
}

/** Attributes that the request wants to see and the index does not hold: a local index fetches them from the table. */
function unprojectedNames(index: SecondaryIndex, { projection, bindings }: BoundExpressions): string[] {
  const { projected } = index;
  if (!projected || !projection) return [];
  const names = projection.tree.map(([first]) => resolvedName(String(first), bindings.names));
  return names.filter((name) => !projected.has(name));
}

function checkedLimit(limit: number | undefined): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  if (limit >= 1) return limit;
  throw constraintViolation(limit, 'limit', 'Member must have value greater than or equal to 1');
}

function startPosition(table: Table, index: SecondaryIndex | undefined, given: unknown): Position | undefined {
  if (given === undefined || given === null) return undefined;
  const key = admitMap(given);
  const expected = new Set([...namesOf(table.keys), ...(index ? namesOf(index.keys) : [])]);
  const isWhole = Object.keys(key).length === expected.size && [...expected].every((name) => Object.hasOwn(key, name));
  if (!isWhole) throw invalidStart();
  try {
    return { item: keyOfItem(table, key), index: index && keyInIndex(index, key) };
  } catch (error) {
    if (error instanceof AwsError) throw invalidStart();
    throw error;
  }
}

function invalidStart(): AwsError {
  return validation('The provided starting key is invalid');
}

function keyAttributes(item: AttributeMap, table: Table, index: SecondaryIndex | undefined): AttributeMap {
  const result: Record<string, AttributeValue> = {};
  for (const name of [...namesOf(table.keys), ...(index ? namesOf(index.keys) : [])]) {
    result[name] = item[name] as AttributeValue;
  }
  return result;
}

export function namesOf({ partition, sort }: KeySchema): string[] {
  return sort ? [partition.name, sort.name] : [partition.name];
}
