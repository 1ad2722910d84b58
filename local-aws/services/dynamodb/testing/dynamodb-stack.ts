import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startTestStack, type TestStack } from '../../../testing/test-stack.ts';
import { createDynamoDb } from '../dynamodb.service.ts';
import { createDynamoDbStreams } from '../dynamodb-streams.service.ts';
import { type DynamoDbFaults, noFaults } from '../faults.ts';

export interface DynamoDbStack extends TestStack {
  readonly client: DynamoDBClient;
  readonly faults: DynamoDbFaults;
  /** Makes a table as CloudFormation would; what is given is added to a table `Orders` with the keys pk and sk. */
  table(properties?: Readonly<Record<string, unknown>>, type?: string): Readonly<Record<string, unknown>>;
}

/** DynamoDB and its streams, with a client of the SDK. */
export async function startDynamoDbStack(options: { path?: string; startMs?: number } = {}): Promise<DynamoDbStack> {
  const faults = noFaults();
  const stack = await startTestStack([(kernel) => createDynamoDb(kernel, { faults }), createDynamoDbStreams], options);
  const client = new DynamoDBClient(stack.clientConfig);
  return {
    ...stack,
    client,
    faults,
    table: (properties = {}, type = 'AWS::DynamoDB::Table') => {
      const resource = stack.kernel.service('dynamodb').resources?.[type];
      if (!resource) throw new Error(`no resource type ${type}`);
      return resource.apply({ logicalId: 'Orders', type, properties: { ...ORDERS, ...properties } }).attributes;
    },
    close: async () => {
      client.destroy();
      await stack.close();
    },
  };
}

export const ORDERS = {
  TableName: 'Orders',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
  ],
};

/** Key attributes of the table `Orders`. */
export function key(pk: string, sk = 1) {
  return { pk: { S: pk }, sk: { N: String(sk) } };
}
