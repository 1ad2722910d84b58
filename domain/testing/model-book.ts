import { assert } from '../assert.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import { settlementEntry } from '../ledger/trade-entries.ts';
import type { Fill } from '../orders/fill.ts';
import type { Order } from '../orders/order.ts';
import type { OrderChange } from '../orders/order-change.ts';
import { bookFills, emptyPosition, type Position } from '../positions/position.ts';
import { ANA, NOON, PETR4 } from './builders.ts';

const RATES_TEN_MILLIONTHS = [500, 2240, 260];

/**
 * One client's books, kept the slow and obvious way: sums of all postings by account. It applies changes as a store
 * would, with its conditions, and proves the identities I1 to I4 from figures of its own.
 */
export class ModelBook {
  readonly orders = new Map<string, Order>();
  readonly fills = new Map<string, Fill>();
  position: Position = emptyPosition(ANA, PETR4.isin, 'PETR4');
  uncoveredCents = 0;
  readonly #entryIds = new Set<string>();
  readonly #money = new Map<string, number>();
  readonly #shares = new Map<string, number>();
  readonly #settled = new Set<string>();
  #external = 0;

  money(account: string): number {
    return this.#money.get(account) ?? 0;
  }

  shares(account: string): number {
    return this.#shares.get(account) ?? 0;
  }

  get buyingPower(): number {
    return this.money('available') + this.money('receivable');
  }

  /** Books an entry that is no order's; `external` is what came in (+) or went out (-) of the client's money. */
  book(entry: LedgerEntry, external = 0): void {
    assert(!this.#entryIds.has(entry.entryId), `${entry.entryId} is booked twice`);
    this.#entryIds.add(entry.entryId);
    for (const { account, amountCents } of entry.money) add(this.#money, account, amountCents);
    for (const { account, quantity } of entry.shares) add(this.#shares, account, quantity);
    this.#external += external;
  }

  /** Applies a change as one transaction; false when its guard does not hold, and then nothing has happened. */
  apply(change: OrderChange): boolean {
    const { order, guard } = change;
    assert((this.orders.get(order.orderId)?.version ?? 0) === order.version - 1, `${order.orderId} changed meanwhile`);
    if (guard?.kind === 'BUYING_POWER' && this.buyingPower < guard.atLeastCents) return false;
    if (guard?.kind === 'FREE_SHARES' && this.shares('free') < guard.atLeastQuantity) return false;
    for (const entry of change.entries) this.book(entry);
    for (const fill of change.fills) this.fills.set(`${fill.orderId}#${fill.executionId}`, fill);
    this.position = bookFills(this.position, change.fills, change.holdingDelta);
    this.orders.set(order.orderId, order);
    this.uncoveredCents += change.uncoveredCents;
    return true;
  }

  settleAll(): void {
    for (const [key, fill] of this.fills) {
      if (this.#settled.has(key)) continue;
      this.#settled.add(key);
      this.book(settlementEntry(fill, NOON));
    }
  }

  /** Breaks, naming the identity, unless the books are sound. */
  prove(): void {
    this.#proveClientMoney();
    this.#proveHouseMoney();
    for (const order of this.orders.values()) proveQuantities(order);
    const shareSum = [...this.#shares.values()].reduce((sum, quantity) => sum + quantity, 0);
    equal('shares', shareSum, 0);
    equal('free shares', this.position.freeQuantity, this.shares('free'));
    equal('blocked shares', this.position.blockedQuantity, this.shares('blocked'));
  }

  #proveClientMoney(): void {
    const orders = [...this.orders.values()];
    const fills = [...this.fills.values()];
    const net = fills.reduce((sum, fill) => sum + (fill.side === 'SELL' ? fill.netCents : -fill.netCents), 0);
    const client = this.money('available') + this.money('blocked') + this.money('receivable');
    equal('I1', client, this.#external + net);
    const money = [...this.#money.values()].reduce((sum, amount) => sum + amount, 0);
    equal('I2', money, 0);
    const reserves = orders.reduce((sum, order) => sum + naiveReserve(order), 0);
    equal('I3 blocked', this.money('blocked'), reserves);
    equal('I3 payable', this.money('payable'), -this.money('house.unsettled'));
    const blockedShares = orders.reduce((sum, order) => sum + order.blockedQuantity, 0);
    equal('blocked shares of orders', this.shares('blocked'), blockedShares);
  }

  #proveHouseMoney(): void {
    const settledFees = [...this.fills].filter(([key]) => this.#settled.has(key));
    const fees = settledFees.reduce((sum, [, { fees }]) => sum + fees.TRADING + fees.CCP + fees.TTA, 0);
    const clients = this.money('available') + this.money('blocked') + this.money('payable');
    equal('I4', -this.money('house.bank'), clients + this.money('house.payouts') + this.money('house.returns') + fees);
  }
}

/** K by the formula of the reserve, for one trading date, written without the domain's fee code. */
function naiveReserve(order: Order): number {
  const hasEnded = ['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED'].includes(order.status);
  if (order.side === 'SELL' || order.exchangeState === 'UNSENT' || hasEnded) return 0;
  const other = order.pendingRequest?.kind === 'REPLACE' ? order.pendingRequest.otherTerms : order;
  const price = Math.max(order.reservePriceCents ?? 0, other.reservePriceCents ?? 0);
  const isOver = ['CANCELED', 'EXPIRED', 'REJECTED'].includes(order.exchangeState);
  const total = isOver ? order.announcedQuantity : Math.max(order.quantity, other.quantity);
  const gross = Math.max(0, total - order.filledQuantity) * price;
  const already = Object.values(order.grossCentsByTradeDate).reduce((sum, amount) => sum + amount, 0);
  const fee = (value: number) => RATES_TEN_MILLIONTHS.reduce((sum, rate) => sum + Math.floor((value * rate) / 1e7), 0);
  return gross + fee(already + gross) - fee(already);
}

function proveQuantities(order: Order): void {
  const live = !['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED'].includes(order.status);
  const booked = order.filledQuantity <= order.quantity || order.status === 'PENDING_REPLACE';
  assert(booked, `${order.orderId} has ${order.filledQuantity} of ${order.quantity} shares filled`);
  if (!live) equal(`blocked of ended ${order.orderId}`, order.blockedCents + order.blockedQuantity, 0);
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function equal(name: string, actual: number, expected: number): void {
  assert(actual === expected, `${name}: ${actual} instead of ${expected}`);
}
