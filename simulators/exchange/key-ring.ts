import type { SimulatorClock } from '../outside/clock.ts';
import type { OrderStore } from './order-store.ts';

interface Credentials {
  readonly apiKey: string;
  readonly webhookSecret: string;
}

interface KeptCredentials extends Credentials {
  /** Null for those that nothing has replaced. */
  readonly validUntilMs: number | null;
}

const KEY_RING = 'keyRing';

/** How long a replaced key is still taken. */
const GRACE_MS = 86_400_000;

/** The member's credentials: the present ones, and those they replaced not long ago. */
export class KeyRing {
  readonly #store: OrderStore;
  readonly #clock: SimulatorClock;
  /** Newest first. */
  #kept: readonly [KeptCredentials, ...KeptCredentials[]];

  /** `first` are those of a member that has never changed them. */
  constructor(store: OrderStore, clock: SimulatorClock, first: Credentials) {
    this.#store = store;
    this.#clock = clock;
    this.#kept = store.fact<[KeptCredentials, ...KeptCredentials[]]>(KEY_RING) ?? [
      { apiKey: first.apiKey, webhookSecret: first.webhookSecret, validUntilMs: null },
    ];
  }

  /** Durable with the store's next commit. */
  replace({ apiKey, webhookSecret }: Credentials): void {
    const [newest] = this.#kept;
    if (newest.apiKey === apiKey && newest.webhookSecret === webhookSecret) return;
    const nowMs = this.#clock.nowMs();
    const former = this.#kept
      .map((kept) => ({ ...kept, validUntilMs: kept.validUntilMs ?? nowMs + GRACE_MS }))
      .filter((kept) => kept.validUntilMs > nowMs && kept.apiKey !== apiKey);
    this.#kept = [{ apiKey, webhookSecret, validUntilMs: null }, ...former];
    this.#store.saveFact(KEY_RING, this.#kept);
  }

  /** Those that are taken now. */
  apiKeys(): string[] {
    const nowMs = this.#clock.nowMs();
    return this.#kept
      .filter(({ validUntilMs }) => validUntilMs === null || nowMs < validUntilMs)
      .map(({ apiKey }) => apiKey);
  }

  /** What webhooks are signed with now. */
  get webhookSecret(): string {
    return this.#kept[0].webhookSecret;
  }
}
