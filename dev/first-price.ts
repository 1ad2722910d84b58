import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_CLIENTS } from './seed/demo-clients.ts';

/** A closed exchange tells no prices: nobody waits longer for them. */
const LIMIT_MS = 1_500;
const ASK_EVERY_MS = 25;

/** Waits for the exchange's first delivery, which is refused before the seed has stored its secret and then comes again. */
export async function firstPrice(apiPort: number): Promise<void> {
  const endMs = performance.now() + LIMIT_MS;
  const headers = { 'x-api-key': DEMO_CLIENTS[0]?.apiKey ?? '' };
  while (performance.now() < endMs) {
    const { status } = await fetch(`http://127.0.0.1:${apiPort}/v1/prices/PETR4`, { headers });
    if (status === 200) return;
    await delay(ASK_EVERY_MS);
  }
}
