import { BANK_SIGNATURE_HEADER, BANK_TIMESTAMP_HEADER, type BankFault } from '@brokerage/contracts/bank';
import type { SimulatorClock } from '../outside/clock.ts';
import { FaultPanel } from '../outside/fault-panel.ts';
import { GroupCommit } from '../outside/group-commit.ts';
import { OutboundStream } from '../outside/outbound-stream.ts';
import { seededRandom } from '../outside/random.ts';
import type { Send } from '../outside/signed-post.ts';
import { Bank } from './bank.ts';
import type { BankStore } from './bank-store.ts';

interface BankServiceOptions {
  readonly clock: SimulatorClock;
  readonly store: BankStore;
  readonly seed: number;
  readonly send: Send;
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  readonly lingerMs: number;
}

const ACKNOWLEDGED = 'acknowledgedSeq';
const CLOCK_OFFSET = 'clockOffsetMs';

/** The bank with its fault panel and its webhooks, whole but for HTTP: what a simulation links in process. */
export class BankService {
  readonly bank: Bank;
  readonly faults: FaultPanel<BankFault>;
  readonly clock: SimulatorClock;
  readonly #store: BankStore;
  readonly #events: OutboundStream;
  readonly #commits: GroupCommit;

  constructor({ clock, store, seed, send, webhookUrl, webhookSecret, lingerMs }: BankServiceOptions) {
    clock.setOffset(store.find<number>('fact', CLOCK_OFFSET) ?? clock.offsetMs());
    this.clock = clock;
    this.#store = store;
    this.faults = new FaultPanel(seededRandom(seed, 'bank faults'), () => this.#catchUp());
    this.bank = new Bank({ clock, store, random: seededRandom(seed, 'pix ids'), faults: this.faults });
    let acknowledged = store.find<number>('fact', ACKNOWLEDGED) ?? 0;
    this.#events = new OutboundStream({
      source: {
        read: (afterSeq, limit) => store.eventsSince(afterSeq, limit),
        lastSeq: () => store.lastSeq(),
        acknowledged: () => acknowledged,
        acknowledge: (seq) => {
          acknowledged = seq;
          store.save('fact', ACKNOWLEDGED, seq);
          // The bank has no tick whose commit would take it along.
          store.commit();
        },
      },
      target: {
        url: webhookUrl,
        secret: webhookSecret,
        timestampHeader: BANK_TIMESTAMP_HEADER,
        signatureHeader: BANK_SIGNATURE_HEADER,
      },
      bodyKey: 'events',
      send,
      clock,
      random: seededRandom(seed, 'bank events'),
      lingerMs,
      faults: {
        held: () => this.faults.isOn('hold-webhooks'),
        unreachable: () => this.faults.strike('down') !== undefined,
        duplicate: () => this.faults.strike('duplicate-webhooks') !== undefined,
        reorder: () => false,
      },
    });
    this.#commits = new GroupCommit(clock, () => this.#commit());
    this.#catchUp();
  }

  /** Resolves once all that was done is durable; its webhooks are then on their way. */
  durable(): Promise<void> {
    return this.#commits.durable();
  }

  setClockOffset(offsetMs: number): void {
    this.clock.setOffset(offsetMs);
    this.#store.save('fact', CLOCK_OFFSET, offsetMs);
    this.#commit();
  }

  /** Resolves when what is durable now was told, or could not be. */
  told(): Promise<void> {
    return this.#events.delivered();
  }

  /** Sends nothing more and lets the store go. */
  close(): void {
    this.#events.stop();
    this.#store.close();
  }

  #catchUp(): void {
    this.bank.catchUp();
    this.#commit();
  }

  #commit(): void {
    this.#store.commit();
    this.#events.wake();
  }
}
