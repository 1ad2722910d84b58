import type { Queue } from '../platform/queue.ts';
import type { PayoutMessage } from './payout-message.ts';
import type { TransfersStore } from './transfers-store.ts';

/** Longer than an answer of the bank may take: what is pending after it has lost its message, or its bank. */
const STUCK_AFTER_MS = 60_000;

/**
 * The net under money that goes out: asks the bank again about each withdrawal and each return that has been pending too long. The
 * bank does each once, however often it is asked.
 */
export async function resumeTransfers(
  nowMs: number,
  transfers: Pick<TransfersStore, 'pending'>,
  payouts: Pick<Queue, 'sendAll'>,
): Promise<{ readonly resumed: number }> {
  const beforeMs = nowMs - STUCK_AFTER_MS;
  const withdrawals = await transfers.pending('WITHDRAWAL', beforeMs);
  const returns = await transfers.pending('RETURN', beforeMs);
  const messages: readonly PayoutMessage[] = [
    ...withdrawals.map(({ transferId }) => ({ withdrawalId: transferId })),
    ...returns.map(({ endToEndId }) => ({ endToEndId })),
  ];
  await payouts.sendAll(messages);
  return { resumed: messages.length };
}
