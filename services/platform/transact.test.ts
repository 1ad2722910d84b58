import {
  type DynamoDBClient,
  IdempotentParameterMismatchException,
  TransactionCanceledException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { transact } from './transact.ts';
import type { TransactAction } from './transaction.ts';

const ACTIONS: readonly TransactAction[] = [
  { kind: 'PUT', table: 'T', item: { id: '1' }, condition: { expression: 'attribute_not_exists(id)' } },
  { kind: 'UPDATE', table: 'T', key: { id: '2' }, update: { expression: 'ADD n :n', values: { ':n': 1 } } },
];

function cancelled(...codes: string[]) {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

/** Fails with the given errors, one a call, then succeeds. */
function aClient(...errors: readonly Error[]) {
  const inputs: TransactWriteItemsCommandInput[] = [];
  const left = [...errors];
  const send = async (command: { input: TransactWriteItemsCommandInput }) => {
    inputs.push(command.input);
    const error = left.shift();
    if (error) throw error;
    return {};
  };
  return { client: { send } as unknown as DynamoDBClient, inputs };
}

const delays: number[] = [];
const pause = async (delayMs: number) => void delays.push(delayMs);

describe('transact', () => {
  it('names the actions whose conditions failed, by index, and does not try again', async () => {
    const { client, inputs } = aClient(cancelled('None', 'ConditionalCheckFailed'));
    expect(await transact(client, ACTIONS, 't', pause)).toEqual({ kind: 'REFUSED', failedActions: [1] });
    expect(inputs).toHaveLength(1);
  });

  it('takes a failed condition for definite even beside a conflict', async () => {
    const { client } = aClient(cancelled('ConditionalCheckFailed', 'TransactionConflict'));
    expect(await transact(client, ACTIONS, 't', pause)).toEqual({ kind: 'REFUSED', failedActions: [0] });
  });

  it.each([['TransactionConflict'], ['ThrottlingError'], ['ProvisionedThroughputExceeded']])(
    'tries again after %s, under the same token',
    async (code) => {
      const { client, inputs } = aClient(cancelled('None', code), cancelled(code, 'None'));
      expect(await transact(client, ACTIONS, 'token', pause)).toEqual({ kind: 'WRITTEN' });
      expect(inputs.map((input) => input.ClientRequestToken)).toEqual(['token', 'token', 'token']);
    },
  );

  it('gives up on a conflict that does not end', async () => {
    const { client, inputs } = aClient(...Array.from({ length: 20 }, () => cancelled('TransactionConflict', 'None')));
    await expect(transact(client, ACTIONS, 't', pause)).rejects.toThrow('cancelled');
    expect(inputs).toHaveLength(10);
  });

  it('throws what is neither a refusal nor passing', async () => {
    const { client, inputs } = aClient(cancelled('ValidationError', 'TransactionConflict'));
    await expect(transact(client, ACTIONS, 't', pause)).rejects.toThrow('cancelled');
    expect(inputs).toHaveLength(1);
  });

  it('says that another run of the step got there first', async () => {
    const { client } = aClient(new IdempotentParameterMismatchException({ message: 'used', $metadata: {} }));
    expect(await transact(client, ACTIONS, 't', pause)).toEqual({ kind: 'REPEATED' });
  });

  it('leaves out names and values where there are none, which DynamoDB would refuse', async () => {
    const { client, inputs } = aClient();
    await transact(client, ACTIONS, undefined, pause);
    const put = inputs[0]?.TransactItems?.[0]?.Put;
    expect(put).not.toHaveProperty('ExpressionAttributeNames');
    expect(put).not.toHaveProperty('ExpressionAttributeValues');
  });
});
