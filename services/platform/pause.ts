/** Waits; handed in where a test must not. */
export type Pause = (delayMs: number) => Promise<void>;

export const sleep: Pause = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));

const BASE_DELAY_MS = 10;
const MAX_DELAY_MS = 500;

/**
 * Full jitter: anything between nothing and a ceiling that doubles with each attempt (from 1), so that those who collided do not
 * collide again. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt);
}
