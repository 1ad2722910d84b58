import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import type { Database } from '../database.ts';
import { bind, type PlaceholderSources } from '../expressions/bindings.ts';
import type { Condition } from '../expressions/condition.ts';
import { checkCondition } from '../expressions/condition-check.ts';
import { type Bindings, holds } from '../expressions/condition-evaluation.ts';
import { type ExpressionSources, type ParsedExpressions, parseExpressions } from '../expressions/expression-cache.ts';
import type { Update } from '../expressions/update.ts';
import { updatedItem } from '../expressions/update-application.ts';
import { checkUpdate } from '../expressions/update-check.ts';
import { type AttributeMap, admitMap } from '../items/attribute-value.ts';
import type { StoredItem } from '../items/item-store.ts';
import { preparedItem } from '../items/item-writer.ts';
import { type EncodedKey, keyOfItem, keyOfRequest } from '../items/key-encoding.ts';
import type { Table } from '../tables/table.ts';
import { oneOf } from '../validation.ts';

export interface WriteInput extends ExpressionSources, PlaceholderSources {
  readonly TableName?: string;
  readonly Item?: unknown;
  readonly Key?: unknown;
  readonly ReturnValues?: string;
  readonly ReturnConsumedCapacity?: string;
  readonly ReturnItemCollectionMetrics?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

/** One write that has been read and checked as far as it can be without the item it is about. */
export interface WriteRequest {
  readonly table: Table;
  readonly key: EncodedKey;
  readonly condition: Condition | undefined;
  readonly bindings: Bindings;
  readonly returnsItemOnFailure: boolean;
  readonly update?: Update | undefined;
  /** The item after the write; undefined when it removes it. Throws what only the item shows to be wrong. */
  readonly outcome: (before: StoredItem | undefined) => StoredItem | undefined;
}

export function readPut(database: Database, input: WriteInput): WriteRequest {
  const { table, parsed, bindings } = readCommon(database, input);
  const item = admitMap(input.Item);
  const key = keyOfItem(table, item);
  const after = preparedItem(table, item);
  return { ...guard(input, parsed, bindings), table, key, bindings, outcome: () => after };
}

export function readDelete(database: Database, input: WriteInput): WriteRequest {
  const { table, parsed, bindings } = readCommon(database, input);
  const key = keyOfRequest(table, admitMap(input.Key));
  return { ...guard(input, parsed, bindings), table, key, bindings, outcome: () => undefined };
}

/** A condition on an item that is left as it is. */
export function readConditionCheck(database: Database, input: WriteInput): WriteRequest {
  return { ...readDelete(database, input), outcome: (before) => before };
}

export function readUpdate(database: Database, input: WriteInput): WriteRequest {
  const { table, parsed, bindings } = readCommon(database, input);
  const keyAttributes = admitMap(input.Key);
  const key = keyOfRequest(table, keyAttributes);
  const update = parsed.update?.tree;
  if (update) checkUpdate(update, bindings, table);
  const outcome = (before: StoredItem | undefined): StoredItem => {
    const item = before?.item ?? keyAttributes;
    if (!update) return before ?? preparedItem(table, item);
    return preparedItem(
      table,
      updatedItem(update, item, bindings),
      'Item size to update has exceeded the maximum allowed size',
    );
  };
  return { ...guard(input, parsed, bindings), table, key, bindings, update, outcome };
}

export function meetsCondition(request: WriteRequest, before: StoredItem | undefined): boolean {
  return !request.condition || holds(request.condition, before?.item ?? NO_ATTRIBUTES, request.bindings);
}

/** Carries out one write on its own. Returns the item before and after it. */
export function writeAlone(database: Database, request: WriteRequest) {
  database.throttle();
  if (database.conflicts()) {
    throw new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  const before = database.items.read(request.table.id, request.key);
  if (!meetsCondition(request, before)) throw conditionalCheckFailed(request, before);
  const after = request.outcome(before);
  database.writer.apply({ table: request.table, key: request.key, before, after });
  return { before, after };
}

/** Parameters of the time before expressions. */
const LEGACY = ['Expected', 'ConditionalOperator', 'AttributeUpdates'] as const;
const NO_ATTRIBUTES: AttributeMap = {};

function readCommon(database: Database, input: WriteInput) {
  for (const member of LEGACY) {
    if (Object.hasOwn(input, member)) throw notSupported(`legacy parameter ${member} of DynamoDB`);
  }
  const parsed = parseExpressions(input);
  const bindings = bind(input, parsed);
  return { table: database.table(input.TableName), parsed, bindings };
}

function guard(input: WriteInput, parsed: ParsedExpressions, bindings: Bindings) {
  if (parsed.condition) checkCondition(parsed.condition, bindings);
  const onFailure = oneOf(
    input.ReturnValuesOnConditionCheckFailure,
    'returnValuesOnConditionCheckFailure',
    ['ALL_OLD', 'NONE'] as const,
    'NONE',
  );
  return { condition: parsed.condition?.tree, returnsItemOnFailure: onFailure === 'ALL_OLD' };
}

function conditionalCheckFailed(request: WriteRequest, before: StoredItem | undefined): AwsError {
  const members = request.returnsItemOnFailure && before ? { Item: before.item } : {};
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', { members });
}
