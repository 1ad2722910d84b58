import { expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { createDynamoDb } from './dynamodb.service.ts';

const kernel = new Kernel();
const dynamodb = createDynamoDb(kernel);
kernel.register(dynamodb);
const ADMINISTRATOR = { kind: 'administrator', accessKeyId: 'test' } as const;
const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const hashKey = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];
const index = { IndexName: 'byAccount', KeySchema: hashKey('account'), Projection: { ProjectionType: 'ALL' } };
const table = {
  TableName: 'Orders',
  KeySchema: hashKey('id'),
  AttributeDefinitions: [attribute('id'), attribute('account')],
  GlobalSecondaryIndexes: [index],
  BillingMode: 'PAY_PER_REQUEST',
};
kernel.call('dynamodb', 'CreateTable', table, ADMINISTRATOR);
const ARN = kernel.arn('dynamodb', 'table/Orders');

const TableName = 'Orders';
const Key = (id: string) => ({ id: { S: id } });
const equal = (name: string, value: string) => ({
  KeyConditionExpression: '#k = :k',
  ExpressionAttributeNames: { '#k': name },
  ExpressionAttributeValues: { ':k': { S: value } },
});
it.each<[string, object, [action: string, resource: string, keys: string[] | undefined][]]>([
  ['GetItem', { TableName, Key: Key('a') }, [['GetItem', ARN, ['a']]]],
  ['PutItem', { TableName, Item: { ...Key('a'), n: { N: '1' } } }, [['PutItem', ARN, ['a']]]],
  ['Query', { TableName, ...equal('id', 'a') }, [['Query', ARN, ['a']]]],
  [
    'Query',
    { TableName, IndexName: 'byAccount', ...equal('account', 'ana') },
    [['Query', `${ARN}/index/byAccount`, ['ana']]],
  ],
  ['Scan', { TableName }, [['Scan', ARN, undefined]]],
  ['BatchGetItem', { RequestItems: { Orders: { Keys: [Key('a'), Key('b')] } } }, [['BatchGetItem', ARN, ['a', 'b']]]],
  [
    'BatchWriteItem',
    { RequestItems: { Orders: [{ PutRequest: { Item: Key('a') } }, { DeleteRequest: { Key: Key('b') } }] } },
    [['BatchWriteItem', ARN, ['a', 'b']]],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName, Item: Key('a') } },
        { Update: { TableName, Key: Key('b') } },
        { Delete: { TableName, Key: Key('c') } },
        { ConditionCheck: { TableName, Key: Key('d') } },
      ],
    },
    [
      ['PutItem', ARN, ['a']],
      ['UpdateItem', ARN, ['b']],
      ['DeleteItem', ARN, ['c']],
      ['ConditionCheckItem', ARN, ['d']],
    ],
  ],
])('%s of %j', (operation, input, expected) => {
  const requests = dynamodb.access?.[operation]?.(input) ?? [];
  const told = requests.map(({ action, resource, context }) => [
    action.replace('dynamodb:', ''),
    resource,
    context?.()['dynamodb:LeadingKeys'],
  ]);
  expect(told).toEqual(expected);
});
