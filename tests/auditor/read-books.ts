import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type {
  BalanceRecord,
  Books,
  EntryRecord,
  EventRecord,
  FillRecord,
  KeyRecord,
  OrderRecord,
  PositionRecord,
  TransferRecord,
} from './books.ts';
import { readArchivedEventIds } from './read-archive.ts';
import { readExecutions } from './read-exchange.ts';
import type { AuditorSettings } from './settings.ts';

/** Items of a table that holds several kinds, told apart by their sort key. */
interface Item {
  readonly item: string;
}

/** Reads everything, over the AWS API and the exchange's own. Tables are read one beside the other, so a busy stack may move meanwhile. */
export async function readBooks(settings: AuditorSettings): Promise<Books> {
  const aws = {
    endpoint: settings.awsEndpoint,
    region: 'sa-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const dynamodb = new DynamoDBClient(aws);
  const s3 = new S3Client({ ...aws, forcePathStyle: true });
  try {
    const [orders, accounts, entries, events, transfers, executions, archivedEventIds, nowMs] = await Promise.all([
      scan<Item>(dynamodb, 'Orders'),
      scan<Item>(dynamodb, 'Accounts'),
      scan<EntryRecord>(dynamodb, 'Ledger'),
      scan<StoredEvent>(dynamodb, 'Audit'),
      scan<TransferRecord>(dynamodb, 'Transfers'),
      readExecutions(settings),
      readArchivedEventIds(s3),
      stackTime(settings),
    ]);
    return {
      nowMs,
      orders: having<OrderRecord>(orders, (item) => item === 'ORDER'),
      fills: having<FillRecord>(orders, (item) => item.startsWith('FILL#')),
      keys: having<KeyRecord>(orders, (item) => item === 'KEY'),
      balances: having<BalanceRecord>(accounts, (item) => item === 'BALANCE'),
      positions: having<PositionRecord>(accounts, (item) => item.startsWith('POSITION#')),
      entries,
      events: events.map(withPayload),
      transfers,
      executions,
      archivedEventIds,
    };
  } finally {
    dynamodb.destroy();
    s3.destroy();
  }
}

function having<Shape>(items: readonly Item[], wanted: (item: string) => boolean): readonly Shape[] {
  return items.filter(({ item }) => wanted(item)) as readonly object[] as readonly Shape[];
}

async function scan<Shape>(dynamodb: DynamoDBClient, TableName: string): Promise<Shape[]> {
  const items: Shape[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    for (const item of page.Items ?? []) items.push(unmarshall(item) as Shape);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

async function stackTime({ awsEndpoint }: AuditorSettings): Promise<number> {
  const answer = await fetch(`${awsEndpoint}/_local/clock`);
  if (!answer.ok) throw new Error(`the stack's clock answers ${answer.status}`);
  return ((await answer.json()) as { nowMs: number }).nowMs;
}

/** The Audit table keeps an event's payload as JSON text. */
type StoredEvent = Omit<EventRecord, 'payload'> & { readonly payload: string };

function withPayload(stored: StoredEvent): EventRecord {
  return { ...stored, payload: JSON.parse(stored.payload) as EventRecord['payload'] };
}
