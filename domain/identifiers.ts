import { assert } from './assert.ts';
import type { Brand } from './brand.ts';

/** The order's identity for its whole life, `ORD-…`. It is also its first ClOrdID at the exchange. */
export type OrderId = Brand<string, 'OrderId'>;
export type AccountId = Brand<string, 'AccountId'>;
/** FIX ClOrdID: one request about an order. Unique for ever; a repeated one is answered with its first result. */
export type ClOrdId = Brand<string, 'ClOrdId'>;
/** FIX ExecID. Unique per instrument only, so a fill's key is always (OrderId, ExecutionId). */
export type ExecutionId = Brand<string, 'ExecutionId'>;

const SEPARATOR = '.';

export function orderId(text: string): OrderId {
  assert(text.length > 0 && !text.includes(SEPARATOR), `order id "${text}" is empty or contains "${SEPARATOR}"`);
  return text as OrderId;
}

export function accountId(text: string): AccountId {
  assert(text.length > 0, 'account id is empty');
  return text as AccountId;
}

export function clOrdId(text: string): ClOrdId {
  assert(text.length > 0, 'ClOrdID is empty');
  return text as ClOrdId;
}

export function executionId(text: string): ExecutionId {
  assert(text.length > 0, 'ExecID is empty');
  return text as ExecutionId;
}

/** The ClOrdID of a new order is the order id itself. */
export function firstClOrdId(id: OrderId): ClOrdId {
  return clOrdId(id);
}

/** The n-th form of an order at the exchange, n from 2: `ORD-….2`, `ORD-….3`. */
export function replaceClOrdId(id: OrderId, form: number): ClOrdId {
  return clOrdId(`${id}${SEPARATOR}${form}`);
}

/** The n-th request to cancel an order, n from 1: `ORD-….C1`. Apart from the forms, so that those count on without gaps. */
export function cancelClOrdId(id: OrderId, attempt: number): ClOrdId {
  return clOrdId(`${id}${SEPARATOR}C${attempt}`);
}

/** The order that any of our ClOrdIDs speaks of. */
export function orderIdOf(id: ClOrdId): OrderId {
  return orderId(id.split(SEPARATOR, 1)[0] ?? '');
}
