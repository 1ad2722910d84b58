import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import type { Database } from '../database.ts';
import { type ExpressionInput, readExpressions } from '../expressions/bindings.ts';
import type { Condition } from '../expressions/condition.ts';
import { type Bindings, holds } from '../expressions/condition-evaluation.ts';
import type { Update } from '../expressions/update.ts';
import { updatedItem } from '../expressions/update-application.ts';
import { checkKeepsKey } from '../expressions/update-check.ts';
import { type AttributeMap, requiredMap } from '../items/attribute-value.ts';
import type { StoredItem } from '../items/item-store.ts';
import { preparedItem } from '../items/item-writer.ts';
import { type ItemKey, keyOfItem, keyOfRequest } from '../items/key-encoding.ts';
import type { Table } from '../tables/table.ts';
import { oneOf } from '../validation.ts';

export interface WriteInput extends ExpressionInput {
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
  readonly key: ItemKey;
  readonly condition: Condition | undefined;
  readonly bindings: Bindings;
  readonly returnsItemOnFailure: boolean;
  readonly update?: Update | undefined;
  /** JSON of the item that the request puts. */
  readonly json?: string;
  /** The item after the write; undefined when it removes it. Throws what only the item shows to be wrong. */
  readonly outcome: (before: StoredItem | undefined) => StoredItem | undefined;
}

export function readPut(database: Database, input: WriteInput): WriteRequest {
  const common = readCommon(database, input);
  const item = requiredMap(input.Item, 'item');
  const key = keyOfItem(common.table, item);
  const json = JSON.stringify(item);
  return { ...common, key, json, outcome: () => preparedItem(common.table, item, 'put', json) };
}

export function readDelete(database: Database, input: WriteInput): WriteRequest {
  const common = readCommon(database, input);
  const key = keyOfRequest(common.table, requiredMap(input.Key, 'key'));
  return { ...common, key, outcome: () => undefined };
}

/** A condition on an item that is left as it is. */
export function readConditionCheck(database: Database, input: WriteInput): WriteRequest {
  return { ...readDelete(database, input), outcome: (before) => before };
}

export function readUpdate(database: Database, input: WriteInput): WriteRequest {
  const common = readCommon(database, input);
  const { table, update, bindings } = common;
  const keyAttributes = requiredMap(input.Key, 'key');
  const key = keyOfRequest(table, keyAttributes);
  if (update) checkKeepsKey(update, table.keys, bindings);
  const outcome = (before: StoredItem | undefined): StoredItem => {
    const item = before?.item ?? keyAttributes;
    if (!update) return before ?? preparedItem(table, item, 'put');
    return preparedItem(table, updatedItem(update, item, bindings), 'update');
  };
  return { ...common, key, outcome };
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
  const before = database.items.read(request.key);
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
  const { condition, update, bindings } = readExpressions(input);
  const onFailure = oneOf(
    input.ReturnValuesOnConditionCheckFailure,
    'returnValuesOnConditionCheckFailure',
    ['ALL_OLD', 'NONE'] as const,
    'NONE',
  );
  return {
    table: database.table(input.TableName),
    bindings,
    condition: condition?.tree,
    update: update?.tree,
    returnsItemOnFailure: onFailure === 'ALL_OLD',
  };
}

function conditionalCheckFailed(request: WriteRequest, before: StoredItem | undefined): AwsError {
  const members = request.returnsItemOnFailure && before ? { Item: before.item } : {};
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', { members });
}
