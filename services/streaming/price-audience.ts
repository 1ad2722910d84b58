import type { PriceSubscriber } from './stream-connections-store.ts';

/** Who follows a symbol. */
export type PriceAudience = ReadonlyMap<string, readonly PriceSubscriber[]>;

/** A new subscription is heard at the latest after this, and so often the table is read by each environment that has prices to tell. */
const AUDIENCE_TTL_MS = 1_000;

/** Reads the subscriptions once a second, while there are prices to tell. */
export function createPriceAudience(
  read: () => Promise<readonly PriceSubscriber[]>,
  now: () => number,
): () => Promise<PriceAudience> {
  let audience: Promise<PriceAudience> | null = null;
  let untilMs = 0;
  return async () => {
    if (!audience || now() >= untilMs) {
      audience = read().then(bySymbol);
      untilMs = now() + AUDIENCE_TTL_MS;
      audience.catch(() => {
        audience = null; // its caller has the error; the next one reads again
      });
    }
    return audience;
  };
}

function bySymbol(subscribers: readonly PriceSubscriber[]): PriceAudience {
  const audience = new Map<string, PriceSubscriber[]>();
  for (const subscriber of subscribers) {
    for (const symbol of subscriber.symbols) {
      const followers = audience.get(symbol);
      if (followers) followers.push(subscriber);
      else audience.set(symbol, [subscriber]);
    }
  }
  return audience;
}
