import type { Operation } from '../../../kernel/service.ts';
import { capacityDetail, consumedCapacity, writeConsumed } from '../capacity.ts';
import type { Database } from '../database.ts';
import { project } from '../expressions/projection.ts';
import type { AttributeMap } from '../items/attribute-value.ts';
import type { StoredItem } from '../items/item-store.ts';
import { oneOf, validation } from '../validation.ts';
import { readDelete, readPut, readUpdate, type WriteInput, type WriteRequest, writeAlone } from './write-request.ts';

interface Outcome {
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
}

export function putItem(database: Database): Operation {
  return (input: WriteInput) => {
    const returns = returnValues(input);
    if (returns !== 'NONE' && returns !== 'ALL_OLD') throw validation('Return values set to invalid value');
    const request = readPut(database, input);
    const outcome = writeAlone(database, request);
    return answer(input, request, outcome, returns === 'ALL_OLD' ? outcome.before?.item : undefined);
  };
}

export function deleteItem(database: Database): Operation {
  return (input: WriteInput) => {
    const returns = returnValues(input);
    if (returns !== 'NONE' && returns !== 'ALL_OLD') throw validation('Return values set to invalid value');
    const request = readDelete(database, input);
    const outcome = writeAlone(database, request);
    return answer(input, request, outcome, returns === 'ALL_OLD' ? outcome.before?.item : undefined);
  };
}

export function updateItem(database: Database): Operation {
  return (input: WriteInput) => {
    const returns = returnValues(input);
    const request = readUpdate(database, input);
    const outcome = writeAlone(database, request);
    return answer(input, request, outcome, updateAttributes(request, outcome, returns));
  };
}

function returnValues(input: WriteInput) {
  const allowed = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'] as const;
  return oneOf(input.ReturnValues, 'returnValues', allowed, 'NONE');
}

function updateAttributes(
  request: WriteRequest,
  { before, after }: Outcome,
  returns: ReturnType<typeof returnValues>,
): AttributeMap | undefined {
  switch (returns) {
    case 'NONE':
      return undefined;
    case 'ALL_OLD':
      return before?.item;
    case 'ALL_NEW':
      return after?.item;
    case 'UPDATED_OLD':
      return updatedParts(request, before);
    case 'UPDATED_NEW':
      return updatedParts(request, after);
  }
}

function updatedParts({ update, bindings }: WriteRequest, item: StoredItem | undefined): AttributeMap | undefined {
  if (!update || !item) return undefined;
  const parts = project(item.item, update.paths, bindings.names);
  return Object.keys(parts).length > 0 ? parts : undefined;
}

function answer(input: WriteInput, request: WriteRequest, outcome: Outcome, attributes: AttributeMap | undefined) {
  const detail = capacityDetail(input);
  const output: Record<string, unknown> = {};
  if (attributes) output.Attributes = attributes;
  if (detail !== 'NONE') {
    const consumed = writeConsumed(request.table, outcome.before, outcome.after);
    output.ConsumedCapacity = consumedCapacity(consumed, detail);
  }
  return output;
}
