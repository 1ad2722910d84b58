import { expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { KeyRing } from './key-ring.ts';
import { OrderStore } from './order-store.ts';

const DAY_MS = 86_400_000;
const credentials = (name: string) => ({ apiKey: `key-${name}`, webhookSecret: `secret-${name}` });

function aKeyRing() {
  const clock = new ManualClock();
  const store = new OrderStore(':memory:');
  return { clock, store, ring: new KeyRing(store, clock, credentials('first')) };
}

it('takes the former key for a day, and signs with the new secret at once', () => {
  const { clock, ring } = aKeyRing();
  ring.replace(credentials('second'));
  expect(ring.apiKeys()).toEqual(['key-second', 'key-first']);
  expect(ring.webhookSecret).toBe('secret-second');
  clock.setOffset(clock.offsetMs() + DAY_MS);
  expect(ring.apiKeys()).toEqual(['key-second']);
});

it('is not changed by the same credentials again', () => {
  const { clock, ring } = aKeyRing();
  ring.replace(credentials('second'));
  clock.setOffset(clock.offsetMs() + DAY_MS - 1);
  ring.replace(credentials('second'));
  expect(ring.apiKeys()).toEqual(['key-second', 'key-first']);
  clock.setOffset(clock.offsetMs() + 1);
  expect(ring.apiKeys()).toEqual(['key-second']);
});

it('remembers over a restart', () => {
  const { clock, store, ring } = aKeyRing();
  ring.replace(credentials('second'));
  const again = new KeyRing(store, clock, credentials('first'));
  expect(again.apiKeys()).toEqual(ring.apiKeys());
  expect(again.webhookSecret).toBe('secret-second');
});
