import type { SimulatorClock } from './clock.ts';
import { type Random, shuffled } from './random.ts';
import { type Send, signedPost, type WebhookTarget } from './signed-post.ts';

export interface OutboundItem {
  readonly seq: number;
  /** Its JSON, as it goes into the body. */
  readonly json: string;
}

/** How the panel bends deliveries, asked anew for each. */
export interface DeliveryFaults {
  /** Nothing leaves while true; `wake()` when it ends. */
  held(): boolean;
  /** The receiver cannot be reached this time. */
  unreachable(): boolean;
  duplicate(): boolean;
  reorder(): boolean;
}

export interface OutboundSource {
  /** Durable items with seq > `afterSeq`, in order, at most `limit`. */
  read(afterSeq: number, limit: number): OutboundItem[];
  /** Of the newest durable item. */
  lastSeq(): number;
  acknowledged(): number;
  acknowledge(seq: number): void;
}

interface OutboundOptions {
  readonly source: OutboundSource;
  readonly target: WebhookTarget;
  /** The array's name in the body: `{"reports":[…]}`. */
  readonly bodyKey: string;
  readonly send: Send;
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly faults: DeliveryFaults;
  /** How long a delivery waits for company. */
  readonly lingerMs: number;
  /** MAX_ITEMS_PER_DELIVERY when left out. */
  readonly maxItemsPerDelivery?: number;
}

export const MAX_ITEMS_PER_DELIVERY = 100;
const FIRST_RETRY_MS = 100;
/** Short, so that a receiver that has just come up is not long without news. */
const LAST_RETRY_MS = 500;

/**
 * One ordered stream of webhooks: a delivery is repeated, with growing pauses, until it is answered 2xx, and only then comes the next. What
 * piles up meanwhile goes together. Its place is the source's acknowledged seq, so it goes on after a restart.
 */
export class OutboundStream {
  readonly #options: OutboundOptions;
  readonly #waiting: { readonly seq: number; readonly wake: () => void }[] = [];
  #busy = false;
  #stopped = false;

  constructor(options: OutboundOptions) {
    this.#options = options;
  }

  /** Call after new items are durable, and when a fault ends. */
  wake(): void {
    const { source, faults, clock, lingerMs } = this.#options;
    if (this.#busy || this.#stopped || faults.held() || source.lastSeq() <= source.acknowledged()) return;
    this.#busy = true;
    clock.after(lingerMs, () => this.#deliverNext(FIRST_RETRY_MS));
  }

  /** Sends no more; what is unacknowledged stays for the next start. */
  stop(): void {
    this.#stopped = true;
    this.#release(Number.POSITIVE_INFINITY);
  }

  /** Resolves when all that is durable now was acknowledged, or when that cannot be: held back, or a delivery failed. */
  delivered(): Promise<void> {
    const seq = this.#options.source.lastSeq();
    if (!this.#busy) return Promise.resolve();
    return new Promise((wake) => this.#waiting.push({ seq, wake }));
  }

  #release(upToSeq: number): void {
    const all = this.#waiting.splice(0);
    for (const one of all) {
      if (one.seq <= upToSeq) one.wake();
      else this.#waiting.push(one);
    }
  }

  async #deliverNext(retryMs: number): Promise<void> {
    const { source, clock, faults, maxItemsPerDelivery = MAX_ITEMS_PER_DELIVERY } = this.#options;
    const items = this.#stopped || faults.held() ? [] : source.read(source.acknowledged(), maxItemsPerDelivery);
    const last = items.at(-1);
    if (last === undefined) {
      this.#busy = false;
      this.#release(Number.POSITIVE_INFINITY);
      return;
    }
    if (!(await this.#deliver(items))) {
      this.#release(Number.POSITIVE_INFINITY);
      clock.after(retryMs, () => this.#deliverNext(Math.min(2 * retryMs, LAST_RETRY_MS)));
      return;
    }
    if (this.#stopped) return;
    source.acknowledge(last.seq);
    this.#release(last.seq);
    // A full batch means a backlog: it need not wait for company.
    const pauseMs = items.length === maxItemsPerDelivery ? 0 : this.#options.lingerMs;
    clock.after(pauseMs, () => this.#deliverNext(FIRST_RETRY_MS));
  }

  async #deliver(items: readonly OutboundItem[]): Promise<boolean> {
    const { faults, random } = this.#options;
    if (faults.unreachable()) return false;
    const posts = faults.reorder() ? shuffled(random, items).map((item) => [item]) : [items];
    const repeated = faults.duplicate() ? [...posts, ...posts] : posts;
    for (const post of repeated) if (!(await this.#post(post))) return false;
    return true;
  }

  async #post(items: readonly OutboundItem[]): Promise<boolean> {
    const { target, bodyKey, send, clock } = this.#options;
    const body = `{"${bodyKey}":[${items.map(({ json }) => json).join(',')}]}`;
    try {
      const status = await send(signedPost(target, clock.nowMs(), body));
      return status >= 200 && status < 300;
    } catch {
      // No answer is the same as a refusal here: the delivery is repeated, and its receiver knows repeats.
      return false;
    }
  }
}
