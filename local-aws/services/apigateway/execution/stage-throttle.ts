import { TokenBucket } from '../../../gateway/token-bucket.ts';
import type { DeployedMethod } from '../deployment/deployed-stage.ts';

/** Account quota of REST APIs a region: 10,000 requests a second, bursts of 5,000. Source: "Amazon API Gateway quotas". */
const ACCOUNT_LIMITS = { ratePerSecond: 10_000, burst: 5000 };

/** The limits that hold for all callers together: the method's in its stage, then the account's. */
export class StageThrottle {
  readonly #account: TokenBucket;
  readonly #methods = new Map<DeployedMethod, TokenBucket>();

  constructor(nowMs: number) {
    this.#account = new TokenBucket(ACCOUNT_LIMITS, nowMs);
  }

  /** False when one of them is used up. */
  admit(method: DeployedMethod, nowMs: number): boolean {
    if (method.throttle) {
      const bucket = this.#methods.get(method) ?? new TokenBucket(method.throttle, nowMs);
      this.#methods.set(method, bucket);
      if (!bucket.take(nowMs)) return false;
    }
    return this.#account.take(nowMs);
  }
}
