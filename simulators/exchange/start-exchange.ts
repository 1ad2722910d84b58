import type { SimulatorsConfiguration } from '../configuration.ts';
import { exchangeCredentials } from '../credentials.ts';
import { machineClock } from '../outside/clock.ts';
import { sendByHttp } from '../outside/signed-post.ts';
import { exchangeApp } from './exchange-app.ts';
import { ExchangeService } from './exchange-service.ts';
import { INSTRUMENTS } from './instruments.ts';
import { OrderStore } from './order-store.ts';

const TICK_MS = 50;

/** Opens the store, trades, and listens. */
export async function startExchange(
  { dataDir, seed, lingerMs, exchange }: SimulatorsConfiguration,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ close(): Promise<void> }> {
  const { apiKey, webhookSecret } = exchangeCredentials(environment);
  const service = new ExchangeService({
    clock: machineClock(),
    store: new OrderStore(dataDir),
    instruments: INSTRUMENTS,
    calendar: exchange.calendar,
    seed,
    makers: exchange.makers,
    noise: exchange.noise,
    send: sendByHttp,
    webhookUrl: exchange.webhookUrl,
    marketDataWebhookUrl: exchange.marketDataWebhookUrl,
    apiKey,
    webhookSecret,
    lingerMs,
  });
  const app = exchangeApp(service);
  await app.listen({ port: exchange.port, host: '127.0.0.1' });
  const ticking = setInterval(() => service.tick(), TICK_MS);
  return {
    close: async () => {
      clearInterval(ticking);
      await app.close();
      service.close();
    },
  };
}
