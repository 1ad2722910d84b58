/** Money and prices on the REST wire: decimal strings out, decimal strings or numbers in, never more than two decimals. */
import type { Cents } from '@brokerage/domain/money/cents';
import { parseDecimal } from '@brokerage/domain/money/decimal';
import * as z from 'zod';

/** R$ 9,999,999,999.99: far above any price or transfer, and quantity × price still fits an exact integer for real orders. */
const MAX_REAIS = 9_999_999_999.99;
const POSITIVE_DECIMAL = /^\d{1,10}(\.\d{1,2})?$/;

/**
 * A positive amount or price as a client writes it, `"30.25"`, `"30.5"` or `30.25`; parsed into centavos.
 * How many decimals a number has cannot be said in JSON schema without floating-point division, so the parser checks it.
 */
export const PositiveDecimal = z
  .union([z.string().regex(POSITIVE_DECIMAL), z.number().positive().max(MAX_REAIS)])
  .transform((value, context): Cents => {
    const amountCents = parseDecimal(value);
    if (amountCents !== null && amountCents > 0) return amountCents;
    context.addIssue({ code: 'custom', message: 'must be above zero and have at most two decimals' });
    return z.NEVER;
  });

/** An amount in reais as the API answers it: `"30.25"`, `"-3025.89"`. */
export const DecimalText = z.string().regex(/^-?\d+\.\d{2}$/);
/** An average price in reais, four decimals: `"30.0060"`. */
export const AveragePriceText = z.string().regex(/^\d+\.\d{4}$/);
/** A rate as a fraction of the base: `"0.00005"`. */
export const RateText = z.string().regex(/^\d+(\.\d+)?$/);
