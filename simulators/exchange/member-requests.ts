import type {
  CancelRequest,
  ExecutionReport,
  NewOrder,
  RejectReason,
  ReplaceRequest,
  RequestAnswer,
} from '@brokerage/contracts/exchange';
import type { LiveOrder } from './live-order.ts';
import { cancelOrder, enterOrder, replaceOrder } from './order-entry.ts';
import type { OrderStore, SeenRequest } from './order-store.ts';
import type { TradingFloor } from './trading-floor.ts';

/** Orders, replacements and cancels by ClOrdID: each runs once, the first answer is for ever, and what was cancelled unseen is refused. */
export class MemberRequests {
  readonly #store: OrderStore;
  readonly #floor: TradingFloor;

  constructor(store: OrderStore, floor: TradingFloor) {
    this.#store = store;
    this.#floor = floor;
  }

  /** `afterwards` runs before the answer is taken, for what the order sets off. */
  enter(message: NewOrder, refused: boolean, afterwards: (symbol: string) => void): RequestAnswer {
    return this.#answerOnce(message.clOrdId, 'ORDER', (seen) => {
      enterOrder(this.#floor, message, priorRefusal(seen, refused));
      afterwards(message.symbol);
      return message.clOrdId;
    });
  }

  replace(message: ReplaceRequest, refused: boolean, afterwards: (symbol: string) => void): RequestAnswer {
    return this.#answerOnce(message.clOrdId, 'REPLACEMENT', (seen) => {
      const order = this.#orderNamed(message.origClOrdId);
      const refusal = priorRefusal(seen, refused);
      if (order === undefined) return this.#refuseUnknown('REPLACE_REJECTED', message, refusal);
      replaceOrder(this.#floor, order, message, refusal);
      afterwards(order.symbol);
      return order.firstClOrdId;
    });
  }

  cancel(message: CancelRequest, refused: boolean): RequestAnswer {
    return this.#answerOnce(message.clOrdId, 'CANCEL', (seen) => {
      const named = this.#store.request(message.origClOrdId);
      const refusal = priorRefusal(seen, refused);
      if (refusal === null && (named === undefined || named.kind === 'TOMBSTONE')) return this.#bury(message, named);
      const order = this.#orderNamed(message.origClOrdId);
      if (order === undefined) return this.#refuseUnknown('CANCEL_REJECTED', message, refusal);
      cancelOrder(this.#floor, order, message, refusal);
      return order.firstClOrdId;
    });
  }

  /** `run` is handed the tombstone that it may find, and answers the order's first ClOrdID. */
  #answerOnce(
    clOrdId: string,
    kind: SeenRequest['kind'],
    run: (seen: SeenRequest | undefined) => string,
  ): RequestAnswer {
    const { reports } = this.#floor;
    const seen = this.#store.request(clOrdId);
    if (seen !== undefined && seen.toSeq > 0) {
      const { firstClOrdId, fromSeq, toSeq } = seen;
      return answerOf(clOrdId, firstClOrdId, this.#store.reportsOf(firstClOrdId, fromSeq, toSeq));
    }
    const fromSeq = reports.lastSeq + 1;
    const firstClOrdId = run(seen);
    const toSeq = reports.lastSeq;
    this.#store.saveRequest({ clOrdId, kind: seen?.kind ?? kind, firstClOrdId, fromSeq, toSeq });
    return answerOf(clOrdId, firstClOrdId, reports.ofCommand(firstClOrdId));
  }

  #orderNamed(clOrdId: string): LiveOrder | undefined {
    const seen = this.#store.request(clOrdId);
    if (seen === undefined || seen.kind === 'CANCEL' || seen.kind === 'TOMBSTONE') return undefined;
    return this.#floor.open.get(seen.firstClOrdId) ?? this.#store.order(seen.firstClOrdId);
  }

  /** Cancels a ClOrdID that has not arrived: whatever comes under it is refused from now on. */
  #bury({ clOrdId, origClOrdId }: CancelRequest, buried: SeenRequest | undefined): string {
    const tombstone = {
      clOrdId: origClOrdId,
      kind: 'TOMBSTONE',
      firstClOrdId: origClOrdId,
      fromSeq: 0,
      toSeq: 0,
    } as const;
    if (buried === undefined) this.#store.saveRequest(tombstone);
    const event = { execType: 'CANCELED', clOrdId, origClOrdId, cancelReason: 'TOMBSTONE' } as const;
    this.#floor.reports.addWithoutOrder(origClOrdId, 'CANCELED', this.#floor.moment, event);
    return origClOrdId;
  }

  #refuseUnknown(
    execType: 'CANCEL_REJECTED' | 'REPLACE_REJECTED',
    { clOrdId, origClOrdId }: CancelRequest,
    refusal: RejectReason | null,
  ): string {
    const event = { execType, clOrdId, origClOrdId, rejectReason: refusal ?? ('UNKNOWN_ORDER' as const) };
    this.#floor.reports.addWithoutOrder(origClOrdId, 'REJECTED', this.#floor.moment, event);
    return origClOrdId;
  }
}

function priorRefusal(seen: SeenRequest | undefined, refused: boolean): RejectReason | null {
  if (seen?.kind === 'TOMBSTONE') return 'TOMBSTONE';
  return refused ? 'REFUSED' : null;
}

function answerOf(clOrdId: string, firstClOrdId: string, executions: ExecutionReport[]): RequestAnswer {
  const last = executions.at(-1);
  if (last === undefined) throw new Error(`${clOrdId} was answered without a report`);
  const { ordStatus, cumQty, leavesQty } = last;
  return { clOrdId, firstClOrdId, ordStatus, cumQty, leavesQty, executions };
}
