import { setTimeout as pause } from 'node:timers/promises';
import type { CandleView, PriceView } from '@brokerage/contracts/rest/prices';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import { Pool } from 'undici';
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

type Shown = Readonly<Record<string, string | number | null>>;

/** A demonstration client, of the professional plan. */
const API_KEY = 'local-key-ana-000000000000';
const REQUESTS_AT_ONCE = 8;
/** The last of them come through the stream within a second or two. */
const TRIES = 40;
const RETRY_MS = 500;

/** Compares each instrument's price and daily candle; what differs is asked again until it agrees or the time is over. */
export async function comparePrices(
  { apiUrl }: ReplayTarget,
  quotes: readonly DailyQuote[],
): Promise<PriceDifference[]> {
  const pool = new Pool(apiUrl, { connections: REQUESTS_AT_ONCE });
  let wrong = quotes.map((quote) => ({ quote, differences: [] as PriceDifference[] }));
  for (let tries = 0; tries < TRIES && wrong.length > 0; tries += 1) {
    if (tries > 0) await pause(RETRY_MS);
    const next = wrong.values();
    const compared: typeof wrong = [];
    const asker = async () => {
      for (const { quote } of next) compared.push({ quote, differences: await differencesOf(pool, quote) });
    };
    await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, asker));
    wrong = compared.filter(({ differences }) => differences.length > 0);
  }
  await pool.close();
  return wrong.flatMap(({ differences }) => differences);
}

async function differencesOf(pool: Pool, quote: DailyQuote): Promise<PriceDifference[]> {
  const { symbol } = quote;
  const price = (await read(pool, `/v1/prices/${symbol}`)) as PriceView | null;
  const candles = (await read(pool, `/v1/prices/${symbol}/candles?interval=1d&limit=1`)) as {
    readonly items: readonly CandleView[];
  } | null;
  const { open = null, high = null, low = null, price: last = null, volume = null } = price ?? {};
  const { open: first = null, high: top = null, low: bottom = null, close = null } = candles?.items[0] ?? {};
  return [
    ...differing(quote, 'price', { open, high, low, last, volume }),
    ...differing(quote, 'daily candle', {
      open: first,
      high: top,
      low: bottom,
      last: close,
      volume: candles?.items[0]?.volume ?? null,
    }),
  ];
}

function differing(quote: DailyQuote, place: PriceDifference['in'], shown: Shown): PriceDifference[] {
  const recorded: Shown = {
    open: formatCents(cents(quote.openCents)),
    high: formatCents(cents(quote.highCents)),
    low: formatCents(cents(quote.lowCents)),
    last: formatCents(cents(quote.lastCents)),
    volume: quote.quantity,
  };
  return Object.entries(recorded)
    .filter(([field, value]) => shown[field] !== value)
    .map(([field, value]) => ({
      symbol: quote.symbol,
      in: place,
      field,
      shown: String(shown[field]),
      recorded: String(value),
    }));
}

/** Null for what is not there, or not yet. */
async function read(pool: Pool, path: string): Promise<unknown> {
  const answer = await pool.request({ method: 'GET', path, headers: { 'x-api-key': API_KEY } });
  const text = await answer.body.text();
  if (answer.statusCode === 200) return JSON.parse(text);
  if (answer.statusCode === 404) return null;
  throw new Error(`GET ${path} answers ${answer.statusCode}: ${text}`);
}
