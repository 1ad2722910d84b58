import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

export interface Outcome {
  readonly status: string;
  readonly receivedAtMs: number;
  readonly updatedAtMs: number;
}

const ENDED = ['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED'];
const POLL_MS = 100;

/**
 * Waits until every order received since `sinceMs` has ended and returns what became of each. The queue's depth is asked for until it is
 * empty, which costs the stack nothing; the orders themselves are read once.
 */
export async function awaitOutcomes(awsPort: number, sinceMs: number, limitMs: number): Promise<Outcome[]> {
  const options = {
    endpoint: `http://127.0.0.1:${awsPort}`,
    region: 'sa-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const dynamodb = new DynamoDBClient(options);
  const sqs = new SQSClient(options);
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    await delay(POLL_MS);
    if ((await depth(sqs, options.endpoint)) > 0) continue;
    const outcomes = await scanOrders(dynamodb, sinceMs);
    if (outcomes.every(({ status }) => ENDED.includes(status))) return outcomes;
  }
  throw new Error(`orders had not ended after ${limitMs} ms`);
}

/** Messages of the Orders queue, those being worked on included. */
async function depth(sqs: SQSClient, endpoint: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: `${endpoint}/000000000000/Orders`,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

async function scanOrders(client: DynamoDBClient, sinceMs: number): Promise<Outcome[]> {
  const pages = paginateScan(
    { client },
    {
      TableName: 'Orders',
      FilterExpression: '#item = :order AND receivedAtMs >= :since',
      ProjectionExpression: '#status, receivedAtMs, updatedAtMs',
      ExpressionAttributeNames: { '#item': 'item', '#status': 'status' },
      ExpressionAttributeValues: { ':order': { S: 'ORDER' }, ':since': { N: String(sinceMs) } },
    },
  );
  const outcomes: Outcome[] = [];
  for await (const { Items = [] } of pages) {
    for (const { status, receivedAtMs, updatedAtMs } of Items) {
      outcomes.push({
        status: status?.S ?? '',
        receivedAtMs: Number(receivedAtMs?.N),
        updatedAtMs: Number(updatedAtMs?.N),
      });
    }
  }
  return outcomes;
}
