import { MarketDataDelivery } from '@brokerage/contracts/market-feed';
import type { DataStream } from '../platform/data-stream.ts';

/**
 * Puts a delivery of the exchange into the stream, a record a tick, by symbol. Throws on what is no delivery and while the stream does not take
 * all of it: the exchange sends it again then, and consumers know a tick that comes twice by its `seq`.
 */
export async function publishTicks(rawBody: string, stream: DataStream): Promise<void> {
  const { ticks } = MarketDataDelivery.parse(JSON.parse(rawBody));
  await stream.putAll(ticks.map((tick) => ({ partitionKey: tick.symbol, body: tick })));
}
