import type {
  BankEvent,
  BankFault,
  Charge,
  NewCharge,
  NewPayout,
  NewReturn,
  Payout,
  Return,
} from '@brokerage/contracts/bank';
import type { SimulatorClock } from '../outside/clock.ts';
import type { FaultPanel } from '../outside/fault-panel.ts';
import type { Random } from '../outside/random.ts';
import type { BankStore } from './bank-store.ts';
import { brCode } from './br-code.ts';
import { pixId } from './pix-id.ts';

/** Why the bank does nothing: the codes of `contracts/bank.ts`. */
export interface BankRefusal {
  readonly refusal: 'ID_REUSED' | 'UNKNOWN_PAYMENT' | 'AMOUNT_EXCEEDED';
}

interface StoredCharge {
  readonly request: NewCharge;
  readonly charge: Charge;
}
interface StoredPayout {
  readonly request: NewPayout;
  readonly payout: Payout;
}
interface StoredReturn {
  readonly request: NewReturn;
  readonly answer: Return;
}
interface Payment {
  readonly endToEndId: string;
  readonly amountCents: number;
  readonly returnedCents: number;
}

/** Not of any real bank. */
const OWN_ISPB = '99999001';
const PAYERS_ISPB = '99999002';
const PIX_IDS = 'pixIds';

interface BankOptions {
  readonly clock: SimulatorClock;
  readonly store: BankStore;
  readonly random: Random;
  readonly faults: FaultPanel<BankFault>;
}

/** A PIX provider's accounts of the brokerage. Operations take effect at once; answers may leave after the store's commit. */
export class Bank {
  readonly #options: BankOptions;

  constructor(options: BankOptions) {
    this.#options = options;
  }

  /** Makes a charge, which its debtor pays at once unless the panel holds payments. */
  charge(request: NewCharge): Charge | BankRefusal {
    const { store, clock } = this.#options;
    const known = store.find<StoredCharge>('charge', request.txid);
    if (known !== undefined)
      return isSame(known.request, request) ? this.#aged(known).charge : { refusal: 'ID_REUSED' };
    const { txid, amountCents, expiresAtMs = null } = request;
    const copyAndPaste = brCode(txid, amountCents);
    const charge = {
      txid,
      amountCents,
      status: 'ACTIVE' as const,
      copyAndPaste,
      createdAtMs: clock.nowMs(),
      expiresAtMs,
    };
    store.save('charge', txid, { request, charge });
    this.#pay({ request, charge });
    return charge;
  }

  findCharge(txid: string): Charge | undefined {
    const stored = this.#options.store.find<StoredCharge>('charge', txid);
    return stored && this.#aged(stored).charge;
  }

  payout(request: NewPayout): Payout | BankRefusal {
    const { store, faults } = this.#options;
    const known = store.find<StoredPayout>('payout', request.payoutId);
    if (known !== undefined) return isSame(known.request, request) ? known.payout : { refusal: 'ID_REUSED' };
    if (faults.strike('fail-payout'))
      return this.#savePayout(request, { status: 'FAILED', failureReason: 'PAYEE_REFUSED' });
    if (faults.strike('pend-payout')) return this.#savePayout(request, { status: 'PENDING' });
    const endToEndId = this.#pixId('E', OWN_ISPB);
    const paid = this.#savePayout(request, { status: 'PAID', endToEndId });
    if (faults.strike('return-payout')) this.#endPayout(request, { status: 'RETURNED', endToEndId });
    return paid;
  }

  findPayout(payoutId: string): Payout | undefined {
    return this.#options.store.find<StoredPayout>('payout', payoutId)?.payout;
  }

