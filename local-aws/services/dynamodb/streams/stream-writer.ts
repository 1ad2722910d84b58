import type { Kernel } from '../../../kernel/kernel.ts';
import { mapSizeBytes } from '../items/attribute-value.ts';
import type { StoredItem } from '../items/item-store.ts';
import type { Table } from '../tables/table.ts';
import { formatSequenceNumber } from './sequence-number.ts';
import { RETENTION_MS, StreamStore } from './stream-store.ts';

export interface ItemImages {
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
  /** Whether time to live removed the item. */
  readonly expired?: boolean;
}

/** Trimming does not run more often than this. */
const TRIM_INTERVAL_MS = 60_000;

/** Appends to tables' streams what their items go through, and trims what is past its retention. */
export class StreamWriter {
  readonly #kernel: Kernel;
  readonly #records: StreamStore;
  #sequence: number;
  #trimming = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#records = new StreamStore(kernel.store);
    this.#sequence = this.#records.newestSequence();
  }

  /** Arms the trimming of what an earlier run of the stack left. */
  resume(): void {
    const nowMs = this.#kernel.clock.nowMs();
    this.#records.trim(nowMs);
    this.#armTrim(this.#records.oldestMs(nowMs));
  }

  /** Writes nothing where the table has no stream or the item is as it was. */
  append(table: Table, images: ItemImages): void {
    const { stream } = table;
    if (!stream || images.before?.json === images.after?.json) return;
    const nowMs = this.#kernel.clock.nowMs();
    this.#sequence += 1;
    this.#records.append(stream.id, this.#sequence, nowMs, this.#compose(table, images, nowMs));
    this.#armTrim(nowMs);
    this.#kernel.signals.raise(stream.arn);
  }

  #compose(table: Table, { before, after, expired }: ItemImages, nowMs: number): string {
    const { keys, stream } = table;
    const item = ((after ?? before) as StoredItem).item;
    const keyImage = {
      [keys.partition.name]: item[keys.partition.name],
      ...(keys.sort && { [keys.sort.name]: item[keys.sort.name] }),
    };
    const withNew = after && (stream?.viewType === 'NEW_IMAGE' || stream?.viewType === 'NEW_AND_OLD_IMAGES');
    const withOld = before && (stream?.viewType === 'OLD_IMAGE' || stream?.viewType === 'NEW_AND_OLD_IMAGES');
    const sizeBytes =
      mapSizeBytes(keyImage as never) + (withNew ? after.sizeBytes : 0) + (withOld ? before.sizeBytes : 0);
    const eventName = before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT';
    const eventId = this.#kernel.random.uuid().replaceAll('-', '');
    return (
      `{"eventID":"${eventId}","eventName":"${eventName}","eventVersion":"1.1","eventSource":"aws:dynamodb",` +
      `"awsRegion":"${this.#kernel.region}","dynamodb":{"ApproximateCreationDateTime":${Math.floor(nowMs / 1000)},` +
      `"Keys":${JSON.stringify(keyImage)},${withNew ? `"NewImage":${after.json},` : ''}${withOld ? `"OldImage":${before.json},` : ''}` +
      `"SequenceNumber":"${formatSequenceNumber(this.#sequence)}","SizeBytes":${sizeBytes},"StreamViewType":"${stream?.viewType}"}` +
      `${expired ? ',"userIdentity":{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"}' : ''}}`
    );
  }

  #armTrim(oldestMs: number | undefined): void {
    if (this.#trimming || oldestMs === undefined) return;
    this.#trimming = true;
    const { clock } = this.#kernel;
    clock.setTimer(Math.max(oldestMs + RETENTION_MS, clock.nowMs() + TRIM_INTERVAL_MS), () => {
      this.#trimming = false;
      this.#records.trim(clock.nowMs());
      this.#armTrim(this.#records.oldestMs(clock.nowMs()));
    });
  }
}
