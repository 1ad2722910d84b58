import type { ExecutionReport } from '@brokerage/domain/orders/execution-report';
import type { Order } from '@brokerage/domain/orders/order';
import type { RejectReason } from '@brokerage/domain/orders/refusal';
import type { Reservation } from '@brokerage/domain/orders/validate-for-execution';
import type { Position } from '@brokerage/domain/positions/position';

/**
 * What goes from one state of the order saga to the next, as JSON: the order as last seen, so that no step reads it
 * again. It may be out of date: the store's conditions find that out, and the step then decides anew.
 * `position`: of a sale, as ValidateBalance read it.
 */
interface Carried {
  readonly order: Order;
  readonly position: Position | null;
}

/** PARK: the exchange is away, so the order waits for it. ASK: its outcome is open, so the resolver asks. */
export type Suspension = 'PARK' | 'ASK';

/** What `next` names is the state that the saga's choices go to. */
export type ToBlock = Carried & { readonly next: 'BLOCK'; readonly reservation: Reservation };
export type ToExecute = Carried & { readonly next: 'EXECUTE' };
export type ToConfirm = Carried & { readonly next: 'CONFIRM'; readonly reports: readonly ExecutionReport[] };
/** With `reports` the exchange has refused; with `rejection` nothing was sent; with neither the client took it back. */
export type ToRollBack = Carried & {
  readonly next: 'ROLLBACK';
  readonly reports?: readonly ExecutionReport[];
  readonly rejection?: { readonly reason: RejectReason; readonly text: string };
};
export type ToSuspend = Carried & { readonly next: 'SUSPEND'; readonly suspension: Suspension };

/** The saga's output. IN_DOUBT and PARKED orders go on elsewhere: their message has done its work. */
export type SagaOutcome = 'DONE' | 'PARKED' | 'IN_DOUBT';
export interface ToEnd {
  readonly next: 'END';
  readonly outcome: SagaOutcome;
  readonly orderId: string;
  readonly status: string;
}

export function ended(order: Order, outcome: SagaOutcome = 'DONE'): ToEnd {
  return { next: 'END', outcome, orderId: order.orderId, status: order.status };
}
