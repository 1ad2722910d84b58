import type { EpochMs } from '@brokerage/domain/calendar/instant';
import type { TradingCalendar } from '@brokerage/domain/calendar/trading-calendar';
import type { TransfersStore } from './transfers-store.ts';
import { type PayoutStatus, withdrawalOutcome } from './withdrawal-outcome.ts';

export interface EndWithdrawalPorts {
  readonly transfers: Pick<TransfersStore, 'withdrawal' | 'endWithdrawal'>;
  readonly calendar: TradingCalendar;
  readonly now: () => EpochMs;
}

/** The worker's and the webhook's word may cross: whoever comes second decides again from what the first has written. */
const MAX_CONFLICTS = 3;

/** Books the bank's definite word on a payout, once. */
export async function endWithdrawal(
  withdrawalId: string,
  payout: PayoutStatus,
  ports: EndWithdrawalPorts,
): Promise<void> {
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
    const withdrawal = await ports.transfers.withdrawal(withdrawalId);
    if (!withdrawal) throw new Error(`the bank speaks of withdrawal ${withdrawalId}, which is not known`);
    const outcome = withdrawalOutcome(withdrawal, payout, ports.now(), ports.calendar);
    if (!outcome) return;
    if (await ports.transfers.endWithdrawal(outcome.withdrawal, withdrawal.status, outcome.entry)) return;
  }
  throw new Error(`withdrawal ${withdrawalId} was changed by others ${MAX_CONFLICTS} times in a row`);
}
