import { setTimeout as pause } from 'node:timers/promises';
import type { DayPlan, Step } from '../plan/day-plan.ts';
import type { StepResult } from './order-driver.ts';

/** How many times faster than the day itself; null: each step as soon as the one before it is acknowledged. */
export type Speed = number | null;

/**
 * Sends the plan: each instrument's events strictly one after the other, as their order is what makes the trades; instruments side by
 * side, since no book sees another. Orders of the opening book are sent before the day's clock starts.
 */
export async function replayLanes(
  { lanes }: DayPlan,
  drive: (step: Step) => Promise<StepResult>,
  speed: Speed,
  onStep: () => void,
): Promise<StepResult[]> {
  const run = async (steps: readonly Step[], waitFor: (step: Step) => Promise<void>): Promise<StepResult[]> => {
    const results: StepResult[] = [];
    for (const step of steps) {
      await waitFor(step);
      results.push(await drive(step));
      onStep();
    }
    return results;
  };
  const all = [...lanes.values()];
  const opening = await Promise.all(all.map((steps) => run(steps.filter(isOpening), async () => {})));
  const pace = paceOf(all.flat(), speed);
  const day = await Promise.all(
    all.map((steps) =>
      run(
        steps.filter((step) => !isOpening(step)),
        pace,
      ),
    ),
  );
  return [...opening, ...day].flat();
}

function isOpening({ timeMs }: Step): boolean {
  return timeMs === Number.NEGATIVE_INFINITY;
}

/** Waits until a step is due; the day's clock starts now. */
function paceOf(steps: readonly Step[], speed: Speed): (step: Step) => Promise<void> {
  if (speed === null) return async () => {};
  const firstMs = steps
    .filter((step) => !isOpening(step))
    .reduce((least, { timeMs }) => Math.min(least, timeMs), Infinity);
  const startedMs = performance.now();
  return async ({ timeMs }) => {
    const dueMs = startedMs + (timeMs - firstMs) / speed;
    await pause(Math.max(0, dueMs - performance.now()));
  };
}
