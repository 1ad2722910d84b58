import {
  type ExchangeInstrument,
  InstrumentList,
  type MarketSetting,
  MarketTraders,
  type RecordedTrades,
} from '@brokerage/contracts/exchange';
import type { ReplayTarget } from './replay-target.ts';

/** What the exchange lists, by symbol. */
export async function readInstruments(target: ReplayTarget): Promise<ReadonlyMap<string, ExchangeInstrument>> {
  const { instruments } = InstrumentList.parse(await askExchange(target, 'GET', '/instruments'));
  return new Map(instruments.map((instrument) => [instrument.symbol, instrument]));
}

/** Who trades there beside the members. */
export async function readTraders(target: ReplayTarget): Promise<MarketTraders> {
  return MarketTraders.parse(await askExchange(target, 'GET', '/admin/market'));
}

/** Lets them trade again who did before. */
export async function giveMarketBack(target: ReplayTarget, traders: MarketTraders): Promise<void> {
  await askExchange(target, 'PUT', '/admin/market', traders);
}

/** Leaves the market to the file: no makers, no noise, and the last price of each instrument is the day's first. */
export async function openMarket(target: ReplayTarget, openingPrices: ReadonlyMap<string, number>): Promise<void> {
  const setting: MarketSetting = { makers: false, noise: false, openingCents: Object.fromEntries(openingPrices) };
  await askExchange(target, 'PUT', '/admin/market', setting);
}

/** Lists a recorded day's instruments; each begins the day anew. */
export async function listInstruments(target: ReplayTarget, instruments: readonly ExchangeInstrument[]): Promise<void> {
  await askExchange(target, 'PUT', '/admin/listing', { instruments });
}

export async function tradeAsRecorded(target: ReplayTarget, trades: RecordedTrades['trades']): Promise<void> {
  await askExchange(target, 'POST', '/admin/trades', { trades });
}

async function askExchange(target: ReplayTarget, method: string, path: string, body?: unknown): Promise<unknown> {
  const { exchangeUrl, exchangeApiKey } = target;
  const headers = { authorization: `Bearer ${exchangeApiKey}`, 'content-type': 'application/json' };
  const answer = await fetch(`${exchangeUrl}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  if (!answer.ok) throw new Error(`the exchange answers ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  return answer.json();
}
