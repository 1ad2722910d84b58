/** A table as operations see it: compiled once from what was declared, never from the wire again. */
export interface Table {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly keys: KeySchema;
  readonly indexes: readonly SecondaryIndex[];
  /** Attributes that are a key of the table or of an index: the only ones whose type is fixed. */
  readonly keyNames: ReadonlySet<string>;
  readonly stream: TableStream | undefined;
  /** Attribute that holds the epoch second at which an item expires; undefined while time to live is off. */
  readonly timeToLiveAttribute: string | undefined;
  readonly record: TableRecord;
}

export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute | undefined;
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export type KeyType = 'S' | 'N' | 'B';

export interface SecondaryIndex {
  /** Unique among all indexes of all tables, never used again. */
  readonly id: number;
  readonly name: string;
  readonly kind: 'global' | 'local';
  readonly keys: KeySchema;
  /** Attributes a read of the index gives; undefined for all. */
  readonly projected: ReadonlySet<string> | undefined;
}

export interface TableStream {
  readonly id: number;
  readonly arn: string;
  readonly viewType: StreamViewType;
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** What is kept of a table. */
export interface TableRecord {
  readonly id: number;
  readonly createdMs: number;
  readonly tableId: string;
  readonly declaration: TableDeclaration;
  /** Index name → its number within the table. */
  readonly indexNumbers: Readonly<Record<string, number>>;
  readonly nextIndexNumber: number;
  readonly stream: { readonly id: number; readonly label: string; readonly viewType: StreamViewType } | undefined;
}

/** In CreateTable's shape, plus what CloudFormation sets by calls of its own. */
export interface TableDeclaration {
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: KeyType }[];
  readonly BillingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly ProvisionedThroughput?: Throughput | undefined;
  readonly GlobalSecondaryIndexes: readonly IndexDeclaration[];
  readonly LocalSecondaryIndexes: readonly IndexDeclaration[];
  readonly StreamViewType: StreamViewType | undefined;
  readonly TimeToLiveAttribute: string | undefined;
  readonly DeletionProtectionEnabled: boolean;
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexDeclaration {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: {
    readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly NonKeyAttributes?: readonly string[];
  };
  readonly ProvisionedThroughput?: Throughput | undefined;
}

export interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

/** Indexes one table can have over its life. */
const INDEX_NUMBERS_PER_TABLE = 1000;

export function compileTable(record: TableRecord, tableArn: string): Table {
  const { declaration } = record;
  const types = new Map(declaration.AttributeDefinitions.map((entry) => [entry.AttributeName, entry.AttributeType]));
  const keys = compileKeys(declaration.KeySchema, types);
  const compileIndex = (kind: 'global' | 'local') => (index: IndexDeclaration) => ({
    id: record.id * INDEX_NUMBERS_PER_TABLE + (record.indexNumbers[index.IndexName] ?? 0),
    name: index.IndexName,
    kind,
    keys: compileKeys(index.KeySchema, types),
    projected: projectedNames(index, declaration.KeySchema),
  });
  return {
    id: record.id,
    name: declaration.TableName,
    arn: tableArn,
    keys,
    indexes: [
      ...declaration.GlobalSecondaryIndexes.map(compileIndex('global')),
      ...declaration.LocalSecondaryIndexes.map(compileIndex('local')),
    ],
    keyNames: new Set(types.keys()),
    stream: record.stream && {
      id: record.stream.id,
      arn: `${tableArn}/stream/${record.stream.label}`,
      viewType: record.stream.viewType,
    },
    timeToLiveAttribute: declaration.TimeToLiveAttribute,
    record,
  };
}

function compileKeys(schema: readonly KeySchemaElement[], types: ReadonlyMap<string, KeyType>): KeySchema {
  const attribute = (element: KeySchemaElement): KeyAttribute => ({
    name: element.AttributeName,
    type: types.get(element.AttributeName) as KeyType,
  });
  return { partition: attribute(schema[0] as KeySchemaElement), sort: schema[1] && attribute(schema[1]) };
}

function projectedNames(index: IndexDeclaration, tableKeys: readonly KeySchemaElement[]): Set<string> | undefined {
  if (index.Projection.ProjectionType === 'ALL') return undefined;
  const keyNames = [...index.KeySchema, ...tableKeys].map((element) => element.AttributeName);
  return new Set([...keyNames, ...(index.Projection.NonKeyAttributes ?? [])]);
}
