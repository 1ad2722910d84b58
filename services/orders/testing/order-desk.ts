import type { ExecutionReport as WireReport } from '@brokerage/contracts/exchange';
import { NewOrderRequest, type OrderView } from '@brokerage/contracts/rest/orders';
import { type EpochMs, epochMs } from '@brokerage/domain/calendar/instant';
import { accountId, orderId } from '@brokerage/domain/identifiers';
import type { Instrument } from '@brokerage/domain/instruments/instrument';
import { cents } from '@brokerage/domain/money/cents';
import type { MarketSnapshot } from '@brokerage/domain/orders/market-snapshot';
import type { Order } from '@brokerage/domain/orders/order';
import { DEFAULT_CLIENT_LIMITS } from '@brokerage/domain/risk/client-limits';
import { aMarket, NOON, PETR4, PETR4F, testHash } from '@brokerage/domain/testing/builders';
import type { ApiAnswer } from '../../platform/api-answer.ts';
import type { SuitabilityFields } from '../../platform/client-suitability.ts';
import { NEW_ENTRY, toLedgerItem } from '../../platform/ledger-item.ts';
import { createLog } from '../../platform/log.ts';
import { amendOrder } from '../amend-order.ts';
import { applyExecutions, parseDelivery } from '../apply-executions.ts';
import { cancelOrder } from '../cancel-order.ts';
import { cacheClients } from '../client-cache.ts';
import { createFactsStore } from '../dynamo-facts-store.ts';
import { createOrdersStore } from '../dynamo-orders-store.ts';
import { createSweepStore } from '../dynamo-sweep-store.ts';
import { createFollowUps } from '../follow-up.ts';
import { type OrderMessage, parseFollowUp } from '../order-message.ts';
import type { OrdersStore } from '../orders-store.ts';
import { reconcileExecutions } from '../reconcile-executions.ts';
import { createReportCursorStore } from '../report-cursor-store.ts';
import { resolveOrder } from '../resolve-orders.ts';
import { submitOrder } from '../submit-order.ts';
import { createSuspense } from '../suspense.ts';
import { sweepOrders } from '../sweep-orders.ts';
import { MemoryQueue } from './memory-queue.ts';
import { MemoryTables } from './memory-tables.ts';
import { runSaga } from './saga-runner.ts';
import { ScriptedExchange } from './scripted-exchange.ts';

const NAMES = { orders: 'Orders', accounts: 'Accounts', ledger: 'Ledger', audit: 'Audit' };
const INSTRUMENTS: Readonly<Record<string, Instrument>> = { PETR4, PETR4F };
const SILENT = createLog({}, () => undefined);

/** The whole pipeline on tables, queues and an exchange in memory, with a clock that only tests move. */
export class OrderDesk {
  nowMs: EpochMs = NOON;
  market: MarketSnapshot | null = aMarket();
  readonly tables = new MemoryTables();
  readonly orders = new MemoryQueue();
  readonly inDoubt = new MemoryQueue();
  readonly executions = new MemoryQueue();
  readonly exchange = new ScriptedExchange(() => this.nowMs);
  readonly suspended: string[] = [];
  readonly uncovered: number[] = [];
  readonly store: OrdersStore = createOrdersStore(this.tables, NAMES);
  readonly facts = createFactsStore(this.tables, NAMES);
  readonly tools = {
    now: () => this.nowMs,
    hash: testHash,
    calendar: 'ROUND_THE_CLOCK' as const,
    store: this.store,
    facts: this.facts,
    exchange: this.exchange,
    orders: this.orders,
    followUps: createFollowUps(this.inDoubt),
    findInstrument: async (symbol: string) => INSTRUMENTS[symbol] ?? null,
    findMarket: async () => this.market && { ...this.market, atMs: this.nowMs },
    findClient: cacheClients(
      (account) => this.facts.readClient(account),
      () => this.nowMs,
    ),
    newOrderId: () => `ORD-${this.#count()}`,
    onUncovered: (_order: Order, uncoveredCents: number) => this.uncovered.push(uncoveredCents),
    suspense: createSuspense(
      async (symbol) => INSTRUMENTS[symbol] ?? null,
      (entry) => this.tables.put('Ledger', toLedgerItem(entry), NEW_ENTRY),
      (_clOrdId, execId) => this.suspended.push(execId),
    ),
  };
  #counted = 0;

  constructor() {
    this.addClient('ana', 100_000_000, 0);
    this.addClient('bruno', 5_000_000, 1_000);
  }

