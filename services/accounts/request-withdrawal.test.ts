import { cents } from '@brokerage/domain/money/cents';
import { describe, expect, it } from 'vitest';
import { requestWithdrawal } from './request-withdrawal.ts';
import { ANA, aClient, accountsOf, NOON } from './testing/builders.ts';
import { memoryTransfers } from './testing/memory-transfers.ts';

const request = { accountId: ANA, idempotencyKey: 'k-1', amountCents: cents(1_000), nowMs: NOON };

function setting({ client = aClient(), isQueueAway = false, openingCents = 1_000 } = {}) {
  const transfers = memoryTransfers(openingCents);
  const sent: object[] = [];
  const notQueued: string[] = [];
  const payouts = {
    send: async (body: object) => {
      if (isQueueAway) throw new Error('SQS is away');
      sent.push(body);
    },
  };
  const onNotQueued = (withdrawalId: string) => void notQueued.push(withdrawalId);
  const ports = { transfers, payouts, onNotQueued, accounts: accountsOf(client), calendar: 'B3' } as const;
  return { transfers, sent, notQueued, ports };
}

describe('requestWithdrawal', () => {
  it('takes the money out at once and hands the payout on', async () => {
    const { transfers, sent, ports } = setting();
    const answer = await requestWithdrawal(request, ports);
    expect(answer).toMatchObject({ ok: true, body: { amount: '10.00', status: 'PENDING' } });
    expect(transfers.availableCents()).toBe(0);
    expect(sent).toEqual([{ withdrawalId: answer.ok && answer.body.withdrawalId }]);
  });

  it('is one withdrawal however often it is asked for under its key', async () => {
    const { transfers, sent, ports } = setting({ openingCents: 5_000 });
    const first = await requestWithdrawal(request, ports);
    expect(await requestWithdrawal(request, ports)).toEqual(first);
    expect(transfers.availableCents()).toBe(4_000);
    expect(sent).toHaveLength(1);
  });

  it('refuses another amount under the same key', async () => {
    const { ports } = setting();
    await requestWithdrawal(request, ports);
    const other = await requestWithdrawal({ ...request, amountCents: cents(1) }, ports);
    expect(other).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('refuses a centavo too much and books nothing', async () => {
    const { transfers, sent, ports } = setting();
    const answer = await requestWithdrawal({ ...request, amountCents: cents(1_001) }, ports);
    expect(answer).toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
    expect(transfers.entries).toEqual([]);
    expect(sent).toEqual([]);
  });

  it.each(['RESTRICTED', 'BLOCKED', 'CLOSED'] as const)('refuses an account that is %s', async (state) => {
    const { ports } = setting({ client: aClient({ state }) });
    expect(await requestWithdrawal(request, ports)).toMatchObject({ code: 'ACCOUNT_RESTRICTED' });
  });

  it('stands although the queue refused: it is taken up again later', async () => {
    const { transfers, notQueued, ports } = setting({ isQueueAway: true });
    expect((await requestWithdrawal(request, ports)).ok).toBe(true);
    expect(notQueued).toHaveLength(1);
    expect(await transfers.pending('WITHDRAWAL', NOON + 1)).toHaveLength(1);
  });
});
