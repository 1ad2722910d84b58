import { type EpochMs, epochMs } from '../calendar/instant.ts';
import { accountId, executionId, orderId, clOrdId as toClOrdId } from '../identifiers.ts';
import { fractionalOf, type Instrument, standardInstrument } from '../instruments/instrument.ts';
import { shares } from '../instruments/shares.ts';
import { type Balance, ZERO_BALANCE } from '../ledger/balance.ts';
import { cents } from '../money/cents.ts';
import { parseDecimal } from '../money/decimal.ts';
import { acceptOrder } from '../orders/accept-order.ts';
import { blockReserve } from '../orders/block-reserve.ts';
import type { TradeReport } from '../orders/execution-report.ts';
import type { MarketSnapshot } from '../orders/market-snapshot.ts';
import type { Order } from '../orders/order.ts';
import type { ChangeContext, OrderChange } from '../orders/order-change.ts';
import type { OrderRequest } from '../orders/order-request.ts';
import type { RefusalCode, Refused } from '../orders/refusal.ts';
import { type ExecutionFacts, validateForExecution } from '../orders/validate-for-execution.ts';
import { DEFAULT_CLIENT_LIMITS } from '../risk/client-limits.ts';

/** Tuesday 2026-11-24, noon in São Paulo. */
export const NOON: EpochMs = epochMs(Date.parse('2026-11-24T15:00:00Z'));
export const ANA = accountId('ana');

export const PETR4: Instrument = standardInstrument({
  symbol: 'PETR4',
  isin: 'BRPETRACNPR6',
  lotSize: 100,
  tickCents: cents(1),
});
export const PETR4F: Instrument = fractionalOf(PETR4);

/** Centavos of a decimal text, which a test knows to be one. */
export function brl(text: string) {
  const amount = parseDecimal(text);
  if (amount === null) throw new Error(`"${text}" is no amount`);
  return amount;
}

/** FNV-1a: not cryptographic, but pure and short. */
export function testHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

export function aContext(fields: Partial<ChangeContext> = {}): ChangeContext {
  const base = {
    atMs: NOON,
    hash: testHash,
    calendar: 'ROUND_THE_CLOCK',
    actor: 'CLIENT',
    correlationId: 'corr-1',
  } as const;
  return { ...base, ...fields };
}

export function aRequest(fields: Partial<OrderRequest> = {}): OrderRequest {
  return {
    symbol: 'PETR4',
    side: 'BUY',
    type: 'LIMIT',
    timeInForce: 'DAY',
    quantity: shares(100),
    limitPriceCents: cents(3025),
    stopPriceCents: null,
    expireDate: null,
    ...fields,
  };
}

export function aMarket(fields: Partial<MarketSnapshot> = {}): MarketSnapshot {
  const prices = {
    lastCents: cents(3000),
    previousCloseCents: cents(3000),
    bidCents: cents(2999),
    askCents: cents(3001),
  };
  return { ...prices, atMs: NOON, ...fields };
}

export function aBalance(available: string): Balance {
  return { ...ZERO_BALANCE, availableCents: brl(available) };
}

export function someFacts(fields: Partial<ExecutionFacts> = {}): ExecutionFacts {
  return {
    nowMs: NOON,
    calendar: 'ROUND_THE_CLOCK',
    instrument: PETR4,
    market: aMarket(),
    accountState: 'ACTIVE',
    limits: DEFAULT_CLIENT_LIMITS,
    unsuitability: null,
    balance: aBalance('1000000.00'),
    freeQuantity: shares(1000),
    ...fields,
  };
}

/** The change of a decision that a test expects to be taken. */
export function taken<Change extends OrderChange | null>(
  decision: { readonly ok: true; readonly change: Change } | Refused<RefusalCode>,
): Change {
  if (!decision.ok) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision.change;
}

/** The change that accepts an order. */
export function acceptedChange(
  fields: Partial<OrderRequest> = {},
  instrument: Instrument = PETR4,
  id = 'ORD-1',
): OrderChange {
  const origin = { orderId: orderId(id), accountId: ANA, clientOrderId: 'my-1', feeBand: 'UP_TO_3M' } as const;
  return taken(acceptOrder(aRequest({ symbol: instrument.symbol, ...fields }), origin, instrument, aContext()));
}

/** An accepted order, not blocked yet. */
export function anAcceptedOrder(fields: Partial<OrderRequest> = {}, instrument: Instrument = PETR4): Order {
  return acceptedChange(fields, instrument).order;
}

/** The change that blocks an accepted order's reserve. */
export function reserved(order: Order, facts: Partial<ExecutionFacts> = {}): OrderChange {
  const verdict = validateForExecution(order, someFacts(facts));
  if (!verdict.ok) throw new Error(`refused: ${JSON.stringify(verdict.refusal)}`);
  return taken(blockReserve(order, verdict.reservation, aContext()));
}

/** An order whose reserve is blocked: it counts as sent. */
export function aSentOrder(fields: Partial<OrderRequest> = {}, facts: Partial<ExecutionFacts> = {}): Order {
  return reserved(anAcceptedOrder(fields, facts.instrument), facts).order;
}

/** A trade of the order with this ClOrdID; `cumulative` includes it. */
export function aTrade(
  exec: string,
  quantity: number,
  price: string,
  cumulative = quantity,
  fields: Partial<TradeReport> = {},
): TradeReport {
  return {
    execType: 'TRADE',
    clOrdId: toClOrdId('ORD-1'),
    execId: executionId(exec),
    lastQty: shares(quantity),
    lastPxCents: brl(price),
    cumQty: shares(cumulative),
    leavesQty: shares(0),
    transactTimeMs: NOON,
    priceCents: null,
    ...fields,
  };
}

/** The parts of a report that say nothing but whom it is about and how much is filled. */
export function aHeader(exec: string, cumulative: number, clOrdId = 'ORD-1') {
  const ids = { clOrdId: toClOrdId(clOrdId), execId: executionId(exec) };
  return { ...ids, cumQty: shares(cumulative), leavesQty: shares(0), transactTimeMs: NOON };
}
