import {
  type DynamoDBClient,
  IdempotentParameterMismatchException,
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Pause, retryDelayMs } from './pause.ts';
import { type TransactAction, type TransactOutcome, transactWriteItem } from './transaction.ts';

/** With full jitter up to 500 ms, about two seconds in all: within every function's timeout. */
const MAX_ATTEMPTS = 10;

/** Reasons of a cancelled transaction that say nothing about its conditions: the same request may succeed a moment later. */
const PASSING_REASONS = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all actions or none. Only a failed condition is a refusal; conflicts and throttling are tried again, with jitter, under the same
 * token. Anything else is thrown.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function transact(
  client: DynamoDBClient,
  actions: readonly TransactAction[],
  token: string | undefined,
  pause: Pause,
): Promise<TransactOutcome> {
  const input = { TransactItems: actions.map(transactWriteItem), ClientRequestToken: token };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteItemsCommand(input));
      return { kind: 'WRITTEN' };
    } catch (error) {
      if (error instanceof IdempotentParameterMismatchException) return { kind: 'REPEATED' };
      const failedActions = failedConditions(error);
      if (failedActions.length > 0) return { kind: 'REFUSED', failedActions };
      if (!maySucceedLater(error) || attempt === MAX_ATTEMPTS) throw error;
      await pause(retryDelayMs(attempt));
    }
  }
}

function failedConditions(error: unknown): readonly number[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).flatMap(({ Code }, index) =>
    Code === 'ConditionalCheckFailed' ? [index] : [],
  );
}

function maySucceedLater(error: unknown): boolean {
  if (error instanceof TransactionInProgressException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).flatMap(({ Code }) => (Code && Code !== 'None' ? [Code] : []));
  return codes.length > 0 && codes.every((code) => PASSING_REASONS.has(code));
}
