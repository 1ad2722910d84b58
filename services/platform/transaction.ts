import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { toAttributes } from './attribute-value.ts';
import { type Expression, expressionParameters, type Key } from './table-expression.ts';

/** One action of a transaction, in plain values. At most 100 of them, none two on one item. */
export type TransactAction =
  | { readonly kind: 'PUT'; readonly table: string; readonly item: object; readonly condition?: Expression }
  | {
      readonly kind: 'UPDATE';
      readonly table: string;
      readonly key: Key;
      readonly update: Expression;
      readonly condition?: Expression;
    }
  | { readonly kind: 'DELETE'; readonly table: string; readonly key: Key; readonly condition?: Expression }
  | { readonly kind: 'CHECK'; readonly table: string; readonly key: Key; readonly condition: Expression };

/**
 * REFUSED: nothing was written, because the conditions of the actions at `failedActions` (indices, ascending) did not hold. REPEATED: the token was
 * used in the last ten minutes for other content, so another run of this step got there first: read again and decide again.
 */
export type TransactOutcome =
  | { readonly kind: 'WRITTEN' }
  | { readonly kind: 'REFUSED'; readonly failedActions: readonly number[] }
  | { readonly kind: 'REPEATED' };

export function transactWriteItem(action: TransactAction): TransactWriteItem {
  const { table: TableName, condition } = action;
  switch (action.kind) {
    case 'PUT':
      return {
        Put: {
          TableName,
          Item: toAttributes(action.item),
          ConditionExpression: condition?.expression,
          ...expressionParameters(condition),
        },
      };
    case 'UPDATE':
      return {
        Update: {
          TableName,
          Key: toAttributes(action.key),
          UpdateExpression: action.update.expression,
          ConditionExpression: condition?.expression,
          ...expressionParameters(action.update, condition),
        },
      };
    case 'DELETE':
      return {
        Delete: {
          TableName,
          Key: toAttributes(action.key),
          ConditionExpression: condition?.expression,
          ...expressionParameters(condition),
        },
      };
    case 'CHECK':
      return {
        ConditionCheck: {
          TableName,
          Key: toAttributes(action.key),
          ConditionExpression: action.condition.expression,
          ...expressionParameters(action.condition),
        },
      };
  }
}
