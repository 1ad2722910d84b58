import { setTimeout as pause } from 'node:timers/promises';
import type { OrderView } from '@brokerage/contracts/rest/orders';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import type { Action, PlannedOrder, Step } from '../plan/day-plan.ts';
import type { ApiAnswer, BrokerageApi } from './brokerage-api.ts';

/** What became of one step. */
export interface StepResult {
  readonly step: Step;
  /** Null when there was nobody to ask: the order had not been accepted. */
  readonly answer: Omit<ApiAnswer, 'order'> | null;
  /** How the last amendment of an accepted request to amend ended; null for anything else. */
  readonly amendment: { readonly outcome: string; readonly reason: string | null } | null;
  /** The order's status when the step was over. */
  readonly status: string | null;
  readonly isAcknowledged: boolean;
}

/** An order of the file as the brokerage knows it. */
export interface SentOrder {
  readonly orderId: string;
  readonly apiKey: string;
}

const ACKNOWLEDGEMENT_LIMIT_MS = 30_000;
const FIRST_POLL_MS = 4;
const LONGEST_POLL_MS = 50;

export function isPending({ status }: OrderView): boolean {
  return status.startsWith('PENDING_');
}

/** Sends steps one by one, and is done with each only when the brokerage has acknowledged it. Keeps the ids of accepted orders. */
export class OrderDriver {
  readonly #api: BrokerageApi;
  readonly #orders: ReadonlyMap<string, PlannedOrder>;
  readonly #apiKeys: ReadonlyMap<string, string>;
  readonly #sent = new Map<string, SentOrder>();

  constructor(api: BrokerageApi, orders: ReadonlyMap<string, PlannedOrder>, apiKeys: ReadonlyMap<string, string>) {
    this.#api = api;
    this.#orders = orders;
    this.#apiKeys = apiKeys;
  }

  /** By the file's order number. */
  get sent(): ReadonlyMap<string, SentOrder> {
    return this.#sent;
  }

  async drive(step: Step): Promise<StepResult> {
    const { orderNumber, action } = step;
    const sent = this.#sent.get(orderNumber);
    if (action.kind !== 'PLACE' && !sent) {
      return { step, answer: null, amendment: null, status: null, isAcknowledged: true };
    }
    const { order: accepted, ...answer } = sent ? await this.#change(sent, action) : await this.#place(step);
    const order = accepted && (await this.#acknowledged(accepted, this.#keyOf(orderNumber)));
    const last = action.kind === 'AMEND' ? order?.amendments.at(-1) : undefined;
    const amendment = last ? { outcome: last.outcome, reason: last.reason } : null;
    const status = order?.status ?? answer.statusFact;
    return { step, answer, amendment, status, isAcknowledged: order === null || !isPending(order) };
  }

  async #place({ orderNumber, action }: Step): Promise<ApiAnswer> {
    const { symbol, side } = this.#orders.get(orderNumber) as PlannedOrder;
    const apiKey = this.#keyOf(orderNumber);
    const body = { symbol, side, ...termsOf(action), clientOrderId: orderNumber };
    const answer = await this.#api.send({ method: 'POST', path: '/v1/orders', apiKey, body });
    if (answer.order) this.#sent.set(orderNumber, { orderId: answer.order.orderId, apiKey });
    return answer;
  }

  #change({ orderId, apiKey }: SentOrder, action: Action): Promise<ApiAnswer> {
    const path = `/v1/orders/${orderId}`;
    if (action.kind === 'CANCEL') return this.#api.send({ method: 'DELETE', path, apiKey });
    const { quantity, limitPrice } = termsOf(action);
    return this.#api.send({ method: 'PATCH', path, apiKey, body: { quantity, limitPrice } });
  }

  /** The order once it waits for nobody, or as it is when that takes too long. */
  async #acknowledged(first: OrderView, apiKey: string): Promise<OrderView> {
    const deadline = performance.now() + ACKNOWLEDGEMENT_LIMIT_MS;
    let order = first;
    for (let pollMs = FIRST_POLL_MS; isPending(order) && performance.now() < deadline; pollMs *= 1.5) {
      await pause(Math.min(pollMs, LONGEST_POLL_MS));
      const latest = await this.#api.send({ method: 'GET', path: `/v1/orders/${order.orderId}`, apiKey });
      order = latest.order ?? order;
    }
    return order;
  }

  #keyOf(orderNumber: string): string {
    const { investor } = this.#orders.get(orderNumber) as PlannedOrder;
    return this.#apiKeys.get(investor) as string;
  }
}

function termsOf(action: Action) {
  if (action.kind === 'CANCEL') return { type: 'LIMIT' } as const;
  const { quantity, priceCents } = action;
  if (priceCents === null) return { type: 'MARKET', quantity } as const;
  return { type: 'LIMIT', quantity, limitPrice: formatCents(cents(priceCents)) } as const;
}
