import { type ClOrdId, clOrdId, executionId, orderIdOf } from '../identifiers.ts';
import { shares } from '../instruments/shares.ts';
import { type Cents, cents } from '../money/cents.ts';
import type { ExecutionReport, TradeReport } from '../orders/execution-report.ts';
import type { Order } from '../orders/order.ts';
import { NOON } from './builders.ts';

interface Standing {
  clOrdId: ClOrdId;
  quantity: number;
  priceCents: number;
  cumulative: number;
  ended: boolean;
  readonly isBuy: boolean;
}

/** An exchange that only keeps its word: it fills within the limits it was given and reports what it does, once. */
export class ModelExchange {
  readonly #standing = new Map<string, Standing>();
  readonly #reports: ExecutionReport[] = [];
  #executions = 0;

  /** Reports so far, oldest first. */
  get reports(): readonly ExecutionReport[] {
    return this.#reports;
  }

  enter({ orderId, clOrdId: id, quantity, reservePriceCents, side }: Order): void {
    const terms = { clOrdId: id, quantity, priceCents: reservePriceCents ?? 0 };
    const standing = { ...terms, cumulative: 0, ended: false, isBuy: side === 'BUY' };
    this.#standing.set(orderId, standing);
    this.#report(standing, { execType: 'NEW', priceCents: null });
  }

  /** Fills some of an order, at its limit or better. */
  fill(orderId: string, lots: number, improvementCents: number): void {
    const standing = this.#live(orderId);
    if (!standing) return;
    const lastQty = Math.min(lots * 100, standing.quantity - standing.cumulative);
    standing.cumulative += lastQty;
    standing.ended = standing.cumulative === standing.quantity;
    const price = standing.isBuy
      ? Math.max(1, standing.priceCents - improvementCents)
      : standing.priceCents + improvementCents;
    this.#report(standing, {
      execType: 'TRADE',
      lastQty: shares(lastQty),
      lastPxCents: cents(price),
      priceCents: null,
    });
  }

  expire(orderId: string): void {
    const standing = this.#live(orderId);
    if (standing) this.#end(standing, 'EXPIRED');
  }

  cancel(id: ClOrdId): void {
    const standing = this.#live(orderIdOf(id));
    if (standing) this.#end(standing, 'CANCELED');
    else this.#refuse(id);
  }

  replace(id: ClOrdId, quantity: number, price: Cents, isWilling: boolean): void {
    const standing = this.#live(orderIdOf(id));
    if (!standing || !isWilling || quantity <= standing.cumulative) {
      this.#refuse(id);
      return;
    }
    const origClOrdId = standing.clOrdId;
    Object.assign(standing, { clOrdId: id, quantity, priceCents: price });
    this.#report(standing, { execType: 'REPLACED', origClOrdId });
  }

  cumulative(orderId: string): number {
    return this.#standing.get(orderId)?.cumulative ?? 0;
  }

  #live(orderId: string): Standing | undefined {
    const standing = this.#standing.get(orderId);
    return standing?.ended ? undefined : standing;
  }

  #end(standing: Standing, execType: 'EXPIRED' | 'CANCELED'): void {
    standing.ended = true;
    this.#report(standing, { execType, reason: null });
  }

  #refuse(id: ClOrdId): void {
    const standing = this.#standing.get(orderIdOf(id));
    if (standing) this.#report({ ...standing, clOrdId: id }, { execType: 'CANCEL_REJECT', reason: 'TOO_LATE' });
  }

  #report(standing: Standing, body: ReportBody): void {
    this.#executions += 1;
    const header = {
      clOrdId: clOrdId(standing.clOrdId),
      execId: executionId(`X${this.#executions}`),
      cumQty: shares(standing.cumulative),
      leavesQty: shares(standing.ended ? 0 : standing.quantity - standing.cumulative),
      transactTimeMs: NOON,
    };
    this.#reports.push({ ...header, ...body } as ExecutionReport);
  }
}

type ReportBody =
  | { execType: 'NEW'; priceCents: null }
  | Pick<TradeReport, 'execType' | 'lastQty' | 'lastPxCents' | 'priceCents'>
  | { execType: 'EXPIRED' | 'CANCELED' | 'CANCEL_REJECT'; reason: string | null }
  | { execType: 'REPLACED'; origClOrdId: ClOrdId };
