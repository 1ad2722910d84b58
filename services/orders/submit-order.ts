import type { NewOrderRequest, OrderView } from '@brokerage/contracts/rest/orders';
import type { Hash } from '@brokerage/domain/audit/audit-event';
import { canonicalJson } from '@brokerage/domain/audit/canonical-json';
import { calendarDate, type EpochMs, epochMs } from '@brokerage/domain/calendar/instant';
import { goodTillDateEnd } from '@brokerage/domain/calendar/trading-calendar';
import { type AccountId, type OrderId, orderId } from '@brokerage/domain/identifiers';
import { shares } from '@brokerage/domain/instruments/shares';
import { acceptOrder } from '@brokerage/domain/orders/accept-order';
import type { Order } from '@brokerage/domain/orders/order';
import type { OrderRequest } from '@brokerage/domain/orders/order-request';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { Log } from '../platform/log.ts';
import { orderView } from '../platform/order-view.ts';
import type { Queue } from '../platform/queue.ts';
import { contextOf, type DecisionTools } from './decide.ts';
import type { FindInstrument } from './execution-facts.ts';
import type { ClientProfile } from './facts-store.ts';
import type { OrderMessage } from './order-message.ts';
import type { OrdersStore, RequestKey } from './orders-store.ts';

export interface SubmitTools extends DecisionTools {
  readonly store: OrdersStore;
  readonly orders: Pick<Queue, 'send'>;
  readonly findInstrument: FindInstrument;
  readonly findClient: (accountId: string) => Promise<ClientProfile | null>;
  readonly newOrderId: (nowMs: number) => string;
  readonly hash: Hash;
}

/** `requestId` stands in for a key that the client did not give: a repeated invocation makes no second order. */
export interface Submission {
  readonly accountId: AccountId;
  readonly request: NewOrderRequest;
  readonly idempotencyKey: string | null;
  readonly requestId: string;
  readonly correlationId: string;
}

/** Seven days. */
const KEY_LIFE_MS = 7 * 86_400_000;

/**
 * Takes an order: refuses at once what the request and the instrument decide, writes the rest in one transaction with its key and
 * first audit event, and sends it on its way. The same key with the same order answers the first result again.
 */
export async function submitOrder(tools: SubmitTools, submission: Submission, log: Log): Promise<ApiAnswer<OrderView>> {
  const { accountId, request, correlationId } = submission;
  const [instrument, client] = await Promise.all([tools.findInstrument(request.symbol), tools.findClient(accountId)]);
  if (client === null) throw new Error(`account ${accountId} does not exist`);
  const context = contextOf(tools, 'CLIENT', correlationId);
  const id = orderId(tools.newOrderId(context.atMs));
  const clientOrderId = request.clientOrderId ?? submission.idempotencyKey ?? id;
  const origin = { orderId: id, accountId, clientOrderId, feeBand: client.feeBand };
  const decision = acceptOrder(toOrderRequest(request), origin, instrument, context);
  if (!decision.ok) return problem(decision.refusal.code, { facts: decision.refusal.facts });
  const { order } = decision.change;
  const view = orderView(order, []);
  const key = requestKey(tools, submission, order);
  const result = await tools.store.accept(decision.change, key, JSON.stringify(view));
  if (result.kind === 'KEY_USED') {
    if (result.answer.inputHash !== key.inputHash) return problem('IDEMPOTENCY_MISMATCH');
    return accepted(JSON.parse(result.answer.body) as OrderView, result.answer.orderId);
  }
  await enqueue(tools.orders, order, log);
  return accepted(view, id);
}

export function toOrderRequest(request: NewOrderRequest): OrderRequest {
  const { symbol, side, type, timeInForce, quantity, limitPrice, stopPrice, expireDate } = request;
  return {
    ...{ symbol, side, type, timeInForce },
    quantity: shares(quantity),
    limitPriceCents: limitPrice ?? null,
    stopPriceCents: stopPrice ?? null,
    expireDate: expireDate === undefined ? null : calendarDate(expireDate),
  };
}

/** The hash is over the parsed order, so that spelling (30.5 or "30.50") makes no other order. */
function requestKey(tools: SubmitTools, submission: Submission, order: Order): RequestKey {
  const { accountId, request, idempotencyKey, requestId } = submission;
  const key = request.clientOrderId ?? idempotencyKey ?? `request:${requestId}`;
  const inputHash = tools.hash(canonicalJson(request));
  return { accountId, key, inputHash, expiresAtMs: keyExpiry(tools, order) };
}

/** Seven days, or as long as the order may live. */
function keyExpiry({ calendar }: SubmitTools, { timeInForce, expireDate, receivedAtMs }: Order): EpochMs | null {
  if (timeInForce === 'GTC') return null;
  const lastMs = expireDate === null ? receivedAtMs : Math.max(receivedAtMs, goodTillDateEnd(expireDate, calendar));
  return epochMs(lastMs + KEY_LIFE_MS);
}

/** The order is accepted once it is written. If the queue does not take it now, the sweeper finds it. */
async function enqueue(orders: Pick<Queue, 'send'>, order: Order, log: Log): Promise<void> {
  const { orderId: id, accountId, isin, correlationId } = order;
  const message: OrderMessage = { orderId: id, accountId, isin, correlationId };
  await orders.send(message).catch((error: unknown) => {
    log.error('order accepted but not queued: the sweeper will', error, { orderId: id });
  });
}

function accepted(view: OrderView, id: OrderId | string): ApiAnswer<OrderView> {
  return answer(view, { location: `/v1/orders/${id}` });
}
