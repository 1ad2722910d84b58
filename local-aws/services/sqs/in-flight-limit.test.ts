import { expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { InFlightLimit } from './in-flight-limit.ts';
import { MAX_IN_FLIGHT } from './limits.ts';
import { Queues } from './queues.ts';

it('counts only when its bound is reached, and then holds the queue to the limit', () => {
  const queue = new Queues(new Kernel(), 'http://localhost').create('Orders', {});
  let inFlight = MAX_IN_FLIGHT - 20;
  let counts = 0;
  const limit = new InFlightLimit(() => {
    counts += 1;
    return inFlight;
  });
  expect(limit.allows(queue, 10)).toBe(true);
  expect(limit.allows(queue, 10)).toBe(true);
  expect(counts).toBe(1);
  inFlight = MAX_IN_FLIGHT;
  expect(limit.allows(queue, 1)).toBe(false);
  inFlight = 0;
  expect(limit.allows(queue, 10)).toBe(true);
  expect(counts).toBe(3);
});
