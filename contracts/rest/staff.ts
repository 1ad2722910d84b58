/** What the brokerage's own people ask: operations and compliance. */
import * as z from 'zod';
import { DecimalText } from '../decimal-text.ts';
import { ListQuery, pageOf } from './paging.ts';

/** `asOf`: entries up to and with this instant; all when absent. */
export const TrialBalanceQuery = z.strictObject({ asOf: z.iso.datetime().optional() });

/** `clients` sums all clients. `total` is "0.00", or the books are broken. */
export const TrialBalance = z.object({
  asOf: z.iso.datetime(),
  house: z.array(z.object({ account: z.string(), amount: DecimalText })),
  clients: z.object({
    available: DecimalText,
    blocked: DecimalText,
    receivable: DecimalText,
    payable: DecimalText,
  }),
  total: DecimalText,
  entries: z.int(),
});
export type TrialBalance = z.infer<typeof TrialBalance>;

/** Publishes the events of an order again, from `fromSeq` on. */
export const RepublishRequest = z.strictObject({
  orderId: z.string().min(1).max(64),
  fromSeq: z.int().min(1).default(1),
});
export type RepublishRequest = z.output<typeof RepublishRequest>;
export const RepublishAnswer = z.object({ published: z.int(), refused: z.int() });

/** Orders that the sweeper claimed and sent on their way again. */
export const SweepAnswer = z.object({ swept: z.int() });

/** An order above R$ 100,000.00. `amount` is quantity × the price it was reserved at. */
export const AlertView = z.object({
  alertId: z.string(),
  kind: z.literal('LARGE_ORDER'),
  orderId: z.string(),
  accountId: z.string(),
  symbol: z.string(),
  side: z.enum(['BUY', 'SELL']),
  quantity: z.int(),
  amount: DecimalText,
  raisedAt: z.iso.datetime(),
});
export type AlertView = z.infer<typeof AlertView>;
export const AlertPage = pageOf(AlertView);
/** One month of alerts in São Paulo's calendar, this one when absent; newest first. */
export const ListAlertsQuery = ListQuery.extend({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
});
