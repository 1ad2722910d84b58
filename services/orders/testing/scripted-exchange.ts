import type {
  CancelRequest,
  ExecutionReport,
  NewOrder,
  ReplaceRequest,
  RequestAnswer,
} from '@brokerage/contracts/exchange';
import type { ExchangeResult } from '../exchange-call.ts';
import type { ExchangeGateway } from '../exchange-gateway.ts';

type OrderFields = Pick<ExecutionReport, 'account' | 'symbol' | 'side' | 'ordType' | 'timeInForce'>;

/** An order as the scripted exchange holds it. */
interface HeldOrder {
  readonly firstClOrdId: string;
  readonly fields: OrderFields;
  clOrdId: string;
  quantity: number;
  cumQty: number;
  ended: 'CANCELED' | 'REJECTED' | 'EXPIRED' | null;
  readonly reports: ExecutionReport[];
}

const NO_FIELDS: OrderFields = { account: null, symbol: null, side: null, ordType: null, timeInForce: null };

/**
 * An exchange that does what a test says: each ClOrdID is answered once, an unknown one that is cancelled is buried. Matching is the
 * test's: `onEntry` fills what comes in, `trade` fills what rests.
 */
export class ScriptedExchange implements ExchangeGateway {
  /** away: no connection. silent: the request is done, the answer lost. deaf: nothing done, no answer. */
  mood: 'fine' | 'away' | 'silent' | 'deaf' = 'fine';
  /** [quantity, price in centavos] of each fill of an order that comes in. */
  onEntry: readonly (readonly [number, number])[] = [];
  refuseEntry: 'PRICE_OUT_OF_BAND' | null = null;
  refuseRequests = false;
  /** Runs after a request was done and before its answer is given. */
  beforeAnswer: (() => Promise<void>) | null = null;
  readonly received: string[] = [];
  readonly #orders = new Map<string, HeldOrder>();
  readonly #answers = new Map<string, RequestAnswer>();
  readonly #tombstones = new Map<string, ExecutionReport[]>();
  readonly #nowMs: () => number;
  readonly #log: ExecutionReport[] = [];
  #seq = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  sendOrder(order: NewOrder) {
    return this.#answer(order.clOrdId, () => this.#enter(order));
  }

  cancel(request: CancelRequest) {
    return this.#answer(request.clOrdId, () => this.#cancel(request));
  }

  replace(request: ReplaceRequest) {
    return this.#answer(request.clOrdId, () => this.#replace(request));
  }

  async orderState(clOrdId: string): ReturnType<ExchangeGateway['orderState']> {
    if (this.mood === 'away') return { kind: 'unavailable', reason: 'connection refused' };
    if (this.mood !== 'fine') return { kind: 'unknown', reason: 'no answer within 3000 ms' };
    const buried = this.#tombstones.get(clOrdId);
    const order = this.#orderOf(clOrdId);
    if (!buried && !order) return { kind: 'answered', answer: null };
    const executions = buried ?? order?.reports ?? [];
    const last = executions.at(-1);
    if (!last) throw new Error('nothing was ever said of it');
    const figures = { orderQty: last.orderQty, priceCents: null, stopPriceCents: null };
    const state = { ordStatus: last.ordStatus, cumQty: last.cumQty, leavesQty: last.leavesQty, executions, ...figures };
    const ids = { clOrdId, firstClOrdId: last.firstClOrdId, currentClOrdId: last.clOrdId };
    return { kind: 'answered', answer: { kind: buried ? 'TOMBSTONE' : 'ORDER', ...ids, ...state } };
  }

  async executionsSince(sinceSeq: number, limit: number): ReturnType<ExchangeGateway['executionsSince']> {
    if (this.mood !== 'fine') return { kind: 'unavailable', reason: 'connection refused' };
    const reports = this.#log.slice(sinceSeq, sinceSeq + limit);
    return { kind: 'answered', answer: { reports, lastSeq: this.#seq } };
  }

  async isReachable() {
    return this.mood === 'fine';
  }

  /** A fill of a resting order; answers its report, as the webhook would bring it. */
  trade(clOrdId: string, quantity: number, priceCents: number, execId?: string): ExecutionReport {
    const order = this.#known(clOrdId);
    order.cumQty += quantity;
    return this.#report(order, { execType: 'TRADE', lastQty: quantity, lastPxCents: priceCents, execId });
  }

  knows(clOrdId: string): boolean {
    return this.#orderOf(clOrdId) !== undefined;
  }

  /** All reports of an order so far. */
  reportsOf(clOrdId: string): readonly ExecutionReport[] {
    return this.#known(clOrdId).reports;
  }

  async #answer(clOrdId: string, run: () => readonly ExecutionReport[]): Promise<ExchangeResult<RequestAnswer>> {
    this.received.push(clOrdId);
    if (this.mood === 'away') return { kind: 'unavailable', reason: 'connection refused' };
    if (this.mood === 'deaf') return { kind: 'unknown', reason: 'no answer within 3000 ms' };
    let answer = this.#answers.get(clOrdId);
    if (!answer) {
      const executions = run();
      const { ordStatus, cumQty, leavesQty, firstClOrdId } = executions.at(-1) as ExecutionReport;
      answer = { clOrdId, firstClOrdId, ordStatus, cumQty, leavesQty, executions: [...executions] };
      this.#answers.set(clOrdId, answer);
    }
    const meanwhile = this.beforeAnswer;
    this.beforeAnswer = null;
    await meanwhile?.();
    return this.mood === 'silent'
      ? { kind: 'unknown', reason: 'no answer within 3000 ms' }
      : { kind: 'answered', answer };
  }

  #enter(message: NewOrder): readonly ExecutionReport[] {
    const { clOrdId, account, symbol, side, ordType, timeInForce, quantity } = message;
    const fields = { account, symbol, side, ordType, timeInForce };
    const order: HeldOrder = { firstClOrdId: clOrdId, clOrdId, fields, quantity, cumQty: 0, ended: null, reports: [] };
    const rejectReason = this.#tombstones.has(clOrdId) ? 'TOMBSTONE' : this.refuseEntry;
    if (rejectReason) {
      order.ended = 'REJECTED';
      if (!this.#tombstones.has(clOrdId)) this.#orders.set(clOrdId, order);
      return [this.#report(order, { execType: 'REJECTED', rejectReason })];
    }
    this.#orders.set(clOrdId, order);
    const entered = this.#report(order, { execType: 'NEW' });
    const trades = this.onEntry.map(([lastQty, lastPxCents]) => {
      order.cumQty += lastQty;
      return this.#report(order, { execType: 'TRADE', lastQty, lastPxCents });
    });
    const isImmediate = timeInForce === 'IOC' || timeInForce === 'FOK';
    if (!isImmediate || order.cumQty === quantity) return [entered, ...trades];
    order.ended = 'CANCELED';
    const cancelReason = timeInForce === 'IOC' ? 'IOC_REMAINDER' : 'FOK_NOT_FILLED';
    return [entered, ...trades, this.#report(order, { execType: 'CANCELED', cancelReason })];
  }

  #cancel({ clOrdId, origClOrdId }: CancelRequest): readonly ExecutionReport[] {
    const order = this.#orderOf(origClOrdId);
    if (!order) return [this.#bury(clOrdId, origClOrdId)];
    const isOpen = order.ended === null && order.cumQty < order.quantity && !this.refuseRequests;
    if (!isOpen)
      return [this.#report(order, { execType: 'CANCEL_REJECTED', clOrdId, origClOrdId, rejectReason: 'TOO_LATE' })];
    order.ended = 'CANCELED';
    return [this.#report(order, { execType: 'CANCELED', clOrdId, origClOrdId, cancelReason: 'REQUESTED' })];
  }

  #replace({ clOrdId, origClOrdId, quantity }: ReplaceRequest): readonly ExecutionReport[] {
    const order = this.#known(origClOrdId);
    const isOpen = order.ended === null && order.cumQty < order.quantity;
    if (this.refuseRequests || !isOpen || (quantity ?? order.quantity) <= order.cumQty) {
      return [this.#report(order, { execType: 'REPLACE_REJECTED', clOrdId, origClOrdId, rejectReason: 'TOO_LATE' })];
    }
    order.clOrdId = clOrdId;
    order.quantity = quantity ?? order.quantity;
    return [this.#report(order, { execType: 'REPLACED', clOrdId, origClOrdId })];
  }

  #bury(clOrdId: string, origClOrdId: string): ExecutionReport {
    const order = {
      firstClOrdId: origClOrdId,
      clOrdId,
      fields: NO_FIELDS,
      quantity: 0,
      cumQty: 0,
      ended: 'CANCELED' as const,
    };
    const reports = this.#tombstones.get(origClOrdId) ?? [];
    this.#tombstones.set(origClOrdId, reports);
    return this.#report({ ...order, reports }, { execType: 'CANCELED', origClOrdId, cancelReason: 'TOMBSTONE' });
  }

  #orderOf(clOrdId: string): HeldOrder | undefined {
    const first = this.#answers.get(clOrdId)?.firstClOrdId ?? clOrdId;
    return this.#orders.get(first);
  }

  #known(clOrdId: string): HeldOrder {
    const order = this.#orderOf(clOrdId);
    if (!order) throw new Error(`the exchange does not know ${clOrdId}`);
    return order;
  }

  #report(order: HeldOrder, event: Partial<ExecutionReport> & Pick<ExecutionReport, 'execType'>): ExecutionReport {
    this.#seq += 1;
    const leavesQty = order.ended === null ? order.quantity - order.cumQty : 0;
    const report: ExecutionReport = {
      seq: this.#seq,
      ordStatus: order.ended ?? (leavesQty === 0 ? 'FILLED' : order.cumQty > 0 ? 'PARTIALLY_FILLED' : 'NEW'),
      firstClOrdId: order.firstClOrdId,
      clOrdId: order.clOrdId,
      ...{ origClOrdId: null, ...order.fields, orderQty: order.quantity, priceCents: null, stopPriceCents: null },
      ...{ lastQty: null, lastPxCents: null, aggressor: null, rejectReason: null, cancelReason: null },
      cumQty: order.cumQty,
      leavesQty,
      tradeDate: '2026-11-24',
      transactTimeMs: this.#nowMs(),
      ...event,
      execId: event.execId ?? `E${this.#seq}`,
    };
    order.reports.push(report);
    this.#log.push(report);
    return report;
  }
}
