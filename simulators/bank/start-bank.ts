import type { SimulatorsConfiguration } from '../configuration.ts';
import { bankCredentials } from '../credentials.ts';
import { machineClock } from '../outside/clock.ts';
import { sendByHttp } from '../outside/signed-post.ts';
import { bankApp } from './bank-app.ts';
import { BankService } from './bank-service.ts';
import { BankStore } from './bank-store.ts';

/** Opens the store and listens. */
export async function startBank(
  { dataDir, seed, lingerMs, bank }: SimulatorsConfiguration,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ close(): Promise<void> }> {
  const { apiKey, webhookSecret } = bankCredentials(environment);
  const store = new BankStore(dataDir);
  const service = new BankService({
    clock: machineClock(),
    store,
    seed,
    send: sendByHttp,
    webhookUrl: bank.webhookUrl,
    webhookSecret,
    lingerMs,
  });
  const app = bankApp(service, apiKey);
  await app.listen({ port: bank.port, host: '127.0.0.1' });
  return {
    close: async () => {
      await app.close();
      service.close();
    },
  };
}
