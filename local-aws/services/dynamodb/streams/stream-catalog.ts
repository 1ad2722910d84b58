import type { StatementSync } from 'node:sqlite';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Store } from '../../../kernel/store.ts';
import type { StreamViewType, TableRecord } from '../tables/table.ts';
import { TableStore } from '../tables/table-store.ts';

export interface Stream {
  readonly id: number;
  readonly arn: string;
  readonly label: string;
  readonly viewType: StreamViewType;
  readonly table: TableRecord;
}

/** The streams of all tables, by ARN. */
export class StreamCatalog {
  readonly #find: StatementSync;
  readonly #tableArnPrefix: string;
  /** Streams met so far, with the row they came from. */
  readonly #known = new Map<string, { readonly record: string; readonly stream: Stream }>();

  constructor(store: Store, tableArnPrefix: string) {
    new TableStore(store);
    this.#find = store.reader('SELECT record FROM dynamodb_tables WHERE name = ?');
    this.#tableArnPrefix = tableArnPrefix;
  }

  stream(arn: unknown): Stream {
    const stream = typeof arn === 'string' ? this.#read(arn) : undefined;
    if (stream) return stream;
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  }

  #read(arn: string): Stream | undefined {
    if (!arn.startsWith(this.#tableArnPrefix)) return undefined;
    const [tableName = '', , label] = arn.slice(this.#tableArnPrefix.length).split('/');
    const record = this.#find.get(tableName)?.record as string | undefined;
    if (record === undefined) return undefined;
    const known = this.#known.get(arn);
    if (known?.record === record) return known.stream;
    const table = JSON.parse(record) as TableRecord;
    if (!table.stream || table.stream.label !== label) return undefined;
    const stream = { ...table.stream, arn, table };
    this.#known.set(arn, { record, stream });
    return stream;
  }
}