  addClient(account: string, availableCents: number, quantity: number, fields: SuitabilityFields = {}): void {
    const profile = { suitability: 'AGGRESSIVE', openedAtMs: this.nowMs, ...fields };
    const client = { state: 'ACTIVE', limits: DEFAULT_CLIENT_LIMITS, feeBand: 'UP_TO_3M', ...profile };
    this.tables.seed('Accounts', { accountId: account, item: 'CLIENT', ...client });
    const balance = { availableCents, blockedCents: 0, receivableCents: 0, payableCents: 0 };
    this.tables.seed('Accounts', { accountId: account, item: 'BALANCE', ...balance, buyingPowerCents: availableCents });
    if (quantity === 0) return;
    const shares = { freeQuantity: quantity, blockedQuantity: 0, settledQuantity: quantity };
    const costs = { priceCostCents: quantity * 3000, totalCostCents: quantity * 3000 };
    const item = `POSITION#${PETR4.isin}`;
    this.tables.seed('Accounts', { accountId: account, item, isin: PETR4.isin, symbol: 'PETR4', ...shares, ...costs });
  }

  #count(): number {
    this.#counted += 1;
    return this.#counted;
  }

  advance(ms: number): void {
    this.nowMs = epochMs(this.nowMs + ms);
  }

  submit(fields: object = {}, account = 'ana', idempotencyKey: string | null = null, requestId?: string) {
    const base = { symbol: 'PETR4', side: 'BUY', type: 'LIMIT', quantity: 100, limitPrice: '30.25' };
    const request = NewOrderRequest.parse({ ...base, ...fields });
    const id = requestId ?? `request-${this.#count()}`;
    const submission = { accountId: accountId(account), request, idempotencyKey, requestId: id };
    return submitOrder(this.tools, { ...submission, correlationId: 'corr-1' }, SILENT);
  }

  /** Submits, and answers the id. */
  async place(fields: object = {}, account = 'ana'): Promise<string> {
    return okBody<OrderView>(await this.submit(fields, account)).orderId;
  }

  /** Submits and runs the saga to its end. */
  async execute(fields: object = {}, account = 'ana'): Promise<string> {
    const id = await this.place(fields, account);
    await this.runOrders();
    return id;
  }

  /** Runs the saga of every message in the Orders queue; answers their outcomes. */
  async runOrders(): Promise<string[]> {
    const outcomes: string[] = [];
    for (const message of this.orders.takeAll<OrderMessage>()) outcomes.push((await this.saga(message)).outcome);
    return outcomes;
  }

  saga(message: OrderMessage) {
    return runSaga(this.tools, message);
  }

  /** Brings reports as the webhook would, a delivery a message; answers what failed. */
  async deliver(...deliveries: readonly (readonly WireReport[])[]) {
    const messages = deliveries.map((reports, index) => ({
      messageId: `m${index}`,
      body: parseDelivery(JSON.stringify({ reports })),
      receiveCount: 1,
    }));
    return applyExecutions(this.tools, messages);
  }

  /** Works off the InDoubtOrders queue once; what it sends itself waits for the next call. */
  async resolve(): Promise<string[]> {
    const resolutions: string[] = [];
    for (const message of this.inDoubt.takeAll<object>()) {
      resolutions.push(await resolveOrder(this.tools, parseFollowUp(JSON.stringify(message))));
    }
    return resolutions;
  }

  sweep() {
    const store = createSweepStore(this.tables, 'Orders');
    const { orders, inDoubt } = this;
    return sweepOrders({
      store,
      orders,
      inDoubt,
      isExchangeReachable: () => this.exchange.isReachable(),
      now: () => this.nowMs,
    });
  }

  /** What it sends goes into `executions`. */
  reconcile() {
    const cursor = createReportCursorStore(this.tables, 'Orders');
    return reconcileExecutions({ ...this.tools, cursor, executions: this.executions });
  }

  /** Works off the Executions queue once. */
  applyQueued() {
    const deliveries = this.executions.takeAll<{ reports: WireReport[] }>();
    return this.deliver(...deliveries.map(({ reports }) => reports));
  }

  cancel(id: string, account = 'ana') {
    return cancelOrder(this.tools, account, id, 'corr-2');
  }

  amend(id: string, change: { quantity?: number; limitPriceCents?: number }, account = 'ana') {
    const { quantity, limitPriceCents } = change;
    const limitPrice = limitPriceCents === undefined ? undefined : cents(limitPriceCents);
    return amendOrder(this.tools, account, id, { quantity, limitPrice }, 'corr-3');
  }

  async order(id: string): Promise<Order> {
    const order = await this.store.find(orderId(id));
    if (!order) throw new Error(`there is no ${id}`);
    return order;
  }

  /** The client's money and shares of PETR4. */
  holdings(account: string): Record<string, number> {
    const items = this.tables.rows('Accounts').filter((row) => row.accountId === account && row.item !== 'CLIENT');
    return Object.assign({}, ...items);
  }
}

export function okBody<Body>(given: ApiAnswer<Body>): Body {
  if (!given.ok) throw new Error(`answered ${given.code}`);
  return given.body;
}
