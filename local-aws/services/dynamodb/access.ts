import type { AccessRequest, AccessRule } from '../../kernel/authorization/access-request.ts';
import type { Database } from './database.ts';
import { readExpressions } from './expressions/bindings.ts';
import type { Condition, Operand } from './expressions/condition.ts';
import type { Bindings } from './expressions/condition-evaluation.ts';
import { resolvedName } from './expressions/document-path.ts';
import type { PageInput } from './operations/page-reader.ts';
import type { KeySchema, Table } from './tables/table.ts';

type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Entry = Readonly<{ TableName?: string; Key?: Attributes; Item?: Attributes }>;

/** Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB". */
export function dynamoDbAccess(database: Database): Readonly<Record<string, AccessRule>> {
  const onItem =
    (action: string): AccessRule =>
    (input: Entry) => [itemAccess(action, database.table(input.TableName), [input])];
  const onTable =
    (action: string): AccessRule =>
    ({ TableName }: Entry) => [{ action, resource: database.table(TableName).arn }];
  return {
    GetItem: onItem('dynamodb:GetItem'),
    PutItem: onItem('dynamodb:PutItem'),
    UpdateItem: onItem('dynamodb:UpdateItem'),
    DeleteItem: onItem('dynamodb:DeleteItem'),
    Query: (input: PageInput) => [pageAccess('dynamodb:Query', database, input)],
    Scan: (input: PageInput) => [pageAccess('dynamodb:Scan', database, input)],
    BatchGetItem: ({ RequestItems = {} }: { RequestItems?: Record<string, { Keys?: Attributes[] }> }) =>
      Object.entries(RequestItems).map(([name, { Keys = [] }]) =>
        itemAccess(
          'dynamodb:BatchGetItem',
          database.table(name),
          Keys.map((Key) => ({ Key })),
        ),
      ),
    BatchWriteItem: ({ RequestItems = {} }: { RequestItems?: Record<string, Record<string, Entry>[]> }) =>
      Object.entries(RequestItems).map(([name, entries]) =>
        itemAccess(
          'dynamodb:BatchWriteItem',
          database.table(name),
          entries.flatMap((entry) => Object.values(entry)),
        ),
      ),
    TransactGetItems: ({ TransactItems = [] }: { TransactItems?: Record<string, Entry>[] }) =>
      transactionAccess(database, TransactItems),
    TransactWriteItems: ({ TransactItems = [] }: { TransactItems?: Record<string, Entry>[] }) =>
      transactionAccess(database, TransactItems),
    DescribeTable: onTable('dynamodb:DescribeTable'),
    DescribeTimeToLive: onTable('dynamodb:DescribeTimeToLive'),
    ListTables: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
  };
}

/** A transaction has no permission of its own: each of its actions needs the one it has alone. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

function transactionAccess(database: Database, items: readonly Record<string, Entry>[]): readonly AccessRequest[] {
  const requests: AccessRequest[] = [];
  for (const item of items) {
    for (const kind in item) {
      const action = TRANSACTION_ACTIONS[kind];
      const entry = item[kind] as Entry;
      // What is no action is the operation's to refuse.
      if (action) requests.push(itemAccess(action, database.table(entry.TableName), [entry]));
    }
  }
  return requests;
}

function itemAccess(action: string, table: Table, entries: readonly Entry[]): AccessRequest {
  const context = () => ({
    'dynamodb:LeadingKeys': entries.map(({ Key, Item }) => textOf((Key ?? Item)?.[table.keys.partition.name])),
  });
  return { action, resource: table.arn, context };
}

/** A query of an index needs the permission on the index. A scan has no leading keys, and `ForAllValues` lets it pass, as in AWS. */
function pageAccess(action: string, database: Database, input: PageInput): AccessRequest {
  const table = database.table(input.TableName);
  const { IndexName } = input;
  const keys = table.indexes.find(({ name }) => name === IndexName)?.keys ?? table.keys;
  const context = () => {
    const key = leadingKey(keys, input);
    return key === undefined ? {} : { 'dynamodb:LeadingKeys': [key] };
  };
  return { action, resource: IndexName === undefined ? table.arn : `${table.arn}/index/${IndexName}`, context };
}

function leadingKey(keys: KeySchema, input: PageInput): string | undefined {
  const { keyCondition, bindings } = readExpressions(input);
  const name = keys.partition.name;
  for (const part of keyCondition ? conjuncts(keyCondition.tree) : []) {
    if (part.kind !== 'compare' || part.comparator !== '=') continue;
    const value =
      comparedWith(part.left, part.right, name, bindings) ?? comparedWith(part.right, part.left, name, bindings);
    if (value !== undefined) return value;
  }
  return undefined;
}

function comparedWith(left: Operand, right: Operand, name: string, bindings: Bindings): string | undefined {
  if (left.kind !== 'path' || right.kind !== 'value') return undefined;
  if (resolvedName(String(left.path[0]), bindings.names) !== name) return undefined;
  return textOf(bindings.values[right.placeholder]);
}

function conjuncts(condition: Condition): Condition[] {
  return condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

/** `{"S":"ana"}` → `ana`. */
function textOf(value: Readonly<Record<string, unknown>> | undefined): string {
  return String(Object.values(value ?? {})[0]);
}
