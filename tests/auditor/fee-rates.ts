import { FEE_COMPONENTS, type FeeComponent, type Fees } from './books.ts';

/** Ten-millionths, B3's tariff in force from 2025-08-01 for trades that are no day trade, and the house's own. */
const RATES: Readonly<Record<string, Readonly<Record<FeeComponent, bigint>>>> = {
  UP_TO_3M: { TRADING: 500n, CCP: 2_240n, TTA: 260n, BROKERAGE: 0n, ISS: 500_000n },
  ABOVE_3M: { TRADING: 375n, CCP: 1_615n, TTA: 260n, BROKERAGE: 0n, ISS: 500_000n },
};
const WHOLE = 10_000_000n;
export const TARIFF_FROM = '2025-08-01';

/** Fees on a traded value in centavos: each component cut to the centavo by itself. ISS is on the brokerage. */
export function feesOn(grossCents: number, band: string): Fees {
  const rates = RATES[band];
  if (!rates) throw new Error(`the auditor knows no fee band ${band}`);
  const cut = (base: bigint, component: FeeComponent) => (base * rates[component]) / WHOLE;
  const gross = BigInt(grossCents);
  const brokerage = cut(gross, 'BROKERAGE');
  return {
    TRADING: Number(cut(gross, 'TRADING')),
    CCP: Number(cut(gross, 'CCP')),
    TTA: Number(cut(gross, 'TTA')),
    BROKERAGE: Number(brokerage),
    ISS: Number(cut(brokerage, 'ISS')),
  };
}

export function totalOf(fees: Fees): number {
  return FEE_COMPONENTS.reduce((sum, component) => sum + fees[component], 0);
}

/** What `added` costs on top of `already`, all components. */
export function addedFees(already: number, added: number, band: string): number {
  return totalOf(feesOn(already + added, band)) - totalOf(feesOn(already, band));
}
