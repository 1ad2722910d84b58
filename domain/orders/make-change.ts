import { assert } from '../assert.ts';
import { CHAIN_START, sealEvent } from '../audit/audit-event.ts';
import { canonicalJson } from '../audit/canonical-json.ts';
import { balanceDeltaOf, holdingDeltaOf } from '../ledger/balance.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import { reserveEntry } from '../ledger/reserve-entries.ts';
import { type Cents, ZERO_CENTS } from '../money/cents.ts';
import type { Fill } from './fill.ts';
import type { Order } from './order.ts';
import type { ChangeContext, Guard, OrderChange, OrderEvent, OrderEventType, OrderSnapshot } from './order-change.ts';
import { currentHold, holdDifference, requiredHold } from './order-hold.ts';
import { assertTransition, hasEnded, statusOf } from './status.ts';

/** What a change books beside the order itself. */
export interface Booked {
  readonly entries?: readonly (LedgerEntry | null)[];
  readonly fills?: readonly Fill[];
  readonly guard?: Guard | null;
  readonly uncoveredCents?: Cents;
}

/** Computes the status anew. An order that has just ended awaits nothing more: what was pending came too late. */
export function withStatus(order: Order): Order {
  const status = statusOf(order);
  assertTransition(order.status, status);
  const next = status === order.status ? order : { ...order, status };
  if (!hasEnded(status) || !next.pendingRequest) return next;
  const amendments = next.amendments.map((amendment) =>
    amendment.outcome === 'PENDING' ? { ...amendment, outcome: 'REFUSED' as const, reason: 'TOO_LATE' } : amendment,
  );
  return { ...next, pendingRequest: null, amendments };
}

/**
 * Brings what the order holds in line with what it must hold, with the entry that moves the difference, if any.
 * `ordinal` tells the entries of one change apart.
 */
export function withHold(
  order: Order,
  kind: 'BLOCK' | 'RELEASE' | 'AMEND',
  context: ChangeContext,
  ordinal = 0,
): { readonly order: Order; readonly entry: LedgerEntry | null } {
  const hold = requiredHold(order);
  const moved = holdDifference(currentHold(order), hold);
  const key = [order.orderId, order.version + 1, ordinal];
  const entry = reserveEntry(kind, key, order, moved, context.atMs);
  return { order: { ...order, blockedCents: hold.moneyCents, blockedQuantity: hold.quantity }, entry };
}

/** Closes a change: next version, next audit event, and what the entries add to the client's balance and holding. */
export function makeChange(
  before: Order | null,
  after: Order,
  type: OrderEventType,
  context: ChangeContext,
  booked: Booked = {},
): OrderChange {
  const entries = (booked.entries ?? []).filter((entry) => entry !== null);
  const fills = booked.fills ?? [];
  const unsealed: Order = {
    ...after,
    version: (before?.version ?? 0) + 1,
    auditSeq: (before?.auditSeq ?? 0) + 1,
    updatedAtMs: context.atMs,
  };
  assertSound(unsealed);
  const event = orderEvent(before, unsealed, type, context, fills, entries);
  return {
    order: { ...unsealed, auditHash: event.hash },
    entries,
    fills,
    event,
    balanceDelta: balanceDeltaOf(entries),
    holdingDelta: holdingDeltaOf(entries),
    guard: booked.guard ?? null,
    uncoveredCents: booked.uncoveredCents ?? ZERO_CENTS,
  };
}

/** Whether two values of an order differ at all. */
export function isChanged(before: Order, after: Order): boolean {
  return Object.keys(formerValues(before, snapshot(after))).length > 0;
}

function assertSound(order: Order): void {
  const hold = requiredHold(order);
  assert(statusOf(order) === order.status, `${order.orderId} is ${order.status}, not what its quantities say`);
  assert(
    hold.moneyCents === order.blockedCents,
    `${order.orderId} holds ${order.blockedCents}, not ${hold.moneyCents}`,
  );
  assert(
    hold.quantity === order.blockedQuantity,
    `${order.orderId} holds ${order.blockedQuantity} shares, not ${hold.quantity}`,
  );
}

function orderEvent(
  before: Order | null,
  after: Order,
  type: OrderEventType,
  { atMs, actor, correlationId, hash }: ChangeContext,
  fills: readonly Fill[],
  entries: readonly LedgerEntry[],
): OrderEvent {
  const order = snapshot(after);
  const payload = {
    type,
    order,
    previous: before ? formerValues(before, order) : {},
    fills,
    entryIds: entries.map((entry) => entry.entryId),
  };
  const previousHash = before?.auditHash ?? CHAIN_START;
  const link = { subjectId: after.orderId, seq: after.auditSeq, atMs, actor, correlationId, payload, previousHash };
  return sealEvent(link, hash);
}

function formerValues(before: Order, now: OrderSnapshot): Partial<OrderSnapshot> {
  const former: Record<string, unknown> = {};
  for (const field of Object.keys(now) as (keyof OrderSnapshot)[]) {
    if (!isSame(before[field], now[field])) former[field] = before[field];
  }
  return former;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && canonicalJson(a) === canonicalJson(b));
}

function snapshot({ auditHash: _hash, executionIds: _ids, ...shown }: Order): OrderSnapshot {
  return shown;
}
