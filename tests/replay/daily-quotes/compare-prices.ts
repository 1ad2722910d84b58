import { setTimeout as pause } from 'node:timers/promises';
import type { CandleView, PriceView } from '@brokerage/contracts/rest/prices';
import { averagePrice } from '@brokerage/domain/money/average';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import { Pool } from 'undici';
import type { SessionTrade } from '../run/replay-market.ts';
import type { ReplayTarget } from '../run/replay-target.ts';
import type { DailyQuote } from './read-cotahist.ts';

/** Where the brokerage shows something else than the file. */
export interface PriceDifference {
  readonly symbol: string;
  readonly in: 'price' | 'daily candle';
  readonly field: string;
  readonly shown: string;
  readonly recorded: string;
}

type Figures = Readonly<Record<string, string | number | null>>;

/** A demonstration client, of the professional plan. */
const API_KEY = 'local-key-ana-000000000000';
const REQUESTS_AT_ONCE = 8;
/** The last of them come through the stream within a second or two. */
const TRIES = 40;
const RETRY_MS = 500;

/** What must be seen of an instrument: its recorded day, and the average of the trades that were made of it. */
interface Expected {
  readonly quote: DailyQuote;
  readonly vwap: string | null;
}

/** Compares each instrument's price and daily candle; what differs is asked again until it agrees or the time is over. */
export async function comparePrices(
  { apiUrl }: ReplayTarget,
  quotes: readonly DailyQuote[],
  trades: readonly SessionTrade[],
): Promise<PriceDifference[]> {
  const pool = new Pool(apiUrl, { connections: REQUESTS_AT_ONCE });
  const vwaps = averagesOf(trades);
  let wrong = quotes.map((quote) => ({
    expected: { quote, vwap: vwaps.get(quote.symbol) ?? null } as Expected,
    differences: [] as PriceDifference[],
  }));
  for (let tries = 0; tries < TRIES && wrong.length > 0; tries += 1) {
    if (tries > 0) await pause(RETRY_MS);
    const next = wrong.values();
    const compared: typeof wrong = [];
    const asker = async () => {
      for (const { expected } of next) compared.push({ expected, differences: await differencesOf(pool, expected) });
    };
    await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, asker));
    wrong = compared.filter(({ differences }) => differences.length > 0);
  }
  await pool.close();
  return wrong.flatMap(({ differences }) => differences);
}

/** Volume-weighted, by symbol, at the prices as they are quoted. */
function averagesOf(trades: readonly SessionTrade[]): ReadonlyMap<string, string | null> {
  const averages = new Map<string, string | null>();
  for (const [symbol, own] of Map.groupBy(trades, (trade) => trade.symbol)) {
    const value = own.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0);
    const quantity = own.reduce((sum, trade) => sum + trade.quantity, 0);
    averages.set(symbol, averagePrice(cents(value), quantity));
  }
  return averages;
}

async function differencesOf(pool: Pool, { quote, vwap }: Expected): Promise<PriceDifference[]> {
  const { symbol } = quote;
  const price = (await read(pool, `/v1/prices/${symbol}`)) as PriceView | null;
  const candles = (await read(pool, `/v1/prices/${symbol}/candles?interval=1d&limit=1`)) as {
    readonly items: readonly CandleView[];
  } | null;
  const { open = null, high = null, low = null, price: last = null, volume = null, vwap: average = null } = price ?? {};
  const { open: first = null, high: top = null, low: bottom = null, close = null } = candles?.items[0] ?? {};
  const recorded = recordedFigures(quote);
  return [
    ...differing(quote.symbol, 'price', { ...recorded, vwap }, { open, high, low, last, volume, vwap: average }),
    ...differing(quote.symbol, 'daily candle', recorded, {
      open: first,
      high: top,
      low: bottom,
      last: close,
      volume: candles?.items[0]?.volume ?? null,
    }),
  ];
}

function recordedFigures(quote: DailyQuote): Figures {
  return {
    open: formatCents(cents(quote.openCents)),
    high: formatCents(cents(quote.highCents)),
    low: formatCents(cents(quote.lowCents)),
    last: formatCents(cents(quote.lastCents)),
    volume: quote.quantity,
  };
}

function differing(symbol: string, place: PriceDifference['in'], recorded: Figures, shown: Figures): PriceDifference[] {
  return Object.entries(recorded)
    .filter(([field, value]) => shown[field] !== value)
    .map(([field, value]) => ({ symbol, in: place, field, shown: String(shown[field]), recorded: String(value) }));
}

/** Null for what is not there, or not yet. */
async function read(pool: Pool, path: string): Promise<unknown> {
  const answer = await pool.request({ method: 'GET', path, headers: { 'x-api-key': API_KEY } });
  const text = await answer.body.text();
  if (answer.statusCode === 200) return JSON.parse(text);
  if (answer.statusCode === 404) return null;
  throw new Error(`GET ${path} answers ${answer.statusCode}: ${text}`);
}
