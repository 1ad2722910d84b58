import type { Operation } from '../../../kernel/service.ts';
import type { Database } from '../database.ts';
import type { Condition } from '../expressions/condition.ts';
import type { Bindings } from '../expressions/condition-evaluation.ts';
import { resolvedName } from '../expressions/document-path.ts';
import { keySelection } from '../expressions/key-condition.ts';
import type { KeySchema } from '../tables/table.ts';
import { validation } from '../validation.ts';
import { answerPage, namesOf, type PageInput, readPage } from './page-reader.ts';

interface QueryInput extends PageInput {
  readonly ScanIndexForward?: boolean;
}

export function query(database: Database): Operation {
  return (input: QueryInput) => {
    const request = readPage(database, input);
    const { table, index, keyCondition, bindings, after } = request;
    if (!keyCondition) {
      throw validation(
        'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
      );
    }
    const keys = index?.keys ?? table.keys;
    const { partition, range } = keySelection(keyCondition, keys, bindings);
    if (request.filter) checkFiltersNoKey(request.filter, keys, bindings);
    const start = index ? after?.index : after?.item;
    if (start && start.partition !== partition) {
      throw validation('The provided starting key is outside query boundaries based on provided conditions');
    }
    database.throttle();
    const forward = input.ScanIndexForward !== false;
    if (!index) return answerPage(request, database.ranges.partition(table.id, partition, range, forward, after));
    const place = { tableId: table.id, indexId: index.id, partition };
    return answerPage(request, database.ranges.indexPartition(place, range, forward, after));
  };
}

/** A query's filter is for what its key condition cannot say. */
function checkFiltersNoKey(filter: Condition, keys: KeySchema, bindings: Bindings): void {
  for (const name of pathNames(filter)) {
    const resolved = resolvedName(name, bindings.names);
    if (!namesOf(keys).includes(resolved)) continue;
    throw validation(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${resolved}`,
    );
  }
}

function pathNames(condition: Condition): string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...pathNames(condition.left), ...pathNames(condition.right)];
    case 'not':
      return pathNames(condition.condition);
    case 'compare':
      return operandNames([condition.left, condition.right]);
    case 'between':
      return operandNames([condition.operand, condition.low, condition.high]);
    case 'in':
      return operandNames([condition.operand, ...condition.choices]);
    case 'predicate':
      return operandNames(condition.operands);
  }
}

function operandNames(operands: Extract<Condition, { kind: 'predicate' }>['operands']): string[] {
  return operands.flatMap((operand) => {
    if (operand.kind === 'size') return operandNames([operand.of]);
    return operand.kind === 'path' && operand.path.length === 1 ? [operand.path[0] as string] : [];
  });
}
