import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { type DynamoDbFaults, noFaults } from './faults.ts';
import { IndexStore } from './items/index-store.ts';
import { ItemStore } from './items/item-store.ts';
import { ItemWriter } from './items/item-writer.ts';
import { RangeReader } from './items/range-reader.ts';
import { TimeToLive } from './items/time-to-live.ts';
import { TransactionTokens } from './operations/transaction-tokens.ts';
import { StreamWriter } from './streams/stream-writer.ts';
import { compileTable, type Table, type TableRecord } from './tables/table.ts';
import { TableStore } from './tables/table-store.ts';
import { constraintViolation, validation } from './validation.ts';

/** What the operations share: the tables, their items, and the faults to inject. */
export class Database {
  readonly kernel: Kernel;
  readonly faults: DynamoDbFaults;
  readonly items: ItemStore;
  readonly indexes: IndexStore;
  readonly ranges: RangeReader;
  readonly tokens: TransactionTokens;
  readonly streams: StreamWriter;
  readonly writer: ItemWriter;
  readonly timeToLive: TimeToLive;
  readonly #records: TableStore;
  readonly #tables = new Map<string, Table>();

  constructor(kernel: Kernel, faults: DynamoDbFaults = noFaults()) {
    this.kernel = kernel;
    this.faults = faults;
    this.items = new ItemStore(kernel.store);
    this.indexes = new IndexStore(kernel.store);
    this.ranges = new RangeReader(kernel.store);
    this.tokens = new TransactionTokens(kernel);
    this.streams = new StreamWriter(kernel);
    this.timeToLive = new TimeToLive(kernel.clock, this.items, (change) => this.writer.apply(change));
    this.writer = new ItemWriter(this.items, this.indexes, this.streams, (expiresAtS) =>
      this.timeToLive.expect(expiresAtS),
    );
    this.#records = new TableStore(kernel.store);
    for (const record of this.#records.all()) this.#compile(record);
  }

  /** Timers for what an earlier run of the stack left behind. */
  resume(): void {
    this.streams.resume();
    this.timeToLive.resume(() => this.tables());
  }

  /** The table an operation on items names, by name or ARN. */
  table(nameOrArn: unknown): Table {
    const table = this.find(nameOrArn);
    if (!table) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    return table;
  }

  find(nameOrArn: unknown): Table | undefined {
    const known = this.#tables.get(nameOrArn as string);
    if (known) return known;
    const name = requiredName(nameOrArn);
    return this.#tables.get(name.slice(name.lastIndexOf('/') + 1));
  }

  /** In order of name. */
  tables(): Table[] {
    return [...this.#tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  nextTableId(): number {
    return this.tables().reduce((highest, table) => Math.max(highest, table.id), 0) + 1;
  }

  save(record: TableRecord): Table {
    this.#records.put(record);
    return this.#compile(record);
  }

  /** Draws whether this call is throttled, and refuses it then. */
  throttle(): void {
    if (!this.#strikes(this.faults.throttlingProbability)) return;
    throw new AwsError(
      'ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput for the table was exceeded. ' +
        'Consider increasing your provisioning level with the UpdateTable API.',
    );
  }

  /** Draws whether this write meets a transaction under way. */
  conflicts(): boolean {
    return this.#strikes(this.faults.transactionConflictProbability);
  }

  #strikes(probability: number): boolean {
    return probability > 0 && this.kernel.random.next() < probability;
  }

  #compile(record: TableRecord): Table {
    const table = compileTable(record, this.kernel.arn('dynamodb', `table/${record.declaration.TableName}`));
    this.#tables.set(table.name, table);
    return table;
  }
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const TABLE_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
const TABLE_ARN = /^arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}$/;

function requiredName(given: unknown): string {
  if (typeof given !== 'string') {
    throw validation("The parameter 'TableName' is required but was not present in the request");
  }
  if (TABLE_NAME.test(given) || TABLE_ARN.test(given)) return given;
  if (given.length < 3 || given.length > 255) {
    throw validation('TableName must be at least 3 characters long and at most 255 characters long');
  }
  throw constraintViolation(given, 'tableName', 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
}
