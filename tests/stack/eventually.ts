import { setTimeout as pause } from 'node:timers/promises';

const INTERVAL_MS = 40;

/** Asks until the answer is the one waited for; a real process says nothing by itself. Fails with the last answer after `limitMs`. */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  isIt: (answer: Answer) => boolean,
  limitMs = 20_000,
): Promise<Answer> {
  const endMs = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    if (performance.now() > endMs) {
      throw new Error(`not within ${limitMs} ms: ${what}; last answer ${JSON.stringify(answer)}`);
    }
    await pause(INTERVAL_MS);
  }
}
