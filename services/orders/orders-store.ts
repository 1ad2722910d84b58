import type { EpochMs } from '@brokerage/domain/calendar/instant';
import type { AccountId, OrderId } from '@brokerage/domain/identifiers';
import type { Fill } from '@brokerage/domain/orders/fill';
import type { Order } from '@brokerage/domain/orders/order';
import type { OrderChange } from '@brokerage/domain/orders/order-change';
import type { OrderStatus } from '@brokerage/domain/orders/status';
import type { Position } from '@brokerage/domain/positions/position';

/**
 * What came of writing one change in one transaction.
 * VERSION_CONFLICT: the order is not the one that the change was decided on; read it again and decide again.
 * GUARD_FAILED: the client lacks the money or the shares that the change would take. Nothing is written in either case.
 */
export type CommitResult = 'COMMITTED' | 'VERSION_CONFLICT' | 'GUARD_FAILED';

/** A client's key of a request, scoped to the account, and the hash of what was asked with it. */
export interface RequestKey {
  readonly accountId: AccountId;
  readonly key: string;
  readonly inputHash: string;
  /** When the key may be forgotten; null: never, the order may live for ever. */
  readonly expiresAtMs: EpochMs | null;
}

/** The first answer given under a key, to be given again. */
export interface KeptAnswer {
  readonly inputHash: string;
  readonly orderId: OrderId;
  readonly body: string;
}

export type AcceptResult = { readonly kind: 'ACCEPTED' } | { readonly kind: 'KEY_USED'; readonly answer: KeptAnswer };

export interface OrderWithFills {
  readonly order: Order;
  /** Oldest first. */
  readonly fills: readonly Fill[];
}

export interface OrderFilter {
  readonly status?: OrderStatus;
  readonly symbol?: string;
  readonly clientOrderId?: string;
  readonly fromMs?: EpochMs;
}

/** `next`: where the list goes on; null at its end. A page may be short of `limit`, or empty, and yet not the last. */
export interface OrderList {
  readonly orders: readonly Order[];
  readonly next: string | null;
}

/** Orders and their fills. Consistent but for lists. */
export interface OrderReads {
  find(orderId: OrderId): Promise<Order | null>;
  findWithFills(orderId: OrderId): Promise<OrderWithFills | null>;
  /** The fills of orders that were read before, by order, oldest first. */
  fillsOf(orders: readonly Order[]): Promise<ReadonlyMap<OrderId, readonly Fill[]>>;
  /** Those that exist. */
  findMany(orderIds: readonly OrderId[]): Promise<readonly Order[]>;
  /** Newest first, after `after` (a former `next`). */
  list(accountId: AccountId, filter: OrderFilter, limit: number, after: string | null): Promise<OrderList>;
}

export interface OrdersStore extends OrderReads {
  /** Writes a new order together with the key it was asked under. */
  accept(change: OrderChange, key: RequestKey, body: string): Promise<AcceptResult>;
  /**
   * `step` names the caller: with order and version it makes the transaction's idempotency token. `position`, if the caller
   * has it at hand, spares a sale's booking the read of it; one that has moved meanwhile is read again.
   */
  commit(change: OrderChange, step: string, position?: Position | null): Promise<CommitResult>;
}
