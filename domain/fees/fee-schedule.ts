import { assert } from '../assert.ts';
import type { CalendarDate } from '../calendar/instant.ts';
import { percentRate, type Rate } from '../money/rate.ts';
import type { FeeComponent } from './fee-amounts.ts';

/** The investor's band of monthly average traded value (ADTV): B3 tells it, a broker cannot compute it across brokers. */
export type FeeBand = 'UP_TO_3M' | 'ABOVE_3M';

/** Rates on the traded value, but for ISS, which is a city's tax on the brokerage. */
export type FeeRates = Readonly<Record<FeeComponent, Rate>>;

/** B3's fees of the cash market and the house's own, in force from a date on. */
export interface FeeSchedule {
  readonly from: string;
  readonly normal: Readonly<Record<FeeBand, FeeRates>>;
  /** Day trade, band of R$ 0 to 0.2 million: no transfer of shares, so no TTA. */
  readonly dayTrade: FeeRates;
}

const FREE = percentRate('0');
const HOUSE = { BROKERAGE: FREE, ISS: percentRate('5') };

/** Oldest first. Before 2025-08 "liquidação" stood where CCP and TTA are now, and is shown as CCP. */
const FEE_SCHEDULES: readonly FeeSchedule[] = [
  {
    from: '2021-02-01',
    normal: { UP_TO_3M: settled('0.00500', '0.02500'), ABOVE_3M: settled('0.00500', '0.02500') },
    dayTrade: settled('0.00500', '0.01800'),
  },
  {
    // Ofício Circular 025/2025-VPC, "Tarifação de Produtos de Renda Variável".
    from: '2025-08-01',
    normal: {
      UP_TO_3M: { TRADING: percentRate('0.00500'), CCP: percentRate('0.02240'), TTA: percentRate('0.00260'), ...HOUSE },
      ABOVE_3M: { TRADING: percentRate('0.00375'), CCP: percentRate('0.01615'), TTA: percentRate('0.00260'), ...HOUSE },
    },
    dayTrade: settled('0.00500', '0.01800'),
  },
];

function settled(trading: string, clearing: string): FeeRates {
  return { TRADING: percentRate(trading), CCP: percentRate(clearing), TTA: FREE, ...HOUSE };
}

/** The schedule in force on a trading date. Breaks for dates before the first one. */
export function feeScheduleOn(tradeDate: CalendarDate): FeeSchedule {
  const schedule = FEE_SCHEDULES.findLast((candidate) => candidate.from <= tradeDate);
  assert(schedule !== undefined, `no fees are known for ${tradeDate}`);
  return schedule;
}

/** What an order is charged: never day-trade rates, which only the note at the close can know. */
export function feeRatesOn(tradeDate: CalendarDate, band: FeeBand): FeeRates {
  return feeScheduleOn(tradeDate).normal[band];
}
