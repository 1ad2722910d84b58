import {
  EXCHANGE_SIGNATURE_HEADER,
  EXCHANGE_TIMESTAMP_HEADER,
  type ExchangeFault,
} from '@brokerage/contracts/exchange';
import type { SimulatorClock } from '../outside/clock.ts';
import { FaultPanel } from '../outside/fault-panel.ts';
import { GroupCommit } from '../outside/group-commit.ts';
import { OutboundStream } from '../outside/outbound-stream.ts';
import { seededRandom } from '../outside/random.ts';
import type { Send } from '../outside/signed-post.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { KeyRing } from './key-ring.ts';

interface ExchangeServiceOptions extends ExchangeOptions {
  readonly send: Send;
  readonly webhookUrl: string;
  /** Of a member that has never changed its credentials. */
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly lingerMs: number;
}

const CLOCK_OFFSET = 'clockOffsetMs';

/** The exchange with its fault panel and its report stream, whole but for HTTP: what a simulation links in process. */
export class ExchangeService {
  readonly exchange: Exchange;
  readonly faults: FaultPanel<ExchangeFault>;
  readonly clock: SimulatorClock;
  readonly keyRing: KeyRing;
  readonly #options: ExchangeServiceOptions;
  readonly #reports: OutboundStream;
  readonly #commits: GroupCommit;

  /** The clock takes up the offset it was last set to, before anything happens by it. */
  constructor(options: ExchangeServiceOptions) {
    const { clock, store, seed, send } = options;
    clock.setOffset(store.fact<number>(CLOCK_OFFSET) ?? clock.offsetMs());
    this.#options = options;
    this.clock = clock;
    const keyRing = new KeyRing(store, clock, options);
    this.keyRing = keyRing;
    this.exchange = new Exchange(options);
    this.faults = new FaultPanel(seededRandom(seed, 'faults'), () => this.#reports.wake());
    this.#reports = new OutboundStream({
      source: this.exchange.outbound(),
      target: {
        url: options.webhookUrl,
        get secret() {
          return keyRing.webhookSecret;
        },
        timestampHeader: EXCHANGE_TIMESTAMP_HEADER,
        signatureHeader: EXCHANGE_SIGNATURE_HEADER,
      },
      bodyKey: 'reports',
      send,
      clock,
      random: seededRandom(seed, 'reports'),
      lingerMs: options.lingerMs,
      faults: {
        held: () => this.faults.isOn('hold-reports'),
        unreachable: () => this.faults.strike('down') !== undefined,
        duplicate: () => this.faults.strike('duplicate-reports') !== undefined,
        reorder: () => this.faults.strike('reorder-reports') !== undefined,
      },
    });
    this.#commits = new GroupCommit(clock, () => this.commit());
    this.#reports.wake();
  }

  /** Resolves once all that was done is durable; its reports are then on their way. */
  durable(): Promise<void> {
    return this.#commits.durable();
  }

  commit(): void {
    this.exchange.commit();
    this.#reports.wake();
  }

  /** Lets time do its work; call several times a second. */
  tick(): void {
    this.exchange.tick();
    this.commit();
  }

  setClockOffset(offsetMs: number): void {
    this.clock.setOffset(offsetMs);
    this.#options.store.saveFact(CLOCK_OFFSET, offsetMs);
    this.tick();
  }

  /** Sends nothing more and lets the store go. */
  close(): void {
    this.#reports.stop();
    this.exchange.commit();
    this.#options.store.close();
  }
}
