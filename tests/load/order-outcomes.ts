import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';

export interface Outcome {
  readonly status: string;
  readonly receivedAtMs: number;
  readonly updatedAtMs: number;
}

const ENDED = ['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED'];
const POLL_MS = 250;

/** Waits until every order received since `sinceMs` has ended and returns what became of each. */
export async function awaitOutcomes(awsPort: number, sinceMs: number, limitMs: number): Promise<Outcome[]> {
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${awsPort}`,
    region: 'sa-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const deadline = performance.now() + limitMs;
  for (;;) {
    const outcomes = await scanOrders(client, sinceMs);
    const open = outcomes.filter(({ status }) => !ENDED.includes(status)).length;
    if (open === 0) return outcomes;
    if (performance.now() > deadline) throw new Error(`${open} orders had not ended after ${limitMs} ms`);
    await delay(POLL_MS);
  }
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
