/** What a client may ask about orders without an order's id: a preview of one, and to cancel all. */
import * as z from 'zod';
import { DecimalText } from '../decimal-text.ts';
import { FeesView } from './orders.ts';

/** `refusals` is why the order would end REJECTED now; then there is no estimate. The estimate is at the worst price: the real cost is that or less. */
export const OrderPreview = z.object({
  refusals: z.array(
    z.object({
      code: z.string(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    }),
  ),
  estimate: z
    .object({
      price: DecimalText,
      orderValue: DecimalText,
      grossAmount: DecimalText,
      fees: FeesView,
      blockedAmount: DecimalText,
      blockedQuantity: z.int(),
    })
    .nullable(),
});
export type OrderPreview = z.input<typeof OrderPreview>;

/** Ids of the orders that are being cancelled, and of those that could not be: ended meanwhile, or an amendment is pending. */
export const CancelAllAnswer = z.object({ requested: z.array(z.string()), refused: z.array(z.string()) });
