import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { SystemClock } from './system-clock.ts';

describe('SimulatedClock', () => {
  it('runs timers at their own instants, ties in the order they were set', () => {
    const clock = new SimulatedClock(1_000);
    const seen: [string, number][] = [];
    const note = (name: string) => () => seen.push([name, clock.nowMs()]);
    clock.setTimer(1_300, note('late'));
    clock.setTimer(1_100, note('first'));
    clock.setTimer(1_100, note('second'));
    clock.setTimer(1_200, note('cancelled')).cancel();
    clock.step(1_250);
    expect(seen).toEqual([
      ['first', 1_100],
      ['second', 1_100],
    ]);
    expect(clock.nowMs()).toBe(1_250);
    expect(clock.nextTimerMs()).toBe(1_300);
  });

  it('runs a timer set by a timer when it falls within the same step', () => {
    const clock = new SimulatedClock(0);
    const seen: number[] = [];
    clock.setTimer(10, () => clock.setTimer(20, () => seen.push(clock.nowMs())));
    clock.step(30);
    expect(seen).toEqual([20]);
  });
});

it('keeps due times in order through any setting and cancelling', () => {
  const random = seededRandom(3);
  const clock = new SimulatedClock(0);
  const ran: number[] = [];
  const kept: number[] = [];
  for (let round = 0; round < 5_000; round++) {
    const atMs = Math.floor(random.next() * 1_000) + 1;
    const timer = clock.setTimer(atMs, () => ran.push(atMs));
    if (random.next() < 0.8) timer.cancel();
    else kept.push(atMs);
  }
  clock.step(1_000);
  expect(ran).toEqual(kept.sort((a, b) => a - b));
  expect(clock.nextTimerMs()).toBeUndefined();
});

describe('SystemClock', () => {
  it('keeps the distance it was stepped by', () => {
    const clock = new SystemClock();
    const before = Date.now();
    let fired = false;
    clock.setTimer(clock.nowMs() + 86_400_000, () => {
      fired = true;
    });
    clock.step(clock.nowMs() + 2 * 86_400_000);
    expect(fired).toBe(true);
    expect(clock.nowMs() - before).toBeGreaterThanOrEqual(2 * 86_400_000);
    clock.stop();
  });
});
