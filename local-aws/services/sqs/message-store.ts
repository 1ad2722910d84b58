import type { StatementSync } from 'node:sqlite';
import type { SqlValue, Store, Writer } from '../../kernel/store.ts';

/** A message as it is sent. Digests are hexadecimal MD5, `attributes` is the API's shape as JSON. */
export interface NewMessage {
  readonly messageId: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly attributes: string | null;
  readonly attributesMd5: string | null;
  readonly traceHeader: string | null;
  readonly groupId: string | null;
  readonly senderId: string;
  readonly sentAtMs: number;
  readonly visibleAtMs: number;
}

export interface StoredMessage extends NewMessage {
  readonly sequence: number;
  readonly receiveCount: number;
  readonly firstReceivedAtMs: number | null;
  readonly receivedAtMs: number | null;
  readonly deadLetterSourceArn: string | null;
}

/** Names one receive of one message: what a receipt handle holds. */
export interface Receipt {
  readonly queueId: number;
  readonly sequence: number;
  readonly receiveCount: number;
  readonly messageId: string;
}

export interface Depths {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** In the order that `messageOf` reads them in. */
const COLUMNS = `sequence, message_id, body, body_md5, attributes, attributes_md5, trace_header, group_id, sender_id, sent_at_ms,
  visible_at_ms, receive_count, first_received_at_ms, received_at_ms, dead_letter_source_arn`;

const RECEIPT = 'sequence = ?1 AND queue_id = ?2 AND receive_count = ?3 AND message_id = ?4';

/**
 * Messages of all queues. A message is visible from `visible_at_ms` on: delay and visibility timeout are the same
 * column, told apart by whether it was ever received.
 */
export class MessageStore {
  readonly #insert: Writer;
  readonly #take: Writer;
  readonly #deadLetter: Writer;
  readonly #delete: Writer;
  readonly #deleteReceipt: Writer;
  readonly #deleteAll: Writer;
  readonly #deleteExpired: Writer;
  readonly #setVisible: Writer;
  readonly #visible: StatementSync;
  readonly #receivedAt: StatementSync;
  readonly #depths: StatementSync;
  readonly #nextVisible: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS sqs_messages (
      sequence INTEGER PRIMARY KEY, queue_id INTEGER NOT NULL, message_id TEXT NOT NULL,
      sent_at_ms INTEGER NOT NULL, visible_at_ms INTEGER NOT NULL, receive_count INTEGER NOT NULL,
      first_received_at_ms INTEGER, received_at_ms INTEGER, dead_letter_source_arn TEXT, sender_id TEXT NOT NULL,
      trace_header TEXT, group_id TEXT, body_md5 TEXT NOT NULL, attributes_md5 TEXT, attributes TEXT, body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS sqs_messages_visible ON sqs_messages (queue_id, visible_at_ms)`);
    this.#insert = store.writer(`INSERT INTO sqs_messages (queue_id, message_id, body, body_md5, attributes,
      attributes_md5, trace_header, group_id, sender_id, sent_at_ms, visible_at_ms, receive_count)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`);
    this.#take = store.writer(`UPDATE sqs_messages SET visible_at_ms = ?2, receive_count = ?3, received_at_ms = ?4,
      first_received_at_ms = ?5 WHERE sequence = ?1`);
    this.#deadLetter = store.writer(`UPDATE sqs_messages SET queue_id = ?2, visible_at_ms = ?3,
      dead_letter_source_arn = ?4 WHERE sequence = ?1`);
    this.#delete = store.writer('DELETE FROM sqs_messages WHERE sequence = ?');
    this.#deleteReceipt = store.writer(`DELETE FROM sqs_messages WHERE ${RECEIPT}`);
    this.#deleteAll = store.writer('DELETE FROM sqs_messages WHERE queue_id = ?');
    this.#deleteExpired = store.writer('DELETE FROM sqs_messages WHERE queue_id = ? AND sent_at_ms <= ?');
    this.#setVisible = store.writer(`UPDATE sqs_messages SET visible_at_ms = ?5 WHERE ${RECEIPT}`);
    // A bare parameter as limit is read by SQLite's planner, which therefore compiles the statement anew each time.
    this.#visible = store.reader(`SELECT ${COLUMNS} FROM sqs_messages WHERE queue_id = ? AND visible_at_ms <= ?
      ORDER BY visible_at_ms, sequence LIMIT ? + 0`);
    this.#visible.setReturnArrays(true);
    this.#receivedAt = store.reader(`SELECT received_at_ms AS receivedAtMs, visible_at_ms AS visibleAtMs
      FROM sqs_messages WHERE ${RECEIPT}`);
    this.#depths = store.reader(`SELECT count(*) FILTER (WHERE visible_at_ms <= ?2) AS visible,
      count(*) FILTER (WHERE visible_at_ms > ?2 AND received_at_ms IS NOT NULL) AS inFlight,
      count(*) FILTER (WHERE visible_at_ms > ?2 AND received_at_ms IS NULL) AS delayed
      FROM sqs_messages WHERE queue_id = ?1 AND sent_at_ms > ?3`);
    this.#nextVisible = store.reader(`SELECT min(visible_at_ms) AS atMs FROM sqs_messages
      WHERE queue_id = ? AND visible_at_ms > ?`);
  }

  insert(queueId: number, message: NewMessage): void {
    this.#insert.run(
      queueId,
      message.messageId,
      message.body,
      message.bodyMd5,
      message.attributes,
      message.attributesMd5,
      message.traceHeader,
      message.groupId,
      message.senderId,
      message.sentAtMs,
      message.visibleAtMs,
    );
  }

  /** Visible messages, those visible longest first. */
  visible(queueId: number, nowMs: number, limit: number): StoredMessage[] {
    return (this.#visible.all(queueId, nowMs, limit) as unknown as SqlValue[][]).map(messageOf);
  }

  /** Writes down one more receive, which hides the message until `visibleAtMs`. */
  take(message: StoredMessage, nowMs: number, visibleAtMs: number): StoredMessage {
    const receiveCount = message.receiveCount + 1;
    const firstReceivedAtMs = message.firstReceivedAtMs ?? nowMs;
    this.#take.run(message.sequence, visibleAtMs, receiveCount, nowMs, firstReceivedAtMs);
    return { ...message, receiveCount, firstReceivedAtMs, receivedAtMs: nowMs, visibleAtMs };
  }

  /** Moves a message as it is, with its id, its age and its receive count. */
  deadLetter(sequence: number, targetQueueId: number, nowMs: number, sourceArn: string): void {
    this.#deadLetter.run(sequence, targetQueueId, nowMs, sourceArn);
  }

  delete(sequence: number): void {
    this.#delete.run(sequence);
  }

  /** Deletes the message if this was its latest receive. */
  deleteReceipt({ sequence, queueId, receiveCount, messageId }: Receipt): void {
    this.#deleteReceipt.run(sequence, queueId, receiveCount, messageId);
  }

  deleteAll(queueId: number): void {
    this.#deleteAll.run(queueId);
  }

  deleteExpired(queueId: number, sentByMs: number): void {
    this.#deleteExpired.run(queueId, sentByMs);
  }

  setVisible({ sequence, queueId, receiveCount, messageId }: Receipt, visibleAtMs: number): void {
    this.#setVisible.run(sequence, queueId, receiveCount, messageId, visibleAtMs);
  }

  /** When the message of this receipt was received and comes back, if this was its latest receive. */
  received(receipt: Receipt): { receivedAtMs: number; visibleAtMs: number } | undefined {
    const { sequence, queueId, receiveCount, messageId } = receipt;
    const row = this.#receivedAt.get(sequence, queueId, receiveCount, messageId);
    return row as { receivedAtMs: number; visibleAtMs: number } | undefined;
  }

  /** Counts of messages sent after `sentAfterMs`. */
  depths(queueId: number, nowMs: number, sentAfterMs: number): Depths {
    return this.#depths.get(queueId, nowMs, sentAfterMs) as unknown as Depths;
  }

  nextVisibleMs(queueId: number, afterMs: number): number | undefined {
    return (this.#nextVisible.get(queueId, afterMs)?.atMs as number | null) ?? undefined;
  }
}

function messageOf(row: readonly SqlValue[]): StoredMessage {
  return {
    sequence: row[0] as number,
    messageId: row[1] as string,
    body: row[2] as string,
    bodyMd5: row[3] as string,
    attributes: row[4] as string | null,
    attributesMd5: row[5] as string | null,
    traceHeader: row[6] as string | null,
    groupId: row[7] as string | null,
    senderId: row[8] as string,
    sentAtMs: row[9] as number,
    visibleAtMs: row[10] as number,
    receiveCount: row[11] as number,
    firstReceivedAtMs: row[12] as number | null,
    receivedAtMs: row[13] as number | null,
    deadLetterSourceArn: row[14] as string | null,
  };
}
