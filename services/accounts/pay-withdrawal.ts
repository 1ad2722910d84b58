import type { Log } from '../platform/log.ts';
import type { AccountsStore } from './accounts-store.ts';
import type { BankGateway } from './bank-gateway.ts';
import { type EndWithdrawalPorts, endWithdrawal } from './end-withdrawal.ts';
import { cpfOf, type PersonalDataVault } from './personal-data.ts';

export interface PayWithdrawalPorts extends EndWithdrawalPorts {
  readonly accounts: Pick<AccountsStore, 'client'>;
  readonly bank: Pick<BankGateway, 'payOut'>;
  readonly personalData: Pick<PersonalDataVault, 'open'>;
  readonly log: Log;
}

/**
 * Sends one payout, under the withdrawal's id, to the client's own CPF. Only a definite refusal gives the money back; while the outcome is
 * unknown the withdrawal stays PENDING and `resume-transfers` asks again under the same id, which pays at most once.
 */
export async function payWithdrawal(withdrawalId: string, ports: PayWithdrawalPorts): Promise<void> {
  const withdrawal = await ports.transfers.withdrawal(withdrawalId);
  if (!withdrawal) throw new Error(`withdrawal ${withdrawalId} is not known`);
  if (withdrawal.status !== 'PENDING') return;
  const client = await ports.accounts.client(withdrawal.accountId);
  if (!client) throw new Error(`withdrawal ${withdrawalId} is of account ${withdrawal.accountId}, which is not known`);
  const { amountCents } = withdrawal;
  const payeeCpf = await cpfOf(client, ports.personalData);
  const paid = await ports.bank.payOut({ payoutId: withdrawalId, amountCents, payeeCpf });
  switch (paid.kind) {
    case 'ACCEPTED':
      return endWithdrawal(withdrawalId, paid.value.status, ports);
    case 'REFUSED':
      return endWithdrawal(withdrawalId, 'FAILED', ports);
    case 'UNKNOWN':
      return ports.log.warn('payout in doubt', { withdrawalId, reason: paid.reason });
  }
}
