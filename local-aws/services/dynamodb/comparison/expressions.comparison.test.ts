import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComparedStack, startComparedStack, TABLE } from './compared-stack.ts';
import { whyUnavailable } from './dynamodb-local.ts';
import { ATTRIBUTE_VALUES, CONDITIONS, ITEM, NUMBERS, PROJECTIONS, SUMS, UPDATES, VALUES } from './expression-cases.ts';

const unavailable = whyUnavailable();
if (unavailable) console.warn(`comparison with DynamoDB Local skipped: ${unavailable}`);

describe.skipIf(unavailable)('comparison with DynamoDB Local: expressions', { timeout: 20_000 }, () => {
  let stack: ComparedStack;
  const key = { pk: ITEM.pk, sk: ITEM.sk };

  beforeAll(async () => {
    stack = await startComparedStack();
    await expectSame('PutItem', { TableName: TABLE, Item: ITEM });
  }, 30_000);
  afterAll(() => stack?.close());

  async function expectSame(operation: string, input: unknown): Promise<void> {
    const { ours, theirs } = await stack.both(operation, input);
    expect(ours, JSON.stringify(input).slice(0, 500)).toEqual(theirs);
  }

  it(`answers ${CONDITIONS.length} conditions alike`, async () => {
    for (const ConditionExpression of CONDITIONS) {
      await expectSame('PutItem', {
        TableName: TABLE,
        Item: ITEM,
        ConditionExpression,
        ...valuesOf(ConditionExpression),
      });
    }
  });

  it(`answers ${UPDATES.length} updates alike, and leaves the same item`, async () => {
    for (const UpdateExpression of UPDATES) {
      await stack.both('PutItem', { TableName: TABLE, Item: ITEM });
      const update = { TableName: TABLE, Key: key, UpdateExpression, ...valuesOf(UpdateExpression) };
      await expectSame('UpdateItem', { ...update, ReturnValues: 'ALL_NEW' });
    }
  });

  it('gives a new item the same attributes', async () => {
    const missing = { TableName: TABLE, Key: { pk: { S: 'none' }, sk: { N: '1' } } };
    for (const UpdateExpression of ['SET q = :v', 'REMOVE q', 'SET m.q = :v', 'ADD q :v', 'DELETE q :ss']) {
      await stack.both('DeleteItem', missing);
      await expectSame('UpdateItem', { ...missing, UpdateExpression, ...valuesOf(UpdateExpression) });
      await expectSame('GetItem', missing);
    }
  });

  it(`shows the same for ${PROJECTIONS.length} projections`, async () => {
    await stack.both('PutItem', { TableName: TABLE, Item: ITEM });
    for (const ProjectionExpression of PROJECTIONS) {
      await expectSame('GetItem', { TableName: TABLE, Key: key, ProjectionExpression });
    }
  });

  it('reads, keeps and adds numbers alike', async () => {
    const at = { pk: { S: 'number' }, sk: { N: '1' } };
    for (const number of NUMBERS) {
      await expectSame('PutItem', { TableName: TABLE, Item: { ...at, v: { N: number } } });
      await expectSame('GetItem', { TableName: TABLE, Key: at });
      await expectSame('PutItem', { TableName: TABLE, Item: { pk: { S: 'number' }, sk: { N: number } } });
    }
    for (const [start, change] of SUMS) {
      for (const operator of ['+', '-']) {
        await expectSame('PutItem', { TableName: TABLE, Item: { ...at, v: { N: start } } });
        const values = { ExpressionAttributeValues: { ':c': { N: change } }, ReturnValues: 'ALL_NEW' };
        await expectSame('UpdateItem', {
          TableName: TABLE,
          Key: at,
          UpdateExpression: `SET v = v ${operator} :c`,
          ...values,
        });
      }
    }
  });

  it('admits and refuses the same attribute values', async () => {
    for (const value of ATTRIBUTE_VALUES) {
      await expectSame('PutItem', { TableName: TABLE, Item: { pk: { S: 'value' }, sk: { N: '1' }, v: value } });
    }
  });

  it.each([
    [{ ExpressionAttributeNames: { '#n': 'n' } }],
    [{ ConditionExpression: '' }],
    [{ ConditionExpression: '  ' }],
    [{ ConditionExpression: 'attribute_exists(n)', ExpressionAttributeNames: { '#n': 'n' } }],
    [{ ConditionExpression: 'attribute_exists(n)', ExpressionAttributeValues: { ':v': { N: '1' } } }],
    [{ ConditionExpression: '#n = n', ExpressionAttributeNames: { '#n': 'n' } }],
    [{ ConditionExpression: '#n = s', ExpressionAttributeNames: { '#n': 'n', '#m': 'm', '#k': 'k' } }],
    [{ ConditionExpression: '#n = s', ExpressionAttributeNames: {} }],
    [{ ConditionExpression: '#n = s', ExpressionAttributeNames: { n: 'n' } }],
    [{ ConditionExpression: '#n = s', ExpressionAttributeNames: { '#n': '' } }],
    [{ ConditionExpression: '#n-a = s', ExpressionAttributeNames: { '#n-a': 'n' } }],
    [{ ConditionExpression: 'n = :v', ExpressionAttributeValues: {} }],
    [{ ConditionExpression: 'n = :v', ExpressionAttributeValues: { v: { N: '1' } } }],
    [{ ConditionExpression: 'n = :v', ExpressionAttributeValues: { ':v': {} } }],
  ])('refuses the same placeholders: %j', async (expressions) => {
    await expectSame('PutItem', { TableName: TABLE, Item: ITEM, ...expressions });
  });
});

/** The values that an expression names. */
function valuesOf(expression: string) {
  const used = Object.entries(VALUES).filter(([name]) => new RegExp(`${name}(?![a-z])`).test(expression));
  return used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {};
}
