import type { AuthorizerResult } from '../../../gateway/authorizer-result.ts';

/** Most entries of one authorizer's cache; the oldest goes when one more comes. */
const MAX_ENTRIES = 10_000;

/**
 * What an authorizer said, by the values of its identity sources. It keeps the policy, not the decision: the same
 * caller may be allowed one method and denied another.
 */
export class AuthorizerCache {
  readonly #entries = new Map<string, { readonly result: AuthorizerResult; readonly expiresMs: number }>();

  get(key: string, nowMs: number): AuthorizerResult | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresMs > nowMs) return entry.result;
    this.#entries.delete(key);
    return undefined;
  }

  put(key: string, result: AuthorizerResult, expiresMs: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { result, expiresMs });
    if (this.#entries.size <= MAX_ENTRIES) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
