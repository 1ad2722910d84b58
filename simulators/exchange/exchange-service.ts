import {
  EXCHANGE_SIGNATURE_HEADER,
  EXCHANGE_TIMESTAMP_HEADER,
  type ExchangeFault,
} from '@brokerage/contracts/exchange';
import { MAX_TICKS_PER_DELIVERY } from '@brokerage/contracts/market-feed';
import type { SimulatorClock } from '../outside/clock.ts';
import { FaultPanel } from '../outside/fault-panel.ts';
import { GroupCommit } from '../outside/group-commit.ts';
import { type DeliveryFaults, type OutboundSource, OutboundStream } from '../outside/outbound-stream.ts';
import { seededRandom } from '../outside/random.ts';
import type { Send } from '../outside/signed-post.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { KeyRing } from './key-ring.ts';

interface ExchangeServiceOptions extends ExchangeOptions {
  readonly send: Send;
  readonly webhookUrl: string;
  readonly marketDataWebhookUrl: string;
  /** Of a member that has never changed its credentials. */
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly lingerMs: number;
}

/** Where a stream goes, how it is cut, and the faults of its own. */
interface StreamTerms extends Omit<DeliveryFaults, 'unreachable'> {
  readonly url: string;
  readonly bodyKey: string;
  readonly lingerMs: number;
  readonly maxItemsPerDelivery?: number;
}

/** How long a tick waits for company. */
const MARKET_DATA_LINGER_MS = 50;

const CLOCK_OFFSET = 'clockOffsetMs';

/** The exchange with its fault panel and its two streams of webhooks, whole but for HTTP: what a simulation links in process. */
export class ExchangeService {
  readonly exchange: Exchange;
  readonly faults: FaultPanel<ExchangeFault>;
  readonly clock: SimulatorClock;
  readonly keyRing: KeyRing;
  readonly #options: ExchangeServiceOptions;
  readonly #reports: OutboundStream;
  readonly #marketData: OutboundStream;
  readonly #commits: GroupCommit;

  /** The clock takes up the offset it was last set to, before anything happens by it. */
  constructor(options: ExchangeServiceOptions) {
    const { clock, store, seed } = options;
    clock.setOffset(store.fact<number>(CLOCK_OFFSET) ?? clock.offsetMs());
    this.#options = options;
    this.clock = clock;
    this.keyRing = new KeyRing(store, clock, options);
    this.exchange = new Exchange(options);
    this.faults = new FaultPanel(seededRandom(seed, 'faults'), () => this.#wake());
    this.#reports = this.#stream(this.exchange.outbound(), {
      url: options.webhookUrl,
      bodyKey: 'reports',
      lingerMs: options.lingerMs,
      held: () => this.faults.isOn('hold-reports'),
      duplicate: () => this.faults.strike('duplicate-reports') !== undefined,
      reorder: () => this.faults.strike('reorder-reports') !== undefined,
    });
    this.#marketData = this.#stream(this.exchange.marketFeed(), {
      url: options.marketDataWebhookUrl,
      bodyKey: 'ticks',
      lingerMs: MARKET_DATA_LINGER_MS,
      maxItemsPerDelivery: MAX_TICKS_PER_DELIVERY,
      held: () => this.faults.isOn('hold-market-data'),
      duplicate: () => false,
      reorder: () => false,
    });
    this.#commits = new GroupCommit(clock, () => this.commit());
    this.#wake();
  }

  /** Resolves once all that was done is durable; its reports are then on their way. */
  durable(): Promise<void> {
    return this.#commits.durable();
  }

  commit(): void {
    this.exchange.commit();
    this.#wake();
  }

  /** Lets time do its work; call every 50 ms or so: quotes enter the market data here. */
  tick(): void {
    this.exchange.tick();
    this.commit();
  }

  setClockOffset(offsetMs: number): void {
    this.clock.setOffset(offsetMs);
    this.#options.store.saveFact(CLOCK_OFFSET, offsetMs);
    this.tick();
  }

  /** Resolves when the reports and market data that are durable now were told, or could not be. */
  async told(): Promise<void> {
    await Promise.all([this.#reports.delivered(), this.#marketData.delivered()]);
  }

  /** Sends nothing more and lets the store go. */
  close(): void {
    this.#reports.stop();
    this.#marketData.stop();
    this.exchange.commit();
    this.#options.store.close();
  }

  #wake(): void {
    this.#reports.wake();
    this.#marketData.wake();
  }

  #stream(source: OutboundSource, { url, held, duplicate, reorder, ...terms }: StreamTerms): OutboundStream {
    const { clock, seed, send } = this.#options;
    const { keyRing, faults } = this;
    return new OutboundStream({
      ...terms,
      source,
      target: {
        url,
        get secret() {
          return keyRing.webhookSecret;
        },
        timestampHeader: EXCHANGE_TIMESTAMP_HEADER,
        signatureHeader: EXCHANGE_SIGNATURE_HEADER,
      },
      send,
      clock,
      random: seededRandom(seed, terms.bodyKey),
      faults: { held, unreachable: () => faults.strike('down') !== undefined, duplicate, reorder },
    });
  }
}
