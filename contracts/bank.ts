/**
 * The wire between the brokerage and its bank (a simulated PIX provider): charges in, payouts out, returns, webhooks, fault panel.
 *
 * HTTP, JSON, `authorization: Bearer <key>`; without it 401, but for the admin panel. Amounts are integer centavos, times epoch milliseconds. 400, 401, 404, 409 and 422
 * mean that nothing was done; 5xx, a timeout or no answer mean *unknown*: ask with the same id, or send it again, which does it once.
 *
 *     POST /charges            NewCharge  → 201 Charge    same txid and body again: the same charge; other body: 409 ID_REUSED
 *     GET  /charges/{txid}                → Charge, 404
 *     POST /payouts            NewPayout  → 200 Payout    idempotent by payoutId; other body: 409
 *     GET  /payouts/{id}                  → Payout, 404 = never received
 *     POST /returns            NewReturn  → 200 Return    idempotent by returnId; 404 UNKNOWN_PAYMENT, 422 AMOUNT_EXCEEDED
 *     GET  /returns/{id}                  → Return, 404
 *     GET  /health             no key
 *     PUT  /admin/faults  DELETE /admin/faults  GET /admin/faults  PUT /admin/clock {nowMs} | {offsetMs}
 *
 * Money received and payouts that end later come by webhook as a BankDelivery, sent until it is answered 2xx; repeats are to be expected.
 */
import * as z from 'zod';

const amountCents = z.int().min(1).max(100_000_000_000_00);
const timeMs = z.int();

const Cpf = z.string().regex(/^\d{11}$/);
/** PIX txid of a dynamic charge. */
const Txid = z.string().regex(/^[A-Za-z0-9]{26,35}$/);
/** `E`, ISPB, UTC minute, 11 characters of the payer's bank: unique for ever. */
const EndToEndId = z.string().regex(/^E\d{8}\d{12}[A-Za-z0-9]{11}$/);
/** The same with `D`, of money sent back. */
const ReturnEndToEndId = z.string().regex(/^D\d{8}\d{12}[A-Za-z0-9]{11}$/);
const OwnId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);

/** `debtorCpf` is who is expected to pay (and locally does, at once). */
export const NewCharge = z.strictObject({
  txid: Txid,
  amountCents,
  debtorCpf: Cpf,
  expiresAtMs: timeMs.optional(),
});
export type NewCharge = z.infer<typeof NewCharge>;

/** `copyAndPaste` is the BR Code ("Pix copia e cola") with its CRC16. */
export const Charge = z.strictObject({
  txid: Txid,
  amountCents,
  status: z.enum(['ACTIVE', 'PAID', 'EXPIRED']),
  copyAndPaste: z.string(),
  createdAtMs: timeMs,
  expiresAtMs: timeMs.nullable(),
});
export type Charge = z.infer<typeof Charge>;

/** `payoutId` is the brokerage's withdrawal id and the idempotency key. */
export const NewPayout = z.strictObject({ payoutId: OwnId, amountCents, payeeCpf: Cpf });
export type NewPayout = z.infer<typeof NewPayout>;

/** FAILED is definite: no money left. RETURNED: it was paid and came back. */
export const Payout = z.strictObject({
  payoutId: OwnId,
  amountCents,
  status: z.enum(['PENDING', 'PAID', 'FAILED', 'RETURNED']),
  endToEndId: EndToEndId.nullable(),
  failureReason: z.enum(['PAYEE_REFUSED']).nullable(),
  updatedAtMs: timeMs,
});
export type Payout = z.infer<typeof Payout>;

/** Sends back (part of) a received payment, named by its end-to-end id. */
export const NewReturn = z.strictObject({ returnId: OwnId, endToEndId: EndToEndId, amountCents });
export type NewReturn = z.infer<typeof NewReturn>;
export const Return = z.strictObject({
  returnId: OwnId,
  endToEndId: EndToEndId,
  amountCents,
  returnEndToEndId: ReturnEndToEndId,
  returnedAtMs: timeMs,
});
export type Return = z.infer<typeof Return>;

/** PIX_RECEIVED: `amountCents` is what was PAID, which need not be what was charged. `seq` counts all events, from 1. */
export const BankEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('PIX_RECEIVED'),
    seq: z.int().min(1),
    endToEndId: EndToEndId,
    txid: Txid,
    amountCents,
    payerCpf: Cpf,
    paidAtMs: timeMs,
  }),
  z.strictObject({ kind: z.literal('PAYOUT_ENDED'), seq: z.int().min(1), payout: Payout }),
]);
export type BankEvent = z.infer<typeof BankEvent>;

/** Body of the webhook. Answer 2xx once it is safe. */
export const BankDelivery = z.strictObject({ events: z.array(BankEvent).min(1) });
export type BankDelivery = z.infer<typeof BankDelivery>;

/** Epoch milliseconds, in decimal. */
export const BANK_TIMESTAMP_HEADER = 'x-bank-timestamp';
/** Lower-case hex of HMAC-SHA256(webhook secret, `${timestamp}.${rawBody}`). */
export const BANK_SIGNATURE_HEADER = 'x-bank-signature';

export const BankError = z.strictObject({ code: z.string(), message: z.string() });
export type BankError = z.infer<typeof BankError>;

/**
 * One fault of the panel. Payments: pay-as-other-cpf (`cpf`) · pay-other-amount (`amountCents`) · hold-payments: charges stay unpaid until it is taken
 * off. Webhooks: duplicate-webhooks · hold-webhooks. Payouts: fail-payout: FAILED · pend-payout: PENDING until taken off, then PAID · return-payout: PAID,
 * then RETURNED by webhook · hang-payout: read, nothing done, never answered · lost-payout-answer: done, never answered. Every request: latency (`ms`) ·
 * error: 503 · down: connection destroyed.
 */
export const BankFault = z.strictObject({
  fault: z.enum([
    'pay-as-other-cpf',
    'pay-other-amount',
    'hold-payments',
    'duplicate-webhooks',
    'hold-webhooks',
    'fail-payout',
    'pend-payout',
    'return-payout',
    'hang-payout',
    'lost-payout-answer',
    'latency',
    'error',
    'down',
  ]),
  probability: z.number().min(0).max(1).default(1),
  ms: z.int().min(0).max(600_000).default(0),
  cpf: Cpf.default('12345678909'),
  amountCents: amountCents.default(1),
});
export type BankFault = z.infer<typeof BankFault>;
