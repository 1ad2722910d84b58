import { formatInstant } from '@brokerage/domain/calendar/instant';
import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { readAll } from './paging.ts';
import type { Tables } from './tables.ts';

/**
 * An audit event as the Audit table keeps it: partition key `orderId`, sort key `seq`. The payload is JSON text: nobody queries within it, and
 * it passes from the transaction to the stream and its reader without being taken apart on the way. `accountId` and `eventKey` are the
 * keys of the index `byAccount`: what an account's orders went through, in order of time. They follow from the event and are not sealed.
 */
export type AuditItem = Omit<OrderEvent, 'subjectId' | 'payload'> & {
  readonly orderId: string;
  readonly payload: string;
  readonly accountId: string;
  readonly eventKey: string;
};

/** Digits of a `seq` within a key: as texts they must sort as numbers do. */
const SEQ_DIGITS = 6;

/** Sorts the events of one account by time, and those of one order by `seq`. */
function eventKey(event: Pick<OrderEvent, 'atMs' | 'subjectId' | 'seq'>): string {
  return `${formatInstant(event.atMs)}#${event.subjectId}#${String(event.seq).padStart(SEQ_DIGITS, '0')}`;
}

export function toAuditItem({ subjectId, payload, ...event }: OrderEvent): AuditItem {
  return {
    ...event,
    orderId: subjectId,
    payload: JSON.stringify(payload),
    accountId: payload.order.accountId,
    eventKey: eventKey({ ...event, subjectId }),
  };
}

export function toOrderEvent(item: AuditItem): OrderEvent {
  const { orderId, payload, accountId: _account, eventKey: _key, ...event } = item;
  return { ...event, subjectId: orderId, payload: JSON.parse(payload) as OrderEvent['payload'] };
}

/** The events of an order from a seq on, oldest first. */
export type ReadAuditTrail = (orderId: string, fromSeq: number) => Promise<readonly OrderEvent[]>;

export function createAuditTrailReader(tables: Tables, table: string): ReadAuditTrail {
  return async (orderId, fromSeq) => {
    const key = { expression: 'orderId = :order AND seq >= :from', values: { ':order': orderId, ':from': fromSeq } };
    return (await readAll<AuditItem>((after) => tables.query({ table, key, after }))).map(toOrderEvent);
  };
}
