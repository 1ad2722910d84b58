import type { AccountView, PositionView, StatementItem } from '@brokerage/contracts/rest/accounts';
import type { AuditEventView, OrderStatus, OrderView } from '@brokerage/contracts/rest/orders';
import type { output } from 'zod';
import { eventually } from '../stack/eventually.ts';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** What a problem document, or API Gateway's own refusal, may hold. */
export interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly correlationId?: string;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of a JSON body. */
  readonly rawBody?: string;
}

type Status = output<typeof OrderStatus>;
const ENDED: readonly Status[] = ['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED'];
const SETTLED: readonly Status[] = [...ENDED, 'NEW', 'PARTIALLY_FILLED'];

/** The public API as one client, or a member of staff, uses it. */
export class ApiClient {
  readonly #origin: string;
  readonly #apiKey: string | null;

  constructor(apiPort: number, apiKey: string | null) {
    this.#origin = `http://127.0.0.1:${apiPort}`;
    this.#apiKey = apiKey;
  }

  async request<Body>(
    method: string,
    path: string,
    body?: unknown,
    options: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const answer = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        ...(this.#apiKey === null ? {} : { 'x-api-key': this.#apiKey }),
        ...(body === undefined && options.rawBody === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.rawBody === undefined ? {} : { body: options.rawBody }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text === '' ? null : JSON.parse(text)) as Body };
  }

  submit(order: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer<OrderView & Refusal>> {
    return this.request('POST', '/v1/orders', order, { headers });
  }

  /** Submits an order that must be accepted. */
  async place(order: object): Promise<OrderView> {
    const { status, body } = await this.submit(order);
    if (status !== 202) throw new Error(`order not accepted: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async order(orderId: string): Promise<OrderView> {
    return this.#read(`/v1/orders/${orderId}`);
  }

  /** Waits until an order is as wanted. */
  orderWhen(orderId: string, what: string, isIt: (order: OrderView) => boolean, limitMs?: number): Promise<OrderView> {
    return eventually(`${orderId} ${what}`, () => this.order(orderId), isIt, limitMs);
  }

  orderIn(orderId: string, status: Status, limitMs?: number): Promise<OrderView> {
    return this.orderWhen(orderId, `is ${status}`, (order) => order.status === status, limitMs);
  }

  /** Waits until an order rests in the book or has ended. */
  orderSettled(orderId: string, limitMs?: number): Promise<OrderView> {
    return this.orderWhen(orderId, 'rests or has ended', ({ status }) => SETTLED.includes(status), limitMs);
  }

  /** Submits an order that must be accepted and waits until it rests or has ended. */
  async trade(order: object): Promise<OrderView> {
    return this.orderSettled((await this.place(order)).orderId);
  }

  cancel(orderId: string): Promise<Answer<OrderView & Refusal>> {
    return this.request('DELETE', `/v1/orders/${orderId}`);
  }

  amend(orderId: string, changes: object): Promise<Answer<OrderView & Refusal>> {
    return this.request('PATCH', `/v1/orders/${orderId}`, changes);
  }

  account(): Promise<AccountView> {
    return this.#read('/v1/account');
  }

  async position(symbol: string): Promise<PositionView | undefined> {
    const { items } = await this.#read<Page<PositionView>>('/v1/positions');
    return items.find((position) => position.symbol === symbol);
  }

  statement(limit = 100): Promise<StatementItem[]> {
    return this.#all('/v1/account/statement', limit);
  }

  orders(limit = 100): Promise<OrderView[]> {
    return this.#all('/v1/orders', limit);
  }

  async auditTrail(orderId: string): Promise<readonly AuditEventView[]> {
    return (await this.#read<Page<AuditEventView>>(`/v1/orders/${orderId}/audit`)).items;
  }

  async #read<Body>(path: string): Promise<Body> {
    const { status, body } = await this.request<Body>('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answers ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** A whole list, page by page. */
  async #all<Item>(path: string, limit: number): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<Item> = await this.#read<Page<Item>>(`${path}?limit=${limit}${from}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }
}

/** An order as most tests send it. */
export function aLimitOrder(side: 'BUY' | 'SELL', quantity: number, limitPrice: string, more: object = {}): object {
  return { symbol: 'PETR4', side, type: 'LIMIT', quantity, limitPrice, timeInForce: 'DAY', ...more };
}
