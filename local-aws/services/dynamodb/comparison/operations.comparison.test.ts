import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComparedStack, startComparedStack, TABLE } from './compared-stack.ts';
import { whyUnavailable } from './dynamodb-local.ts';

const unavailable = whyUnavailable();
const SORT_KEYS = ['3', '-2', '10', '0.5', '-100', '7', '10000000000', '2', '33', '-0.1', '0', '100'];
const p = { ':p': { S: 'q' } };

describe.skipIf(unavailable)('comparison with DynamoDB Local: operations', { timeout: 20_000 }, () => {
  let stack: ComparedStack;

  beforeAll(async () => {
    stack = await startComparedStack();
    for (const [index, sortKey] of SORT_KEYS.entries()) {
      await expectSame('PutItem', { TableName: TABLE, Item: itemAt(index, sortKey) });
    }
  }, 30_000);
  afterAll(() => stack?.close());

  async function expectSame(operation: string, input: unknown): Promise<void> {
    const { ours, theirs } = await stack.both(operation, input);
    expect(ours, `${operation} ${JSON.stringify(input).slice(0, 500)}`).toEqual(theirs);
  }

  function expectSameQuery(KeyConditionExpression: string, values: object, rest: object = {}): Promise<void> {
    return expectSame('Query', {
      TableName: TABLE,
      KeyConditionExpression,
      ExpressionAttributeValues: values,
      ...rest,
    });
  }

  it.each([true, false])('queries alike, ScanIndexForward %s', async (ScanIndexForward) => {
    const a = { ...p, ':a': { N: '0' } };
    for (const comparator of ['=', '<', '<=', '>', '>=', '<>']) {
      await expectSameQuery(`pk = :p AND sk ${comparator} :a`, a, { ScanIndexForward });
    }
    await expectSameQuery('pk = :p AND sk BETWEEN :a AND :b', { ...a, ':b': { N: '10' } }, { ScanIndexForward });
    for (const Limit of [undefined, 3, 12, 13]) await expectSameQuery('pk = :p', p, { ScanIndexForward, Limit });
    for (const sk of ['0', '0.2', '-1000', '99999999999']) {
      const ExclusiveStartKey = { pk: { S: 'q' }, sk: { N: sk } };
      await expectSameQuery('pk = :p', p, { ScanIndexForward, Limit: 3, ExclusiveStartKey });
    }
    const filter = { FilterExpression: 'x > :k', ScanIndexForward };
    await expectSameQuery('pk = :p', { ...p, ':k': { N: '4' } }, filter);
    await expectSameQuery('pk = :p', { ...p, ':k': { N: '4' } }, { ...filter, Limit: 4, Select: 'COUNT' });
  });

  it.each([true, false])('queries indexes alike, ScanIndexForward %s', async (ScanIndexForward) => {
    const local = { IndexName: 'byL', ScanIndexForward };
    await expectSameQuery('pk = :p', p, local);
    await expectSameQuery('pk = :p', p, { ...local, Select: 'ALL_ATTRIBUTES' });
    await expectSameQuery('pk = :p', p, { ...local, ProjectionExpression: 'y, l' });
    await expectSameQuery('pk = :p AND begins_with(l, :k)', { ...p, ':k': { S: 'k' } }, { ...local, Limit: 3 });
    await expectSameQuery('pk = :p AND l = :k', { ...p, ':k': { S: 'k1' } }, local);
    const global = { IndexName: 'byG', ScanIndexForward };
    await expectSameQuery('g = :g', { ':g': { S: 'odd' } }, global);
    await expectSameQuery('g = :g AND sk > :a', { ':g': { S: 'even' }, ':a': { N: '1' } }, { ...global, Limit: 2 });
    const ExclusiveStartKey = { pk: { S: 'q' }, sk: { N: '3' }, g: { S: 'even' } };
    await expectSameQuery('g = :g', { ':g': { S: 'even' } }, { ...global, ExclusiveStartKey });
  });

  it.each([
    'sk = :a',
    'pk = :p AND x = :a',
    'pk = :p AND sk = :a AND x = :a',
    'pk = :p OR sk = :a',
    'NOT pk = :p AND sk = :a',
    'pk = :p AND pk = :a',
    'pk > :p AND sk = :a',
    'pk = :a AND sk = :p',
    'begins_with(pk, :p) AND sk = :a',
    'pk = :p AND begins_with(sk, :a)',
    'pk = :p AND contains(sk, :a)',
    'pk = :p AND size(sk) = :a',
    'pk = :p AND attribute_exists(sk) AND sk = :a',
    ':p = pk AND :a < sk',
    'pk.a = :p AND sk = :a',
    '(pk = :p) AND (sk = :a)',
    '(pk = :p AND sk = :a)',
    'pk = :p AND sk > :a AND sk < :a',
    'pk = :p AND sk BETWEEN :a AND :p',
    'sk = :a AND pk = :p',
    'pk = :p AND sk',
    'pk = :p AND NOT sk = :a',
    'pk IN (:p) AND sk = :a',
    'pk <> :p AND sk = :a',
  ])('takes or refuses alike the key condition %s', (condition) =>
    expectSameQuery(condition, { ...p, ':a': { N: '0' } }),
  );

  it.each([
    [{ FilterExpression: 'pk = :p' }],
    [{ FilterExpression: 'attribute_exists(sk)' }],
    [{ FilterExpression: 'x = x' }],
    [{ IndexName: 'none' }],
    [{ Select: 'FOO' }],
    [{ Select: 'ALL_PROJECTED_ATTRIBUTES' }],
    [{ Select: 'COUNT', ProjectionExpression: 'x' }],
    [{ Select: 'SPECIFIC_ATTRIBUTES' }],
    [{ Limit: 0 }],
    [{ ExclusiveStartKey: {} }],
    [{ ExclusiveStartKey: { pk: { S: 'q' } } }],
    [{ ExclusiveStartKey: { pk: { S: 'z' }, sk: { N: '1' } } }],
    [{ ExclusiveStartKey: { pk: { S: 'q' }, sk: { S: '1' } } }],
    [{ ExclusiveStartKey: { pk: { S: 'q' }, sk: { N: '1' }, x: { N: '1' } } }],
  ])('refuses the same queries: %j', (rest) => expectSameQuery('pk = :p', p, rest));

  it('refuses and answers the same transactions', async () => {
    const put = (sk: number, rest: object = {}) => ({
      Put: { TableName: TABLE, Item: { pk: { S: 't' }, sk: { N: String(sk) }, v: { N: '1' } }, ...rest },
    });
    const key = (sk: number) => ({ TableName: TABLE, Key: { pk: { S: 't' }, sk: { N: String(sk) } } });
    const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
    const values = { ExpressionAttributeValues: { ':v': { N: '1' } } };
    const transactions: object[][] = [
      [put(1), put(1)],
      [put(1, isNew), put(2, isNew)],
      [put(1, isNew), put(3, isNew)],
      [put(1, { ...isNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }), put(3, isNew), put(2, isNew)],
      [{ Update: { ...key(1), UpdateExpression: 'SET v = v + :v', ...values } }, { Delete: key(2) }],
      [{ Update: { ...key(1), UpdateExpression: 'SET v = v + :v' } }],
      [{ Update: { ...key(1), UpdateExpression: '' } }],
      [{ ConditionCheck: { ...key(1), ConditionExpression: 'v > :v', ...values } }, put(5)],
      [{ ConditionCheck: { ...key(99), ConditionExpression: 'attribute_exists(pk)' } }, put(6)],
      [{ Delete: { ...key(1), ConditionExpression: 'v = :v', ...values } }],
      [put(1, { ConditionExpression: 'v =' })],
      [put(1, { ConditionExpression: 'v = :v' })],
    ];
    for (const TransactItems of transactions) await expectSame('TransactWriteItems', { TransactItems });
    const gets = [1, 2, 3, 5, 6].map((sk) => ({ Get: key(sk) }));
    await expectSame('TransactGetItems', { TransactItems: gets, ReturnConsumedCapacity: 'TOTAL' });
    await expectSame('TransactGetItems', { TransactItems: [gets[0], gets[0]] });
    for (const number of [7, 7, 8]) {
      await expectSame('TransactWriteItems', { TransactItems: [put(number)], ClientRequestToken: 'token-of-the-test' });
    }
  });

  it('counts the same capacity', async () => {
    const at = { TableName: TABLE, Key: { pk: { S: 'capacity' }, sk: { N: '1' } } };
    const item = { ...at.Key, g: { S: 'g' }, l: { S: 'l' }, x: { N: '1' } };
    for (const ReturnConsumedCapacity of ['TOTAL', 'INDEXES', 'NONE']) {
      const detail = { ReturnConsumedCapacity };
      const set = (name: string) => ({
        ...at,
        ...detail,
        UpdateExpression: `SET ${name} = :v`,
        ExpressionAttributeValues: { ':v': { S: 'moved' } },
      });
      await expectSame('PutItem', { TableName: TABLE, Item: item, ...detail });
      await expectSame('PutItem', { TableName: TABLE, Item: { ...item, big: { S: 'x'.repeat(3000) } }, ...detail });
      await expectSame('UpdateItem', set('other'));
      await expectSame('UpdateItem', set('g'));
      await expectSame('GetItem', { ...at, ...detail });
      await expectSame('GetItem', { ...at, ...detail, ConsistentRead: true });
      await expectSameQuery('pk = :p', p, detail);
      await expectSameQuery('g = :g', { ':g': { S: 'odd' } }, { ...detail, IndexName: 'byG' });
      await expectSame('DeleteItem', { ...at, ...detail });
    }
  });
});

function itemAt(index: number, sortKey: string) {
  return {
    pk: { S: 'q' },
    sk: { N: sortKey },
    g: { S: index % 2 ? 'odd' : 'even' },
    ...(index % 3 && { l: { S: `k${index}` } }),
    x: { N: String(index) },
    y: { S: 'y' },
  };
}
