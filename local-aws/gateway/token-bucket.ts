export interface ThrottleLimits {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/**
 * A token bucket: a request takes one token; `burst` tokens at most, refilled at `ratePerSecond`. It starts full.
 * Source: "Throttle requests to your REST APIs", API Gateway developer guide.
 */
export class TokenBucket {
  readonly #limits: ThrottleLimits;
  #tokens: number;
  #filledMs: number;

  constructor(limits: ThrottleLimits, nowMs: number) {
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#filledMs = nowMs;
  }

  /** False when the bucket is empty. */
  take(nowMs: number): boolean {
    const refill = ((nowMs - this.#filledMs) / 1000) * this.#limits.ratePerSecond;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + refill);
    this.#filledMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
