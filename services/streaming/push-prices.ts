import type { StockPrice } from '../market-data/stock-price.ts';
import type { Log } from '../platform/log.ts';
import type { SendFrame } from './connection-gateway.ts';
import { inParallel } from './in-parallel.ts';
import type { PriceAudience } from './price-audience.ts';
import { priceFrames, priceMessage } from './price-message.ts';
import type { PriceNews } from './price-news.ts';
import type { ConnectionKey } from './stream-connection.ts';
import type { PriceSubscriber } from './stream-connections-store.ts';

export interface PriceDesk {
  readonly news: PriceNews;
  readonly audience: () => Promise<PriceAudience>;
  readonly send: SendFrame;
  readonly remove: (key: ConnectionKey) => Promise<void>;
  readonly log: Log;
}

/** Frames on their way at once: as many as the SDK has sockets. */
const MAX_SENDING = 50;

/**
 * Tells every connection the newest price of each of its symbols that moved in a batch: what came in between is passed over, so that a
 * slow moment makes the next batch larger and no queue. A price that cannot be sent is dropped, as a newer one follows; a connection
 * that is gone is removed. Answers whether anybody was told anything.
 */
export async function pushPrices(prices: readonly StockPrice[], nowMs: number, desk: PriceDesk): Promise<boolean> {
  const audience = await desk.audience();
  const heard = prices.filter(({ symbol }) => audience.has(symbol));
  const news = desk.news.take(heard, nowMs);
  if (news.length === 0) return false;
  const messages = new Map<PriceSubscriber, string[]>();
  for (const price of news) {
    const message = JSON.stringify(priceMessage(price, nowMs));
    for (const subscriber of audience.get(price.symbol) ?? []) {
      const others = messages.get(subscriber);
      if (others) others.push(message);
      else messages.set(subscriber, [message]);
    }
  }
  const dropped: unknown[] = [];
  await inParallel(messages, MAX_SENDING, async ([subscriber, texts]) => {
    try {
      await sendPrices(subscriber, texts, desk);
    } catch (error) {
      dropped.push(error);
    }
  });
  if (dropped.length > 0) desk.log.error('prices dropped', dropped[0], { connections: dropped.length });
  return true;
}

async function sendPrices(subscriber: PriceSubscriber, texts: readonly string[], desk: PriceDesk): Promise<void> {
  for (const frame of priceFrames(texts, subscriber.grouped)) {
    const outcome = await desk.send(subscriber.connectionId, frame);
    if (outcome === 'GONE') await desk.remove(subscriber);
    if (outcome !== 'SENT') return;
  }
}
