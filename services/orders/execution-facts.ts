import { undeclaredCause } from '@brokerage/domain/clients/suitability';
import type { Instrument } from '@brokerage/domain/instruments/instrument';
import { ZERO_SHARES } from '@brokerage/domain/instruments/shares';
import { ZERO_BALANCE } from '@brokerage/domain/ledger/balance';
import type { MarketSnapshot } from '@brokerage/domain/orders/market-snapshot';
import type { ExecutionFacts } from '@brokerage/domain/orders/validate-for-execution';
import { suitabilityOf } from '../platform/client-suitability.ts';
import type { DecisionTools } from './decide.ts';
import type { AccountFacts } from './facts-store.ts';

export type FindInstrument = (symbol: string) => Promise<Instrument | null>;
/** Last known prices of a symbol; null when none were ever heard. */
export type FindMarket = (symbol: string) => Promise<MarketSnapshot | null>;

export interface FactTools extends DecisionTools {
  readonly findInstrument: FindInstrument;
  readonly findMarket: FindMarket;
}

/** The state of the world that an order is judged against: its account as read, its instrument and market as last heard. */
export async function executionFacts(
  tools: FactTools,
  order: { readonly accountId: string; readonly symbol: string },
  { client, balance, position }: AccountFacts,
): Promise<ExecutionFacts> {
  const [instrument, market] = await Promise.all([tools.findInstrument(order.symbol), tools.findMarket(order.symbol)]);
  if (client === null) throw new Error(`account ${order.accountId} does not exist`);
  if (instrument === null) throw new Error(`instrument ${order.symbol} is not known any more`);
  const nowMs = tools.now();
  return {
    nowMs,
    calendar: tools.calendar,
    instrument,
    market,
    accountState: client.state,
    limits: client.limits,
    unsuitability: undeclaredCause(suitabilityOf(client), nowMs),
    balance: balance ?? ZERO_BALANCE,
    freeQuantity: position?.freeQuantity ?? ZERO_SHARES,
  };
}
