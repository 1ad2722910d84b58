import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { readAll } from './paging.ts';
import type { Tables } from './tables.ts';

/**
 * An audit event as the Audit table keeps it: partition key `orderId`, sort key `seq`. The payload is JSON text: nobody queries within it, and
 * it passes from the transaction to the stream and its reader without being taken apart on the way.
 */
export type AuditItem = Omit<OrderEvent, 'subjectId' | 'payload'> & {
  readonly orderId: string;
  readonly payload: string;
};

export function toAuditItem({ subjectId, payload, ...event }: OrderEvent): AuditItem {
  return { ...event, orderId: subjectId, payload: JSON.stringify(payload) };
}

export function toOrderEvent({ orderId, payload, ...event }: AuditItem): OrderEvent {
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
