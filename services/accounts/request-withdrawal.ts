import type { WithdrawalView } from '@brokerage/contracts/rest/accounts';
import type { EpochMs } from '@brokerage/domain/calendar/instant';
import { type TradingCalendar, tradeDateAt } from '@brokerage/domain/calendar/trading-calendar';
import type { AccountId } from '@brokerage/domain/identifiers';
import { withdrawalEntry } from '@brokerage/domain/ledger/cash-entries';
import type { Cents } from '@brokerage/domain/money/cents';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { derivedId } from '../platform/identity.ts';
import type { Queue } from '../platform/queue.ts';
import type { AccountsStore } from './accounts-store.ts';
import { type Withdrawal, withdrawalView } from './transfer.ts';
import type { TransfersStore } from './transfers-store.ts';

export interface WithdrawalRequest {
  readonly accountId: AccountId;
  readonly idempotencyKey: string;
  readonly amountCents: Cents;
  readonly nowMs: EpochMs;
}

export interface WithdrawalPorts {
  readonly accounts: Pick<AccountsStore, 'client'>;
  readonly transfers: Pick<TransfersStore, 'withdrawal' | 'addWithdrawal'>;
  readonly payouts: Pick<Queue, 'send'>;
  readonly calendar: TradingCalendar;
  /** Told when the queue refused: the withdrawal stands and is taken up again by `resume-transfers`. */
  readonly onNotQueued: (withdrawalId: string, error: unknown) => void;
}

/** Takes the money out of `available` and hands the payout on. The id derives from account and key: a repeated request is the same withdrawal. */
export async function requestWithdrawal(
  request: WithdrawalRequest,
  ports: WithdrawalPorts,
): Promise<ApiAnswer<WithdrawalView>> {
  const { accountId, amountCents, nowMs } = request;
  const withdrawalId = derivedId('WDR', accountId, request.idempotencyKey);
  const existing = await ports.transfers.withdrawal(withdrawalId);
  if (existing) return repeated(existing, request);

  const client = await ports.accounts.client(accountId);
  if (client?.state !== 'ACTIVE') return problem(client ? 'ACCOUNT_RESTRICTED' : 'NOT_FOUND');
  const withdrawal = newWithdrawal(withdrawalId, request);
  const tradeDate = tradeDateAt(nowMs, ports.calendar);
  const entry = withdrawalEntry({ key: withdrawalId, accountId, amountCents, atMs: nowMs, tradeDate });
  const added = await ports.transfers.addWithdrawal(withdrawal, entry);
  if (added === 'INSUFFICIENT_FUNDS') return problem('INSUFFICIENT_FUNDS');
  if (added === 'EXISTS') return repeated(await ports.transfers.withdrawal(withdrawalId), request);
  await ports.payouts.send({ withdrawalId }).catch((error: unknown) => ports.onNotQueued(withdrawalId, error));
  return accepted(withdrawal);
}

function newWithdrawal(transferId: string, { accountId, amountCents, nowMs }: WithdrawalRequest): Withdrawal {
  return {
    transferId,
    kind: 'WITHDRAWAL',
    accountId,
    amountCents,
    status: 'PENDING',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    pendingKind: 'WITHDRAWAL',
  };
}

function repeated(existing: Withdrawal | null, request: WithdrawalRequest): ApiAnswer<WithdrawalView> {
  if (!existing) throw new Error('the withdrawal is neither new nor there');
  return existing.amountCents === request.amountCents ? accepted(existing) : problem('IDEMPOTENCY_MISMATCH');
}

function accepted(withdrawal: Withdrawal): ApiAnswer<WithdrawalView> {
  return answer(withdrawalView(withdrawal), { location: `/v1/withdrawals/${withdrawal.transferId}` });
}
