import type { OrderEvent } from '@brokerage/domain/orders/order-change';
import { readAll } from './paging.ts';
import type { Tables } from './tables.ts';

/** An audit event as the Audit table keeps it: partition key `orderId`, sort key `seq`. */
export type AuditItem = Omit<OrderEvent, 'subjectId'> & { readonly orderId: string };

export function toAuditItem({ subjectId, ...event }: OrderEvent): AuditItem {
  return { ...event, orderId: subjectId };
}

export function toOrderEvent({ orderId, ...event }: AuditItem): OrderEvent {
  return { ...event, subjectId: orderId };
}

/** The events of an order from a seq on, oldest first. */
export type ReadAuditTrail = (orderId: string, fromSeq: number) => Promise<readonly OrderEvent[]>;

export function createAuditTrailReader(tables: Tables, table: string): ReadAuditTrail {
  return async (orderId, fromSeq) => {
    const key = { expression: 'orderId = :order AND seq >= :from', values: { ':order': orderId, ':from': fromSeq } };
    return (await readAll<AuditItem>((after) => tables.query({ table, key, after }))).map(toOrderEvent);
  };
}
