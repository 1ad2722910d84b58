interface Mail {
  /** A client or a service waits for the answer of the invocation. */
  readonly isAwaited: boolean;
}

/** Of so many mails read, one is the oldest, whether somebody waits for it or not. */
const FAIRNESS = 8;

/**
 * Mail between threads, in the order in which it is read: what somebody waits for (a client its answer, a saga its step) before what works off queues
 * and streams. On AWS they share no host. No mail waits for ever.
 */
export class MailQueue<Item extends Mail> {
  readonly #awaited: { readonly mail: Item; readonly arrival: number }[] = [];
  readonly #others: { readonly mail: Item; readonly arrival: number }[] = [];
  #arrivals = 0;
  #taken = 0;

  get size(): number {
    return this.#arrivals - this.#taken;
  }

  add(mail: Item): void {
    (mail.isAwaited ? this.#awaited : this.#others).push({ mail, arrival: this.#arrivals });
    this.#arrivals += 1;
  }

  take(): Item | undefined {
    const [awaited, other] = [this.#awaited[0], this.#others[0]];
    if (!awaited && !other) return undefined;
    this.#taken += 1;
    const isOldestNext = this.#taken % FAIRNESS === 0;
    const takesOther = !awaited || (other && isOldestNext && other.arrival < awaited.arrival);
    return (takesOther ? this.#others : this.#awaited).shift()?.mail;
  }
}

/**
 * Reads mail one a turn of the event loop. Node hands out all that has come in one turn, so that what is urgent, and sockets and timers, would
 * wait until the last of it is read.
 */
export function readInTurns<Item extends Mail>(read: (mail: Item) => void): (mail: Item) => void {
  const mails = new MailQueue<Item>();
  const readNext = (): void => {
    const mail = mails.take();
    if (!mail) return;
    if (mails.size > 0) setImmediate(readNext);
    read(mail);
  };
  return (mail) => {
    if (mails.size === 0) setImmediate(readNext);
    mails.add(mail);
  };
}
