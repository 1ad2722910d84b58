import { compileCatch } from './catch.ts';
import type { Fields } from './fields.ts';
import { compileRetry, type Retrier } from './retry.ts';
import { compileNext, type State, type StateTools, targetsOf } from './state.ts';
import { StateFailure } from './state-failure.ts';
import type { Walk } from './walk.ts';

export const RECOVERY_FIELDS = ['Retry', 'Catch'];

/** One attempt of a state to find its output. */
type Attempt = (input: unknown, walk: Walk) => Promise<unknown>;

/** A state that runs again as its Retry says, and then goes where its Catch says. */
export function compileFallible(fields: Fields, tools: StateTools, attempt: Attempt): State {
  const retriers = compileRetry(fields, tools.random);
  const catchers = compileCatch(fields);
  const next = compileNext(fields);
  return {
    targets: targetsOf(next, ...catchers.map((catcher) => catcher.next)),
    run: async (input, walk) => {
      let retries: Retries | undefined;
      for (;;) {
        try {
          return { output: await attempt(input, walk), next };
        } catch (failure) {
          if (!(failure instanceof StateFailure)) throw failure;
          retries ??= new Retries(retriers);
          const delayMs = retries.next(failure);
          if (delayMs === undefined) {
            const catcher = catchers.find(({ matches }) => matches(failure));
            if (!catcher) throw failure;
            return catcher.step(input, failure);
          }
          await walk.lifetime.waitUntil(walk.lifetime.clock.nowMs() + delayMs);
          walk.retry();
        }
      }
    },
  };
}

/** Counts how often each retrier has been used since the state was entered. */
class Retries {
  readonly #retriers: readonly Retrier[];
  readonly #attempts = new Map<Retrier, number>();

  constructor(retriers: readonly Retrier[]) {
    this.#retriers = retriers;
  }

  /** How long to wait for the next attempt; undefined when there is none: the first retrier that matches decides, also when it is used up. */
  next(failure: StateFailure): number | undefined {
    const retrier = this.#retriers.find(({ matches }) => matches(failure));
    if (!retrier) return undefined;
    const attempt = this.#attempts.get(retrier) ?? 0;
    if (attempt >= retrier.maxAttempts) return undefined;
    this.#attempts.set(retrier, attempt + 1);
    return retrier.delayMs(attempt);
  }
}
