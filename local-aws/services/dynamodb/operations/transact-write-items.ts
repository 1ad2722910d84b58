import { hash } from 'node:crypto';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Operation } from '../../../kernel/service.ts';
import { type Consumed, capacityDetail, consumedCapacities, readUnits, writeConsumed } from '../capacity.ts';
import type { Database } from '../database.ts';
import type { AttributeMap } from '../items/attribute-value.ts';
import type { StoredItem } from '../items/item-store.ts';
import { constraintViolation, validation } from '../validation.ts';
import {
  meetsCondition,
  readConditionCheck,
  readDelete,
  readPut,
  readUpdate,
  type WriteInput,
  type WriteRequest,
} from './write-request.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MAX_TRANSACTION_ACTIONS = 100;
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
const MAX_TOKEN_LENGTH = 36;
/** A transaction prepares and commits each write. */
const TRANSACTION_FACTOR = 2;

type Action = 'ConditionCheck' | 'Put' | 'Delete' | 'Update';
type TransactItem = Partial<Record<Action, WriteInput>>;

interface TransactWriteItemsInput {
  readonly TransactItems?: readonly TransactItem[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: string;
}

export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: AttributeMap;
}

interface Prepared {
  readonly request: WriteRequest;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
  readonly reason: CancellationReason;
}

export function transactWriteItems(database: Database): Operation {
  return (input: TransactWriteItemsInput) => {
    const requests = readActions(database, input);
    const detail = capacityDetail(input);
    const token = checkedToken(input.ClientRequestToken);
    const digest = token === undefined ? '' : digestOf(input.TransactItems ?? [], requests);
    if (token !== undefined && database.tokens.wasCarriedOut(token, digest)) {
      return withCapacity(
        consumedCapacities(
          requests.map((request) => replayConsumed(database, request)),
          detail,
          'ReadCapacityUnits',
        ),
      );
    }
    database.throttle();
    const prepared = requests.map((request) => prepare(database, request));
    const reasons = prepared.map(({ reason }) => reason);
    if (database.conflicts()) {
      const struck = Math.floor(database.kernel.random.next() * reasons.length);
      reasons[struck] = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
    }
    cancelUnlessAll(reasons);
    checkTotalSize(prepared);
    for (const { request, before, after } of prepared) {
      if (before !== after) database.writer.apply({ table: request.table, key: request.key, before, after });
    }
    if (token !== undefined) database.tokens.remember(token, digest);
    if (detail === 'NONE') return {};
    const consumed = prepared.map(({ request, before, after }) =>
      writeConsumed(request.table, before, after, TRANSACTION_FACTOR),
    );
    return withCapacity(consumedCapacities(consumed, detail, 'WriteCapacityUnits'));
  };
}

/** Refuses the transaction unless no action has a reason against it. */
export function cancelUnlessAll(reasons: readonly CancellationReason[]): void {
  if (reasons.every(({ Code }) => Code === 'None')) return;
  const codes = reasons.map(({ Code }) => Code).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { members: { CancellationReasons: reasons } },
  );
}

/** Refuses a number of actions that no transaction may have. */
export function checkActionCount(actions: readonly unknown[] | undefined): readonly unknown[] {
  if (!Array.isArray(actions)) {
    throw constraintViolation(null, 'transactItems', 'Member must not be null');
  }
  if (actions.length === 0) {
    throw constraintViolation('[]', 'transactItems', 'Member must have length greater than or equal to 1');
  }
  if (actions.length > MAX_TRANSACTION_ACTIONS) {
    const constraint = `Member must have length less than or equal to ${MAX_TRANSACTION_ACTIONS}`;
    throw constraintViolation(`[${actions.length} actions]`, 'transactItems', constraint);
  }
  return actions;
}

function readActions(database: Database, input: TransactWriteItemsInput): WriteRequest[] {
  checkActionCount(input.TransactItems);
  const requests = (input.TransactItems ?? []).map((item) => readAction(database, item));
  const targets = new Set(requests.map(({ key }) => key.place));
  if (targets.size < requests.length) {
    throw validation('Transaction request cannot include multiple operations on one item');
  }
  return requests;
}

function readAction(database: Database, item: TransactItem): WriteRequest {
  const actions = Object.keys(item) as Action[];
  const [action] = actions;
  if (actions.length !== 1 || !action) {
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const input = item[action] as WriteInput;
  switch (action) {
    case 'Put':
      return readPut(database, input);
    case 'Delete':
      return readDelete(database, input);
    case 'Update':
      return readUpdate(database, required(input, 'UpdateExpression', 'update'));
    case 'ConditionCheck':
      return readConditionCheck(database, required(input, 'ConditionExpression', 'conditionCheck'));
    default:
      throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  }
}

function required(input: WriteInput, member: 'UpdateExpression' | 'ConditionExpression', action: string): WriteInput {
  if (input[member] !== undefined) return input;
  const name = `${member[0]?.toLowerCase()}${member.slice(1)}`;
  throw constraintViolation(null, `transactItems.1.member.${action}.${name}`, 'Member must not be null');
}

function prepare(database: Database, request: WriteRequest): Prepared {
  const before = database.items.read(request.key);
  if (!meetsCondition(request, before)) {
    const item = request.returnsItemOnFailure && before ? { Item: before.item } : {};
    const reason = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...item };
    return { request, before, after: before, reason };
  }
  try {
    return { request, before, after: request.outcome(before), reason: { Code: 'None' } };
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
    return { request, before, after: before, reason: { Code: 'ValidationError', Message: error.message } };
  }
}

function checkTotalSize(prepared: readonly Prepared[]): void {
  let totalBytes = 0;
  for (const { before, after } of prepared) totalBytes += (after ?? before)?.sizeBytes ?? 0;
  if (totalBytes <= MAX_TRANSACTION_BYTES) return;
  throw validation('Transaction size exceeded the maximum allowed size of 4 MB');
}

function checkedToken(token: string | undefined): string | undefined {
  if (token === undefined || (token.length >= 1 && token.length <= MAX_TOKEN_LENGTH)) return token;
  throw constraintViolation(
    token,
    'clientRequestToken',
    `Member must have length less than or equal to ${MAX_TOKEN_LENGTH}`,
  );
}

/** A repeated transaction reads its items instead of writing them. */
function replayConsumed(database: Database, { table, key }: WriteRequest): Consumed {
  const sizeBytes = database.items.read(key)?.sizeBytes ?? 0;
  return { table, tableUnits: readUnits(sizeBytes, true) * TRANSACTION_FACTOR };
}

/** What tells one transaction's parameters from another's. The items put, most of it, are at hand as text. */
function digestOf(items: readonly TransactItem[], requests: readonly WriteRequest[]): string {
  const rest = items.map((item) => (item.Put ? { Put: { ...item.Put, Item: undefined } } : item));
  const texts = [JSON.stringify(rest), ...requests.map(({ json }) => json)];
  return hash('sha1', texts.join(''), 'base64');
}

function withCapacity(consumed: ReturnType<typeof consumedCapacities>) {
  return consumed ? { ConsumedCapacity: consumed } : {};
}
