import { startTestStack } from '../../../testing/test-stack.ts';
import { createDynamoDb } from '../dynamodb.service.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';
import { type WireAnswer, type WireClient, wireClient } from './wire-client.ts';

/** Local-aws and DynamoDB Local side by side, with the same table in both. */
export interface ComparedStack {
  /** What each answers to the same command, made comparable. */
  both(operation: string, input: unknown): Promise<{ readonly ours: unknown; readonly theirs: unknown }>;
  close(): Promise<void>;
}

export const TABLE = 'Compared';

const DECLARATION = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'g', AttributeType: 'S' },
    { AttributeName: 'l', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byG',
      KeySchema: [
        { AttributeName: 'g', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'byL',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'l', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['x'] },
    },
  ],
};

export async function startComparedStack(): Promise<ComparedStack> {
  const [stack, local] = await Promise.all([startTestStack([createDynamoDb]), startDynamoDbLocal()]);
  const ours = wireClient(stack.endpoint);
  const theirs = local.client;
  for (const client of [ours, theirs]) await created(client);
  return {
    both: async (operation, input) => {
      const [own, other] = await Promise.all([ours(operation, input), theirs(operation, input)]);
      return { ours: comparable(own), theirs: comparable(other) };
    },
    close: async () => {
      await Promise.all([stack.close(), local.stop()]);
    },
  };
}

async function created(client: WireClient): Promise<void> {
  const answer = await client('CreateTable', DECLARATION);
  if (answer.kind === 'error') throw new Error(`CreateTable: ${answer.message}`);
}

/**
 * Refusals whose wording in the build of 2020 is not AWS's: of them the code alone is compared. All that expressions say is
 * AWS's to the letter, save the way in which values and lists of types are written out.
 */
const OTHER_WORDING = [
  /The BETWEEN operator requires/,
  /Invalid attribute type name found/,
  /numeric value|into a number|38/,
  /part of the key/,
  /Index [Kk]ey|secondary index|Type mismatch|Missing the key|was not given a value/,
  /conditions on the keys|does not match the schema|must be scalars|nested (attributes|operations)|operator used/,
  /resource not found|non-existent table/,
  /failed to satisfy constraint|Return values set|must be ALL_ATTRIBUTES|Limit must be|can be used only when/,
  /[Cc]onsistent read|missed key schema element|starting key|Exclusive Start Key/,
  /[Ss]ets? +(can|may)|contains duplicates/,
  /client token|^$|^undefined$/,
];

function comparable(answer: WireAnswer): unknown {
  if (answer.kind === 'output') return canonical(answer.output);
  const message = OTHER_WORDING.some((wording) => wording.test(answer.message)) ? undefined : answer.message;
  return { code: answer.code, message, reasons: canonical(answer.reasons), item: canonical(answer.item) };
}

/** Sets in order, numbers without the zeros that the older build leaves after an addition, no full stop after a reason. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (['SS', 'NS', 'BS'].includes(name) && Array.isArray(member)) return [name, [...member].sort()];
      if (name === 'N' && typeof member === 'string' && /\.\d*0$/.test(member)) {
        return [name, member.replace(/\.?0+$/, '')];
      }
      if (name === 'Message' && typeof member === 'string') return [name, member.replace(/\.$/, '')];
      return [name, canonical(member)];
    }),
  );
}
