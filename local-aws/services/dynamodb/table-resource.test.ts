import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DynamoDbStack, ORDERS, startDynamoDbStack } from './testing/dynamodb-stack.ts';

const GLOBAL = 'AWS::DynamoDB::GlobalTable';
const STREAM = { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };

describe('tables', () => {
  let stack: DynamoDbStack;
  beforeEach(async () => {
    stack = await startDynamoDbStack();
  });
  afterEach(() => stack.close());

  it.each([
    ['AWS::DynamoDB::Table', { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, Tags: [] }],
    [GLOBAL, { Replicas: [{ Region: 'sa-east-1', DeletionProtectionEnabled: true }, { Region: 'us-east-1' }] }],
  ])('makes a %s and describes it', async (type, properties) => {
    const timeToLive = { TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } };
    const attributes = stack.table({ ...properties, ...STREAM, ...timeToLive }, type);
    expect(attributes.Arn).toBe('arn:aws:dynamodb:sa-east-1:000000000000:table/Orders');
    const { Table } = await stack.client.send(new DescribeTableCommand({ TableName: 'Orders' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: attributes.Arn,
      KeySchema: ORDERS.KeySchema,
      LatestStreamArn: attributes.StreamArn,
      DeletionProtectionEnabled: type === GLOBAL,
    });
    const { TimeToLiveDescription } = await stack.client.send(new DescribeTimeToLiveCommand({ TableName: 'Orders' }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  });

  it('is the same table when applied again', () => {
    expect(stack.table(STREAM)).toEqual(stack.table(STREAM));
  });

  it.each([
    ['a property it does not know', 'AWS::DynamoDB::Table', { ResourcePolicy: {} }, /property ResourcePolicy of AWS/],
    [
      'another key schema',
      'AWS::DynamoDB::Table',
      { KeySchema: [ORDERS.KeySchema[0]] },
      /Some AttributeDefinitions are not/,
    ],
    ['provisioned capacity', GLOBAL, { BillingMode: 'PROVISIONED' }, /provisioned BillingMode/],
    ['no replica here', GLOBAL, { Replicas: [{ Region: 'us-east-1' }] }, /without a replica in sa-east-1/],
    ['an unknown property of a replica', GLOBAL, { Replicas: [{ KinesisStreamSpecification: {} }] }, /Kinesis/],
  ])('refuses %s', (_what, type, properties, message) => {
    expect(() => stack.table(properties, type)).toThrow(message);
  });

  it('refuses to change the key of a table', () => {
    stack.table();
    const properties = { KeySchema: [ORDERS.KeySchema[0]], AttributeDefinitions: [ORDERS.AttributeDefinitions[0]] };
    expect(() => stack.table(properties)).toThrow(/exists with another KeySchema/);
  });

  it('is made by the API, too, and listed', async () => {
    const create = (TableName: string) => stack.client.send(new CreateTableCommand({ ...ORDERS, TableName } as never));
    for (const name of ['Ccc', 'Aaa', 'Bbb']) await create(name);
    await expect(create('Aaa')).rejects.toMatchObject({ name: 'ResourceInUseException' });
    const first = await stack.client.send(new ListTablesCommand({ Limit: 2 }));
    expect(first).toMatchObject({ TableNames: ['Aaa', 'Bbb'], LastEvaluatedTableName: 'Bbb' });
    const ExclusiveStartTableName = first.LastEvaluatedTableName;
    const rest = await stack.client.send(new ListTablesCommand({ ExclusiveStartTableName }));
    expect(rest.TableNames).toEqual(['Ccc']);
  });
});
