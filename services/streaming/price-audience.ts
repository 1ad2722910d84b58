import { createAudience } from './audience.ts';
import type { PriceSubscriber } from './stream-connections-store.ts';

/** Who follows a symbol. */
export type PriceAudience = ReadonlyMap<string, readonly PriceSubscriber[]>;

export function createPriceAudience(
  read: () => Promise<readonly PriceSubscriber[]>,
  now: () => number,
): () => Promise<PriceAudience> {
  return createAudience(async () => bySymbol(await read()), now);
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
