import {
  BankError,
  Charge,
  type NewCharge,
  type NewPayout,
  type NewReturn,
  Payout,
  Return,
} from '@brokerage/contracts/bank';
import type * as z from 'zod';
import type { CallForeign } from '../platform/foreign-http.ts';
import type { ReadCredentials } from '../platform/secrets.ts';

/** REFUSED is definite: the bank read the request and did nothing. UNKNOWN says nothing about what was done: ask again, under the same id. */
export type BankAnswer<Value> =
  | { readonly kind: 'ACCEPTED'; readonly value: Value }
  | { readonly kind: 'REFUSED'; readonly code: string }
  | { readonly kind: 'UNKNOWN'; readonly reason: string };

/** Every request is idempotent by its id: repeated, it is done once and answered with its state now. */
export interface BankGateway {
  charge(charge: NewCharge): Promise<BankAnswer<Charge>>;
  payOut(payout: NewPayout): Promise<BankAnswer<Payout>>;
  giveBack(payment: NewReturn): Promise<BankAnswer<Return>>;
}

const TIMEOUT_MS = 3_000;

/** 401 and 404 are about us or the address, and 409 about an earlier request: none says that this transfer is not to be. */
const DEFINITE_REFUSALS = new Set([400, 422]);

export function createBankGateway(baseUrl: string, credentials: ReadCredentials, call: CallForeign): BankGateway {
  async function post<Value>(path: string, body: object, schema: z.ZodType<Value>): Promise<BankAnswer<Value>> {
    const { apiKey } = await credentials();
    const answer = await call({ method: 'POST', url: `${baseUrl}${path}`, apiKey, body, timeoutMs: TIMEOUT_MS });
    if (answer.kind !== 'ANSWERED') return { kind: 'UNKNOWN', reason: answer.reason };
    const { status } = answer;
    if (DEFINITE_REFUSALS.has(status)) {
      return { kind: 'REFUSED', code: BankError.safeParse(answer.body).data?.code ?? `HTTP_${status}` };
    }
    if (status !== 200 && status !== 201) return { kind: 'UNKNOWN', reason: `the bank answered ${status}` };
    const value = schema.safeParse(answer.body);
    return value.success
      ? { kind: 'ACCEPTED', value: value.data }
      : { kind: 'UNKNOWN', reason: 'the bank’s answer breaks the protocol' };
  }
  return {
    charge: (charge) => post('/charges', charge, Charge),
    payOut: (payout) => post('/payouts', payout, Payout),
    giveBack: (payment) => post('/returns', payment, Return),
  };
}
