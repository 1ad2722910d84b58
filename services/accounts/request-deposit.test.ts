import type { Charge } from '@brokerage/contracts/bank';
import { cents } from '@brokerage/domain/money/cents';
import { describe, expect, it } from 'vitest';
import type { BankAnswer } from './bank-gateway.ts';
import { requestDeposit } from './request-deposit.ts';
import { ANA, aClient, accountsOf, NOON, OPEN_VAULT } from './testing/builders.ts';
import { memoryTransfers } from './testing/memory-transfers.ts';

const request = { accountId: ANA, idempotencyKey: 'k-1', requestId: 'r-1', amountCents: cents(10_000), nowMs: NOON };

function setting(client = aClient()) {
  const transfers = memoryTransfers();
  const charged: string[] = [];
  const bank = {
    isAway: false,
    charge: async ({ txid, amountCents }: { txid: string; amountCents: number }): Promise<BankAnswer<Charge>> => {
      if (bank.isAway) return { kind: 'UNKNOWN', reason: 'away' };
      charged.push(txid);
      const copyAndPaste = `pay-${txid}`;
      return {
        kind: 'ACCEPTED',
        value: { txid, amountCents, status: 'ACTIVE', copyAndPaste, createdAtMs: NOON, expiresAtMs: null },
      };
    },
  };
  return {
    transfers,
    bank,
    charged,
    ports: { transfers, bank, accounts: accountsOf(client), personalData: OPEN_VAULT },
  };
}

describe('requestDeposit', () => {
  it('answers the charge to pay', async () => {
    const answer = await requestDeposit(request, setting().ports);
    expect(answer).toMatchObject({ ok: true, body: { amount: '100.00', status: 'PENDING', paidAmount: null } });
    expect(answer.ok && answer.body.copyAndPaste).toMatch(/^pay-[0-9a-f]{32}$/);
  });

  it('answers the same charge to the same key, without asking the bank again', async () => {
    const { ports, charged } = setting();
    const first = await requestDeposit(request, ports);
    expect(await requestDeposit(request, ports)).toEqual(first);
    expect(charged).toHaveLength(1);
  });

  it('goes by the request id of API Gateway when the client gives no key', async () => {
    const { ports, charged } = setting();
    const keyless = { ...request, idempotencyKey: null };
    const first = await requestDeposit(keyless, ports);
    expect(await requestDeposit(keyless, ports)).toEqual(first);
    expect(await requestDeposit({ ...keyless, requestId: 'r-2' }, ports)).not.toEqual(first);
    expect(charged).toHaveLength(2);
  });

  it('refuses another amount under the same key', async () => {
    const { ports } = setting();
    await requestDeposit(request, ports);
    const other = await requestDeposit({ ...request, amountCents: cents(1) }, ports);
    expect(other).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('is written down before the bank is asked, and goes on where it was when the bank is back', async () => {
    const { ports, bank, charged } = setting();
    bank.isAway = true;
    expect(await requestDeposit(request, ports)).toMatchObject({ code: 'BANK_UNAVAILABLE' });
    bank.isAway = false;
    const answer = await requestDeposit(request, ports);
    expect(answer).toMatchObject({ ok: true, body: { txid: charged[0] } });
  });

  it.each(['BLOCKED', 'CLOSED'] as const)('takes none from an account that is %s', async (state) => {
    expect(await requestDeposit(request, setting(aClient({ state })).ports)).toMatchObject({
      code: 'ACCOUNT_RESTRICTED',
    });
  });
});
