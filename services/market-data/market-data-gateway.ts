import { MarketData } from '@brokerage/contracts/exchange';
import { type EpochMs, epochMs } from '@brokerage/domain/calendar/instant';
import { cents } from '@brokerage/domain/money/cents';
import type { MarketSnapshot } from '@brokerage/domain/orders/market-snapshot';
import type { CallForeign } from '../platform/foreign-http.ts';
import type { ReadCredentials } from '../platform/secrets.ts';

/** Prices as last heard from the exchange. Never fails: what is not known is null, what is old says so by its `atMs`. */
export interface MarketDataGateway {
  snapshot(symbol: string): Promise<MarketSnapshot | null>;
}

export interface MarketDataOptions {
  readonly baseUrl: string;
  readonly credentials: ReadCredentials;
  readonly call: CallForeign;
  readonly now?: () => number;
}

/** Within this time one answer serves all of an environment's orders. */
const FRESH_MS = 1_000;
/** An order must not wait long for a price: it can do with an older one, and the domain says how old. */
const TIMEOUT_MS = 1_500;

/** One request brings all symbols; it is asked at most once a second an environment, also while the exchange is away. */
export function createMarketDataGateway(options: MarketDataOptions): MarketDataGateway {
  const now = options.now ?? Date.now;
  let known: ReadonlyMap<string, MarketSnapshot> = new Map();
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> = Promise.resolve();

  async function refresh(): Promise<void> {
    const heard = await askExchange(options, now);
    if (heard) known = heard;
  }

  return {
    async snapshot(symbol) {
      if (now() - askedAtMs >= FRESH_MS) {
        askedAtMs = now();
        asking = refresh();
      }
      await asking;
      return known.get(symbol) ?? null;
    },
  };
}

/** Null when the exchange, or the secret to ask it with, cannot be had. */
async function askExchange(
  { baseUrl, credentials, call }: MarketDataOptions,
  now: () => number,
): Promise<ReadonlyMap<string, MarketSnapshot> | null> {
  const apiKey = await credentials().then(
    (secret) => secret.apiKey,
    () => null,
  );
  if (apiKey === null) return null;
  const atMs = epochMs(now());
  const answer = await call({ method: 'GET', url: `${baseUrl}/market-data`, apiKey, timeoutMs: TIMEOUT_MS });
  if (answer.kind !== 'ANSWERED' || answer.status !== 200) return null;
  const parsed = MarketData.safeParse(answer.body);
  return parsed.success ? snapshotsOf(parsed.data, atMs) : null;
}

/** `atMs` is when it was asked for: no later than the prices themselves. */
function snapshotsOf({ quotes }: MarketData, atMs: EpochMs): ReadonlyMap<string, MarketSnapshot> {
  const price = (amount: number | null) => (amount === null ? null : cents(amount));
  return new Map(
    quotes.map((quote) => [
      quote.symbol,
      {
        lastCents: price(quote.lastCents),
        previousCloseCents: price(quote.previousCloseCents),
        bidCents: price(quote.bidCents),
        askCents: price(quote.askCents),
        atMs,
      },
    ]),
  );
}
