import { type Cents, cents, maxCents, ZERO_CENTS } from '../money/cents.ts';
import { percentRate, truncatedShare } from '../money/rate.ts';

/** IRRF withheld at the note, never at the fill (Lei 11.033/2004, art. 2). */
const SALES_RATE = percentRate('0.005');
const DAY_TRADE_RATE = percentRate('1');
/** A month's tax on sales up to R$ 1.00 is not withheld. */
const MONTHLY_EXEMPTION_CENTS: Cents = cents(100);

/**
 * Tax on sales that are no day trade: 0.005 % of the month's sum. Nothing while that is at most R$ 1.00; the note that
 * crosses it withholds all of it, and later ones what they add.
 */
export function salesTax(monthSalesBefore: Cents, salesToday: Cents): Cents {
  return cents(salesTaxOfMonth(cents(monthSalesBefore + salesToday)) - salesTaxOfMonth(monthSalesBefore));
}

function salesTaxOfMonth(monthSales: Cents): Cents {
  const tax = truncatedShare(monthSales, SALES_RATE);
  return tax <= MONTHLY_EXEMPTION_CENTS ? ZERO_CENTS : tax;
}

/** 1 % of a day's positive result of day trades, gross of costs. */
export function dayTradeTax(dayTradeResult: Cents): Cents {
  return truncatedShare(maxCents(dayTradeResult, ZERO_CENTS), DAY_TRADE_RATE);
}
