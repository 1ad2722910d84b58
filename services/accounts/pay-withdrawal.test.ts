import type { Payout } from '@brokerage/contracts/bank';
import { saoPauloDate } from '@brokerage/domain/calendar/instant';
import { withdrawalEntry } from '@brokerage/domain/ledger/cash-entries';
import { describe, expect, it } from 'vitest';
import type { BankAnswer } from './bank-gateway.ts';
import { payWithdrawal } from './pay-withdrawal.ts';
import { resumeTransfers } from './resume-transfers.ts';
import { ANA, ANAS_CPF, aClient, accountsOf, aWithdrawal, NOON, OPEN_VAULT, SILENT_LOG } from './testing/builders.ts';
import { memoryTransfers } from './testing/memory-transfers.ts';

async function setting(answer: BankAnswer<Payout>) {
  const transfers = memoryTransfers(1_000);
  const { amountCents } = aWithdrawal();
  const asked = { key: 'WDR-1', accountId: ANA, amountCents, atMs: NOON, tradeDate: saoPauloDate(NOON) };
  await transfers.addWithdrawal(aWithdrawal(), withdrawalEntry(asked));
  const requests: object[] = [];
  const bank = {
    payOut: async (payout: object) => {
      requests.push(payout);
      return answer;
    },
  };
  const ports = {
    transfers,
    bank,
    accounts: accountsOf(aClient()),
    personalData: OPEN_VAULT,
    calendar: 'B3',
    now: () => NOON,
    log: SILENT_LOG,
  } as const;
  return { transfers, requests, ports };
}

const accepted = (status: Payout['status']): BankAnswer<Payout> => ({
  kind: 'ACCEPTED',
  value: { payoutId: 'WDR-1', amountCents: 1_000, status, endToEndId: null, failureReason: null, updatedAtMs: NOON },
});

describe('payWithdrawal', () => {
  it.each([
    ['PAID', accepted('PAID'), 'PAID', 0],
    ['FAILED', accepted('FAILED'), 'FAILED', 1_000],
    ['PENDING', accepted('PENDING'), 'PENDING', 0],
    ['a definite refusal', { kind: 'REFUSED', code: 'INVALID' }, 'FAILED', 1_000],
    ['no answer', { kind: 'UNKNOWN', reason: 'timeout' }, 'PENDING', 0],
  ] as const)('on %s', async (_word, answer, status, availableCents) => {
    const { transfers, ports } = await setting(answer);
    await payWithdrawal('WDR-1', ports);
    expect((await transfers.withdrawal('WDR-1'))?.status).toBe(status);
    expect(transfers.availableCents()).toBe(availableCents);
  });

  it('asks under the withdrawal’s id, for the client’s own CPF, and not again once it has ended', async () => {
    const { requests, ports } = await setting(accepted('PAID'));
    await payWithdrawal('WDR-1', ports);
    await payWithdrawal('WDR-1', ports);
    expect(requests).toEqual([{ payoutId: 'WDR-1', amountCents: 1_000, payeeCpf: ANAS_CPF }]);
  });
});

describe('resumeTransfers', () => {
  it('takes up again what has been pending for over a minute', async () => {
    const { transfers } = await setting(accepted('PAID'));
    const sent: object[] = [];
    const payouts = { sendAll: async (bodies: readonly object[]) => void sent.push(...bodies) };
    expect(await resumeTransfers(NOON + 60_000, transfers, payouts)).toEqual({ resumed: 0 });
    expect(await resumeTransfers(NOON + 60_001, transfers, payouts)).toEqual({ resumed: 1 });
    expect(sent).toEqual([{ withdrawalId: 'WDR-1' }]);
  });
});
