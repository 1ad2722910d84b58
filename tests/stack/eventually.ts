import { setTimeout as pause } from 'node:timers/promises';

/** Most answers come soon. What does not is asked for so seldom that the waiting itself is no load, nor uses up a client's plan. */
export const FIRST_INTERVAL_MS = 40;
const LATER_INTERVAL_MS = 250;
const SOON_MS = 1_000;

/** Asks until the answer is the one waited for; a real process says nothing by itself. Fails with the last answer after `limitMs`. */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  isIt: (answer: Answer) => boolean,
  limitMs = 20_000,
  laterIntervalMs = LATER_INTERVAL_MS,
): Promise<Answer> {
  const startMs = performance.now();
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    const waitedMs = performance.now() - startMs;
    if (waitedMs > limitMs) {
      throw new Error(`not within ${limitMs} ms: ${what}; last answer ${JSON.stringify(answer)}`);
    }
    await pause(waitedMs < SOON_MS ? FIRST_INTERVAL_MS : laterIntervalMs);
  }
}
