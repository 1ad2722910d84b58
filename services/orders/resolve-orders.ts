import type { RequestAnswer, ExecutionReport as WireReport } from '@brokerage/contracts/exchange';
import { orderId } from '@brokerage/domain/identifiers';
import { rejectOrder } from '@brokerage/domain/orders/end-order';
import type { Order } from '@brokerage/domain/orders/order';
import { parkOrder } from '@brokerage/domain/orders/park-order';
import { mustAskToCancel, requestCancel } from '@brokerage/domain/orders/request-cancel';
import { refuseStale } from '@brokerage/domain/orders/validate-for-execution';
import { entomb, sendPendingRequest } from './ask-exchange.ts';
import { type BookingTools, bookReports } from './book-reports.ts';
import { changeOrder } from './change-order.ts';
import { contextOf } from './decide.ts';
import type { ExchangeResult } from './exchange-call.ts';
import type { ExchangeGateway } from './exchange-gateway.ts';
import { fromWire } from './execution-report.ts';
import type { FollowUps } from './follow-up.ts';
import type { FollowUp } from './order-message.ts';
import { needsExchange } from './sweep-schedule.ts';

export interface ResolveTools extends BookingTools {
  readonly exchange: ExchangeGateway;
  readonly followUps: FollowUps;
}

/** RESOLVED: nothing is open. PARKED: waits for the exchange. LATER: asked again after a while. */
export type Resolution = 'RESOLVED' | 'PARKED' | 'LATER';

/** Ask, cancel, ask again: what one visit may need at most. */
const MAX_ROUNDS = 3;

/**
 * Closes what is open between us and the exchange about an order: an order without an answer, a pending cancel or
 * replacement, executions announced and never told. Only the exchange's word moves anything; while it is
 * silent the order stays as it is.
 */
export async function resolveOrder(tools: ResolveTools, followUp: FollowUp): Promise<Resolution> {
  const found = await tools.store.find(orderId(followUp.orderId));
  if (found === null) throw new Error(`order ${followUp.orderId} does not exist`);
  if (found.exchangeState === 'UNSENT') return giveUp(tools, found);
  let order = found;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (!needsExchange(order)) return 'RESOLVED';
    const answer = await askExchange(tools, order);
    if (answer.kind === 'unavailable' && mayWaitParked(tools, order)) return park(tools, order);
    if (answer.kind !== 'answered') break;
    order = await bookReports(tools, order, answer.answer.map(fromWire), 'resolve');
    if (mustAskToCancel(order)) order = await startCancel(tools, order);
  }
  if (!needsExchange(order)) return 'RESOLVED';
  await tools.followUps.ask(order, followUp.tries + 1);
  return 'LATER';
}

/** All the exchange knows of the request that is open. What it has never heard of is sent, or buried if it is the order itself. */
async function askExchange({ exchange }: ResolveTools, order: Order): Promise<ExchangeResult<readonly WireReport[]>> {
  const state = await exchange.orderState(order.pendingRequest?.clOrdId ?? order.clOrdId);
  if (state.kind !== 'answered') return state;
  if (state.answer !== null) return { kind: 'answered', answer: state.answer.executions };
  return executionsOf(await (order.pendingRequest ? sendPendingRequest(exchange, order) : entomb(exchange, order)));
}

function executionsOf(result: ExchangeResult<RequestAnswer>): ExchangeResult<readonly WireReport[]> {
  return result.kind === 'answered' ? { kind: 'answered', answer: result.answer.executions } : result;
}

/** An order that may still be sent waits for the exchange's return; one that must be taken back is asked about until then. */
function mayWaitParked({ now, calendar }: ResolveTools, order: Order): boolean {
  return order.status === 'PENDING_NEW' && !order.cancelRequested && !refuseStale(order, { nowMs: now(), calendar });
}

/** The sweeper's last resort: an order that no saga could bring to its reserve in several tries. Nothing is blocked. */
async function giveUp(tools: ResolveTools, order: Order): Promise<Resolution> {
  const context = contextOf(tools, 'BROKERAGE', order.correlationId);
  await changeOrder(tools.store, order, 'give-up', (latest) => ({
    ok: true,
    change:
      latest.exchangeState === 'UNSENT'
        ? rejectOrder(latest, 'PROCESSING_FAILED', 'the order could not be processed', context)
        : null,
  }));
  return 'RESOLVED';
}

async function park(tools: ResolveTools, order: Order): Promise<Resolution> {
  const context = contextOf(tools, 'BROKERAGE', order.correlationId);
  await changeOrder(tools.store, order, 'park', (latest) => ({ ok: true, change: parkOrder(latest, context) }));
  return 'PARKED';
}

/** The cancel that the client wanted before the order stood at the exchange. Too late for it is no failure. */
async function startCancel(tools: ResolveTools, order: Order): Promise<Order> {
  const context = contextOf(tools, 'BROKERAGE', order.correlationId);
  const changed = await changeOrder(tools.store, order, 'cancel', (latest) =>
    mustAskToCancel(latest) ? requestCancel(latest, context) : { ok: true, change: null },
  );
  return changed.order;
}
