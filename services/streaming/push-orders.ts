import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import type { AuditRecord } from '../operations/audit-record.ts';
import { type AttributeMap, fromAttributes } from '../platform/attribute-value.ts';
import { type AuditItem, toOrderEvent } from '../platform/audit-item.ts';
import type { Log } from '../platform/log.ts';
import type { SendFrame } from './connection-gateway.ts';
import { letWait } from './let-wait.ts';
import { eventIdOf, sendOrders } from './send-orders.ts';
import { followsOrders, type StreamConnection } from './stream-connection.ts';
import type { StreamConnectionsStore } from './stream-connections-store.ts';
import type { PushLater, TellWaiting } from './waiting-message.ts';

export interface OrderPushDesk {
  readonly connections: Pick<StreamConnectionsStore, 'ofAccount' | 'find' | 'save' | 'remove'>;
  /** Accounts of which a connection may follow the orders, as of a second ago at the most. */
  readonly followed: () => Promise<ReadonlySet<string>>;
  readonly send: SendFrame;
  readonly tellWaiting: TellWaiting;
  readonly pushLater: PushLater;
  readonly log: Log;
}

/**
 * Tells the connections of each event's account. A read a second finds the accounts that are followed at all, one Query each their connections; the
 * events of the others are not even read. What a connection cannot take waits for it; what fails for an account, or cannot be read, is left to the queue,
 * and the batch goes on. Answers the sequence number of the first record that must come again, because the queue did not take it either; null when there is none.
 */
export async function pushOrders(
  records: readonly AuditRecord[],
  nowMs: number,
  desk: OrderPushDesk,
): Promise<string | null> {
  const followed = await desk.followed();
  const failed = new Set<AuditRecord>();
  const byAccount = Map.groupBy(records, ({ image }) => image?.accountId?.S);
  const pushes = [...byAccount].map(async ([accountId, own]) => {
    if (accountId === undefined || !followed.has(accountId)) return;
    try {
      await pushOrLeave(accountId, own, nowMs, desk);
    } catch (error) {
      desk.log.error('order events could not be left for later', error, { accountId, events: own.length });
      for (const record of own) failed.add(record);
    }
  });
  await Promise.all(pushes);
  return records.find((record) => failed.has(record))?.sequenceNumber ?? null;
}

/** An event that cannot be read is left alone, so that it holds up no other. */
async function pushOrLeave(
  accountId: string,
  records: readonly AuditRecord[],
  nowMs: number,
  desk: OrderPushDesk,
): Promise<void> {
  const { events, unreadable } = readEvents(records, desk.log);
  const untold = [unreadable];
  try {
    await pushToAccount(accountId, events, nowMs, desk);
  } catch (error) {
    desk.log.error('order events could not be pushed', error, { accountId, events: events.length });
    untold.push(events.map(eventIdOf));
  }
  for (const eventIds of untold) if (eventIds.length > 0) await desk.pushLater({ accountId, eventIds });
}

function readEvents(records: readonly AuditRecord[], log: Log) {
  const events: OrderEvent[] = [];
  const unreadable: string[] = [];
  for (const { image, sequenceNumber } of records) {
    try {
      events.push(toOrderEvent(fromAttributes<AuditItem>(image as AttributeMap)));
    } catch (error) {
      log.error('order event cannot be read', error, { sequenceNumber });
      unreadable.push(`${image?.orderId?.S}#${image?.seq?.N}`); // the table's keys, which no item is without
    }
  }
  return { events, unreadable };
}

/** Throws when a connection's events could neither be sent nor put to wait; the others have had theirs. */
export async function pushToAccount(
  accountId: string,
  events: readonly OrderEvent[],
  nowMs: number,
  desk: OrderPushDesk,
): Promise<void> {
  const connections = await desk.connections.ofAccount(accountId);
  const following = connections.filter((connection) => followsOrders(connection, nowMs));
  const pushes = following.map((connection) => pushToConnection(connection, events, nowMs, desk));
  // All come to their end: what is still being sent when a batch comes again would overtake it.
  const failure = (await Promise.allSettled(pushes)).find(({ status }) => status === 'rejected');
  if (failure) throw (failure as PromiseRejectedResult).reason;
}

/** At once, unless something else must reach the connection before. */
async function pushToConnection(
  connection: StreamConnection,
  events: readonly OrderEvent[],
  nowMs: number,
  desk: OrderPushDesk,
): Promise<void> {
  const news = events.filter((event) => !connection.replayed.includes(eventIdOf(event)));
  const isFree = connection.orders === 'LIVE' && connection.waiting.length === 0;
  const { count, outcome } = isFree
    ? await sendOrders(connection.connectionId, news, desk)
    : { count: 0, outcome: null };
  if (outcome === 'GONE') return desk.connections.remove(connection);
  if (count < news.length) await letWait(connection, news.slice(count).map(eventIdOf), nowMs, desk);
}
