/** The investor's band of monthly average traded value (ADTV): B3 tells it, a broker cannot compute it across brokers. */
export type FeeBand = 'UP_TO_3M' | 'ABOVE_3M';
