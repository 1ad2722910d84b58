/** Money and holdings as the REST API shows them. Amounts are reais in decimal text. */
import * as z from 'zod';
import { AveragePriceText, DecimalText, PositiveDecimal, RateText } from '../decimal-text.ts';
import { ListQuery, pageOf } from './paging.ts';

/** `available` may be withdrawn now, `buyingPower` may be spent on a purchase now; `payable` has left `available` already. */
const Balances = z.object({
  available: DecimalText,
  blocked: DecimalText,
  receivable: DecimalText,
  payable: DecimalText,
  buyingPower: DecimalText,
});

/** `settlements`: what the days to come bring and take, in order of date. */
export const AccountView = Balances.extend({
  accountId: z.string(),
  currency: z.literal('BRL'),
  settlements: z.array(z.object({ date: z.iso.date(), receivable: DecimalText, payable: DecimalText })),
});
export type AccountView = z.infer<typeof AccountView>;

/** `amounts` holds what the entry changes (signed), `balances` all five after it. Oldest first. */
export const StatementItem = z.object({
  entryId: z.string(),
  kind: z.string(),
  time: z.iso.datetime(),
  tradeDate: z.iso.date(),
  settlementDate: z.iso.date().nullable(),
  orderId: z.string().nullable(),
  executionId: z.string().nullable(),
  amounts: Balances.omit({ buyingPower: true }).partial(),
  balances: Balances,
});
export type StatementItem = z.infer<typeof StatementItem>;
export const StatementPage = pageOf(StatementItem);

/** Market figures are null when the exchange has not said them. */
export const PositionView = z.object({
  symbol: z.string(),
  isin: z.string(),
  quantity: z.int(),
  blockedQuantity: z.int(),
  settledQuantity: z.int(),
  averagePrice: AveragePriceText.nullable(),
  averageCost: AveragePriceText.nullable(),
  lastPrice: DecimalText.nullable(),
  marketValue: DecimalText.nullable(),
  unrealizedPnl: DecimalText.nullable(),
});
export type PositionView = z.infer<typeof PositionView>;
export const PositionList = pageOf(PositionView);

/** `date`: the fees in force on it, today when absent. */
export const FeesQuery = z.strictObject({ date: z.iso.date().optional() });
const FeeRate = z.object({ name: z.string(), rate: RateText });
export const FeeRates = z.object({ date: z.iso.date(), normal: z.array(FeeRate), dayTrade: z.array(FeeRate) });
export type FeeRates = z.infer<typeof FeeRates>;

export const DepositRequest = z.strictObject({ amount: PositiveDecimal });
export type DepositRequest = z.output<typeof DepositRequest>;

/** `copyAndPaste` is the BR Code to pay. `paidAmount` is what was credited, or came and was sent back (RETURNED). */
export const DepositView = z.object({
  txid: z.string(),
  amount: DecimalText,
  status: z.enum(['PENDING', 'PAID', 'RETURNED', 'EXPIRED']),
  copyAndPaste: z.string(),
  paidAmount: DecimalText.nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
});
export type DepositView = z.infer<typeof DepositView>;
export const DepositPath = z.strictObject({ txid: z.string().min(1).max(64) });

export const WithdrawalRequest = z.strictObject({ amount: PositiveDecimal });
export type WithdrawalRequest = z.output<typeof WithdrawalRequest>;

/** PENDING covers a payout whose outcome is not known yet. */
export const WithdrawalView = z.object({
  withdrawalId: z.string(),
  amount: DecimalText,
  status: z.enum(['PENDING', 'PAID', 'FAILED', 'RETURNED']),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type WithdrawalView = z.infer<typeof WithdrawalView>;
export const WithdrawalPath = z.strictObject({ withdrawalId: z.string().min(1).max(64) });

export const StatementQuery = ListQuery;
