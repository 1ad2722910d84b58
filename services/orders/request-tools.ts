import type { OrderView } from '@brokerage/contracts/rest/orders';
import type { Order } from '@brokerage/domain/orders/order';
import { type ApiAnswer, answer } from '../platform/api-answer.ts';
import { orderView } from '../platform/order-view.ts';
import { sendPendingRequest } from './ask-exchange.ts';
import { type BookingTools, bookReports } from './book-reports.ts';
import type { ExchangeGateway } from './exchange-gateway.ts';
import { fromWire } from './execution-report.ts';
import type { FollowUps } from './follow-up.ts';
import type { OrderReads } from './orders-store.ts';
import { needsExchange } from './sweep-schedule.ts';

/** What a client's request about a live order takes. */
export interface RequestTools extends BookingTools {
  readonly exchange: ExchangeGateway;
  readonly followUps: FollowUps;
}

/** Sends the pending request and books the answer. What stays open is the resolver's: the client need not ask again. */
export async function sendAndBook(tools: RequestTools, order: Order, step: string): Promise<Order> {
  const result = await sendPendingRequest(tools.exchange, order);
  const booked =
    result.kind === 'answered' ? await bookReports(tools, order, result.answer.executions.map(fromWire), step) : order;
  if (needsExchange(booked)) await tools.followUps.ask(booked);
  return booked;
}

/** The order as it is now, with all its fills. */
export async function showOrder(store: OrderReads, { orderId }: Order): Promise<ApiAnswer<OrderView>> {
  const found = await store.findWithFills(orderId);
  if (found === null) throw new Error(`order ${orderId} is gone`);
  return answer(orderView(found.order, found.fills));
}
