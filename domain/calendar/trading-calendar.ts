/** B3: its sessions and hours. ROUND_THE_CLOCK: the local exchange trades always; a session ends at 18:00. */
export type TradingCalendar = 'B3' | 'ROUND_THE_CLOCK';
