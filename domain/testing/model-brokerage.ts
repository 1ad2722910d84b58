import { calendarDate } from '../calendar/instant.ts';
import { orderIdOf } from '../identifiers.ts';
import { shares } from '../instruments/shares.ts';
import { depositEntry, withdrawalEntry, withdrawalPaidEntry } from '../ledger/cash-entries.ts';
import { custodyInEntry } from '../ledger/house-entries.ts';
import { cents } from '../money/cents.ts';
import { applyExecutionReports } from '../orders/apply-execution-reports.ts';
import { blockReserve } from '../orders/block-reserve.ts';
import { rejectOrder } from '../orders/end-order.ts';
import type { ExecutionReport } from '../orders/execution-report.ts';
import type { Order } from '../orders/order.ts';
import type { OrderChange, OrderEvent } from '../orders/order-change.ts';
import { requestCancel } from '../orders/request-cancel.ts';
import { requestReplace } from '../orders/request-replace.ts';
import { validateForExecution } from '../orders/validate-for-execution.ts';
import { bringIntoCustody } from '../positions/position.ts';
import { ANA, aContext, acceptedChange, NOON, PETR4, someFacts } from './builders.ts';
import { ModelBook } from './model-book.ts';
import { ModelExchange } from './model-exchange.ts';

const TODAY = calendarDate('2026-11-24');

/** A client at a brokerage at an exchange, whose reports are heard late, twice, and in any order. */
export class ModelBrokerage {
  readonly book = new ModelBook();
  readonly exchange = new ModelExchange();
  readonly events = new Map<string, OrderEvent[]>();
  #sequence = 0;

  constructor() {
    this.book.book(depositEntry(this.#cash(100_000_000)), 100_000_000);
    const seed = {
      key: 'seed',
      accountId: ANA,
      isin: PETR4.isin,
      quantity: shares(2000),
      tradeDate: TODAY,
      atMs: NOON,
    };
    this.book.book(custodyInEntry(seed));
    this.book.position = bringIntoCustody(this.book.position, shares(2000), cents(6_000_000));
  }

  deposit(amount: number): void {
    this.book.book(depositEntry(this.#cash(amount)), amount);
  }

  withdraw(amount: number): void {
    if (this.book.money('available') < amount) return;
    const cash = this.#cash(amount);
    this.book.book(withdrawalEntry(cash), -amount);
    this.book.book(withdrawalPaidEntry(cash));
  }

  hear(reports: readonly ExecutionReport[]): void {
    for (const id of new Set(reports.map((report) => orderIdOf(report.clOrdId)))) {
      let rest = reports.filter((report) => orderIdOf(report.clOrdId) === id);
      while (rest.length > 0) {
        const applied = applyExecutionReports(this.#order(id), rest, aContext({ actor: 'EXCHANGE' }));
        if (applied.change) this.#apply(applied.change);
        rest = [...applied.rest];
      }
    }
  }

  place(step: { isBuy: boolean; isMarket: boolean; lots: number; price: number }): void {
    this.#sequence += 1;
    const terms = { side: step.isBuy ? 'BUY' : 'SELL', quantity: shares(step.lots * 100) } as const;
    const kind = step.isMarket ? 'MARKET' : 'LIMIT';
    const request = { ...terms, type: kind, limitPriceCents: step.isMarket ? null : cents(step.price) } as const;
    const accepted = acceptedChange(request, PETR4, `ORD-${this.#sequence}`);
    this.#apply(accepted);
    const { order } = accepted;
    const verdict = validateForExecution(order, this.#facts());
    if (!verdict.ok) {
      this.#apply(rejectOrder(order, verdict.refusal.code, null, aContext()));
      return;
    }
    const blocked = blockReserve(order, verdict.reservation, aContext());
    if (blocked.ok && this.#apply(blocked.change)) this.exchange.enter(blocked.change.order);
  }

  cancel(order: Order | undefined, arrives: boolean): void {
    if (!order) return;
    const decision = requestCancel(order, aContext());
    if (!decision.ok || !decision.change) return;
    this.#apply(decision.change);
    const pending = decision.change.order.pendingRequest;
    if (pending && arrives) this.exchange.cancel(pending.clOrdId);
  }

  replace(order: Order | undefined, step: { lots: number; price: number; isWilling: boolean }): void {
    if (!order || order.limitPriceCents === null) return;
    const wanted = { quantity: shares(step.lots * 100), limitPriceCents: cents(step.price) };
    const decision = requestReplace(order, wanted, this.#facts(), aContext());
    if (!decision.ok || !this.#apply(decision.change)) return;
    const pending = decision.change.order.pendingRequest;
    if (pending) this.exchange.replace(pending.clOrdId, wanted.quantity, wanted.limitPriceCents, step.isWilling);
  }

  #apply(change: OrderChange | null): boolean {
    if (!change || !this.book.apply(change)) return false;
    this.events.set(change.order.orderId, [...(this.events.get(change.order.orderId) ?? []), change.event]);
    return true;
  }

  #facts() {
    const [availableCents, blockedCents] = [cents(this.book.money('available')), cents(this.book.money('blocked'))];
    const [receivableCents, payableCents] = [cents(this.book.money('receivable')), cents(this.book.money('payable'))];
    const balance = { availableCents, blockedCents, receivableCents, payableCents };
    return someFacts({ balance, freeQuantity: shares(this.book.shares('free')) });
  }

  pick(index: number): Order | undefined {
    const orders = [...this.book.orders.values()];
    return orders[index % (orders.length || 1)];
  }

  #order(id: string): Order {
    const order = this.book.orders.get(id);
    if (!order) throw new Error(`no order ${id}`);
    return order;
  }

  #cash(amount: number) {
    this.#sequence += 1;
    return { key: `cash-${this.#sequence}`, accountId: ANA, amountCents: cents(amount), atMs: NOON, tradeDate: TODAY };
  }
}