  /** Sends back a received payment or a part of it, never more in all than was paid. */
  giveBack(request: NewReturn): Return | BankRefusal {
    const { store, clock } = this.#options;
    const known = store.find<StoredReturn>('return', request.returnId);
    if (known !== undefined) return isSame(known.request, request) ? known.answer : { refusal: 'ID_REUSED' };
    const payment = store.find<Payment>('payment', request.endToEndId);
    if (payment === undefined) return { refusal: 'UNKNOWN_PAYMENT' };
    const returnedCents = payment.returnedCents + request.amountCents;
    if (returnedCents > payment.amountCents) return { refusal: 'AMOUNT_EXCEEDED' };
    store.save('payment', payment.endToEndId, { ...payment, returnedCents });
    const answer = { ...request, returnEndToEndId: this.#pixId('D', OWN_ISPB), returnedAtMs: clock.nowMs() };
    store.save('return', request.returnId, { request, answer });
    return answer;
  }

  findReturn(returnId: string): Return | undefined {
    return this.#options.store.find<StoredReturn>('return', returnId)?.answer;
  }

  /** Does what the panel no longer holds back: unpaid charges are paid, pending payouts too. */
  catchUp(): void {
    const { store, faults } = this.#options;
    for (const stored of store.all<StoredCharge>('charge')) if (stored.charge.status === 'ACTIVE') this.#pay(stored);
    if (faults.isOn('pend-payout')) return;
    for (const { request, payout } of store.all<StoredPayout>('payout')) {
      if (payout.status !== 'PENDING') continue;
      this.#endPayout(request, { status: 'PAID', endToEndId: this.#pixId('E', OWN_ISPB) });
    }
  }

  #pay(stored: StoredCharge): void {
    const { store, clock, faults } = this.#options;
    const { request, charge } = this.#aged(stored);
    if (charge.status !== 'ACTIVE' || faults.strike('hold-payments')) return;
    const endToEndId = this.#pixId('E', PAYERS_ISPB);
    const amountCents = faults.strike('pay-other-amount')?.amountCents ?? request.amountCents;
    const payerCpf = faults.strike('pay-as-other-cpf')?.cpf ?? request.debtorCpf;
    store.save('charge', request.txid, { request, charge: { ...charge, status: 'PAID' } });
    store.save('payment', endToEndId, { endToEndId, amountCents, returnedCents: 0 });
    const { txid } = request;
    this.#tell({ kind: 'PIX_RECEIVED', endToEndId, txid, amountCents, payerCpf, paidAtMs: clock.nowMs() });
  }

  /** A charge as it stands now: unpaid past its time, it has expired. */
  #aged(stored: StoredCharge): StoredCharge {
    const { charge } = stored;
    const late = charge.expiresAtMs !== null && charge.expiresAtMs <= this.#options.clock.nowMs();
    return charge.status === 'ACTIVE' && late ? { ...stored, charge: { ...charge, status: 'EXPIRED' } } : stored;
  }

  #endPayout(request: NewPayout, end: Pick<Payout, 'status'> & Partial<Payout>): void {
    this.#tell({ kind: 'PAYOUT_ENDED', payout: this.#savePayout(request, end) });
  }

  #savePayout(request: NewPayout, state: Pick<Payout, 'status'> & Partial<Payout>): Payout {
    const { payoutId, amountCents } = request;
    const updatedAtMs = this.#options.clock.nowMs();
    const payout = { payoutId, amountCents, endToEndId: null, failureReason: null, ...state, updatedAtMs };
    this.#options.store.save('payout', payoutId, { request, payout });
    return payout;
  }

  #tell(event: UnnumberedEvent): void {
    const { store } = this.#options;
    store.addEvent({ ...event, seq: store.lastSeq() + 1 });
  }

  #pixId(kind: 'E' | 'D', ispb: string): string {
    const { store, clock, random } = this.#options;
    const sequence = (store.find<number>('fact', PIX_IDS) ?? 0) + 1;
    store.save('fact', PIX_IDS, sequence);
    return pixId(kind, ispb, clock.nowMs(), sequence, random);
  }
}

type UnnumberedEvent = BankEvent extends infer Event ? (Event extends BankEvent ? Omit<Event, 'seq'> : never) : never;

function isSame(first: Readonly<Record<string, unknown>>, second: Readonly<Record<string, unknown>>): boolean {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].every((name) => first[name] === second[name]);
}
