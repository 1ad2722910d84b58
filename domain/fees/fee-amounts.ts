import { type Cents, cents, sumCents, ZERO_CENTS } from '../money/cents.ts';

/** The components of the cost of a trade, in the order in which a client sees them. */
export const FEE_COMPONENTS = ['TRADING', 'CCP', 'TTA', 'BROKERAGE', 'ISS'] as const;
export type FeeComponent = (typeof FEE_COMPONENTS)[number];

/** An amount in centavos for each component. */
export type FeeAmounts = Readonly<Record<FeeComponent, Cents>>;

export const NO_FEES: FeeAmounts = {
  TRADING: ZERO_CENTS,
  CCP: ZERO_CENTS,
  TTA: ZERO_CENTS,
  BROKERAGE: ZERO_CENTS,
  ISS: ZERO_CENTS,
};

export function totalFees(fees: FeeAmounts): Cents {
  return sumCents(FEE_COMPONENTS.map((component) => fees[component]));
}

export function addFees(a: FeeAmounts, b: FeeAmounts): FeeAmounts {
  return mapFees((component) => cents(a[component] + b[component]));
}

export function subtractFees(a: FeeAmounts, b: FeeAmounts): FeeAmounts {
  return mapFees((component) => cents(a[component] - b[component]));
}

export function mapFees(amountOf: (component: FeeComponent) => Cents): FeeAmounts {
  return {
    TRADING: amountOf('TRADING'),
    CCP: amountOf('CCP'),
    TTA: amountOf('TTA'),
    BROKERAGE: amountOf('BROKERAGE'),
    ISS: amountOf('ISS'),
  };
}
