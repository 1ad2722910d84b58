import type { CancelReason, ExecType, ExecutionReport, RejectReason } from '@brokerage/contracts/exchange';
import { isOpen, type LiveOrder, leavesQty, ordStatus } from './live-order.ts';
import type { OrderStore } from './order-store.ts';

/** When a command happens: its instant and the trade date it belongs to. */
export interface Moment {
  readonly atMs: number;
  readonly tradeDate: string;
}

/** What an event adds to the order's own fields. */
interface ReportedEvent {
  readonly execType: ExecType;
  readonly execId: string;
  /** The request answered; the order's current ClOrdID when left out. */
  readonly clOrdId?: string;
  readonly origClOrdId?: string;
  readonly lastQty?: number;
  readonly lastPxCents?: number;
  readonly aggressor?: boolean;
  readonly rejectReason?: RejectReason;
  readonly cancelReason?: CancelReason;
}

/** Numbers and stores every report, and every order that one speaks of. */
export class ReportLog {
  readonly #store: OrderStore;
  readonly #touched = new Set<LiveOrder>();
  #ofCommand: ExecutionReport[] = [];
  #lastSeq: number;

  constructor(store: OrderStore) {
    this.#store = store;
    this.#lastSeq = store.lastSeq();
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Reports an event of an order as it stands now. Answers its seq. */
  add(order: LiveOrder, moment: Moment, event: ReportedEvent): number {
    this.#touched.add(order);
    return this.#number({
      ...eventFields(event, order.clOrdId),
      ordStatus: ordStatus(order),
      firstClOrdId: order.firstClOrdId,
      account: order.account,
      symbol: order.symbol,
      side: order.side,
      ordType: order.ordType,
      timeInForce: order.timeInForce,
      orderQty: order.orderQty,
      priceCents: order.priceCents,
      stopPriceCents: order.stopPriceCents,
      cumQty: order.cumQty,
      leavesQty: leavesQty(order),
      tradeDate: moment.tradeDate,
      transactTimeMs: moment.atMs,
    });
  }

  /** Reports about a ClOrdID of which there is no order: a tombstone, or a refused cancel or replacement of something unknown. */
  addWithoutOrder(
    firstClOrdId: string,
    ordStatus: 'CANCELED' | 'REJECTED',
    moment: Moment,
    event: Omit<ReportedEvent, 'execId'>,
  ): number {
    return this.#number({
      // Not a symbol's number: those start with a digit.
      ...eventFields({ ...event, execId: `X${this.#lastSeq + 1}` }, firstClOrdId),
      ordStatus,
      firstClOrdId,
      account: null,
      symbol: null,
      side: null,
      ordType: null,
      timeInForce: null,
      orderQty: 0,
      priceCents: null,
      stopPriceCents: null,
      cumQty: 0,
      leavesQty: 0,
      tradeDate: moment.tradeDate,
      transactTimeMs: moment.atMs,
    });
  }

  /** Those of an order that the running command has made so far, in order. */
  ofCommand(firstClOrdId: string): ExecutionReport[] {
    return this.#ofCommand.filter((report) => report.firstClOrdId === firstClOrdId);
  }

  /** Ends a command: writes the orders that its reports spoke of, as they are now. */
  endCommand(): void {
    for (const order of this.#touched) this.#store.saveOrder(order, isOpen(order));
    this.#touched.clear();
    this.#ofCommand = [];
  }

  #number(report: Omit<ExecutionReport, 'seq'>): number {
    this.#lastSeq += 1;
    const numbered = { seq: this.#lastSeq, ...report };
    this.#store.addReport(numbered);
    this.#ofCommand.push(numbered);
    return this.#lastSeq;
  }
}

function eventFields(event: ReportedEvent, currentClOrdId: string) {
  return {
    execId: event.execId,
    execType: event.execType,
    clOrdId: event.clOrdId ?? currentClOrdId,
    origClOrdId: event.origClOrdId ?? null,
    lastQty: event.lastQty ?? null,
    lastPxCents: event.lastPxCents ?? null,
    aggressor: event.aggressor ?? null,
    rejectReason: event.rejectReason ?? null,
    cancelReason: event.cancelReason ?? null,
  };
}
