/** Refusals that the request and the instrument alone decide, in order of precedence. No order comes to exist. */
export const REQUEST_REFUSALS = [
  'UNKNOWN_SYMBOL',
  'INVALID_LOT',
  'INVALID_TICK',
  'LIMIT_PRICE_REQUIRED',
  'LIMIT_PRICE_NOT_ALLOWED',
  'STOP_PRICE_REQUIRED',
  'STOP_PRICE_NOT_ALLOWED',
  'TIME_IN_FORCE_NOT_ALLOWED',
  'EXPIRE_DATE_REQUIRED',
  'EXPIRE_DATE_NOT_ALLOWED',
  'EXPIRE_DATE_PAST',
  'INVALID_STOP_PRICE',
] as const;
export type RequestRefusal = (typeof REQUEST_REFUSALS)[number];

/** Refusals that depend on state, in order of precedence. The accepted order ends REJECTED with one of them. */
export const EXECUTION_REFUSALS = [
  'ORDER_STALE',
  'ACCOUNT_RESTRICTED',
  'SUITABILITY',
  'MARKET_CLOSED',
  'NO_REFERENCE_PRICE',
  'PRICE_OUT_OF_BAND',
  'INVALID_STOP_PRICE',
  'LIMIT_EXCEEDED',
  'INSUFFICIENT_FUNDS',
  'INSUFFICIENT_POSITION',
] as const;
export type ExecutionRefusal = (typeof EXECUTION_REFUSALS)[number];

/**
 * Why an order is REJECTED. The last two are not ours to foresee: the exchange's no, for a reason that has no name here, and a failure on our side.
 */
export type RejectReason = ExecutionRefusal | 'EXCHANGE_REJECTED' | 'PROCESSING_FAILED';

/** Refusals of a cancel or an amendment: the order stays as it is. */
export type CommandRefusal =
  | 'ORDER_NOT_OPEN'
  | 'ORDER_PENDING'
  | 'CANCEL_REQUESTED'
  | 'NOTHING_TO_CHANGE'
  | 'QUANTITY_NOT_ABOVE_FILLED';

export type RefusalCode = RequestRefusal | ExecutionRefusal | CommandRefusal;

/** An expected no, as a value: its code and the facts that explain it. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly code: Code;
  readonly facts: Readonly<Record<string, string | number | null>>;
}

export type Refused<Code extends RefusalCode = RefusalCode> = { readonly ok: false; readonly refusal: Refusal<Code> };

export function refuse<Code extends RefusalCode>(code: Code, facts: Refusal['facts'] = {}): Refused<Code> {
  return { ok: false, refusal: { code, facts } };
}
