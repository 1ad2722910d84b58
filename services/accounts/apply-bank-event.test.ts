import { saoPauloDate } from '@brokerage/domain/calendar/instant';
import { withdrawalEntry } from '@brokerage/domain/ledger/cash-entries';
import { describe, expect, it } from 'vitest';
import { applyBankEvent } from './apply-bank-event.ts';
import type { BankAnswer, BankGateway } from './bank-gateway.ts';
import {
  ANA,
  aClient,
  accountsOf,
  aDeposit,
  aPayoutEnded,
  aPixReceived,
  aWithdrawal,
  NOON,
  SILENT_LOG,
} from './testing/builders.ts';
import { memoryTransfers } from './testing/memory-transfers.ts';

const RETURNED = { returnId: 'r', endToEndId: 'e', amountCents: 1, returnEndToEndId: 'd', returnedAtMs: NOON };

function setting(
  returns: BankAnswer<typeof RETURNED> = { kind: 'ACCEPTED', value: RETURNED },
  openingCents = 0,
  client = aClient(),
) {
  const transfers = memoryTransfers(openingCents);
  const asked: string[] = [];
  const bank: Pick<BankGateway, 'giveBack'> = {
    giveBack: async ({ returnId }) => {
      asked.push(returnId);
      return returns;
    },
  };
  const accounts = accountsOf(client);
  return {
    transfers,
    asked,
    ports: { transfers, accounts, bank, calendar: 'B3', now: () => NOON, log: SILENT_LOG } as const,
  };
}

describe('a payment', () => {
  it('credits what was paid, not what was asked for, once per end-to-end id', async () => {
    const { transfers, ports } = setting();
    await transfers.addDeposit(aDeposit());
    const event = aPixReceived({ amountCents: 7_001 });
    await applyBankEvent(event, ports);
    await applyBankEvent(event, ports);
    expect(transfers.entries.map((entry) => entry.kind)).toEqual(['DEPOSIT']);
    expect(transfers.availableCents()).toBe(7_001);
    expect((await transfers.deposit('a'.repeat(32)))?.paidCents).toBe(7_001);
  });

  it('credits a second payment of one charge too', async () => {
    const { transfers, ports } = setting();
    await transfers.addDeposit(aDeposit());
    await applyBankEvent(aPixReceived(), ports);
    await applyBankEvent(aPixReceived({ endToEndId: 'E12345678202611241501ABCDEFGHIJK' }), ports);
    expect(transfers.availableCents()).toBe(20_000);
  });

  it('goes back when the account is closed', async () => {
    const { transfers, asked, ports } = setting(undefined, 0, aClient({ state: 'CLOSED' }));
    await transfers.addDeposit(aDeposit());
    await applyBankEvent(aPixReceived(), ports);
    expect(transfers.entries.map((entry) => entry.kind)).toEqual(['DEPOSIT_REFUSED', 'DEPOSIT_RETURNED']);
    expect([transfers.availableCents(), asked.length]).toEqual([0, 1]);
  });

  it('goes back when another CPF paid, and the client never has it', async () => {
    const { transfers, asked, ports } = setting();
    await transfers.addDeposit(aDeposit());
    await applyBankEvent(aPixReceived({ payerCpfIndex: 'index of 12345678909' }), ports);
    expect(transfers.entries.map((entry) => entry.kind)).toEqual(['DEPOSIT_REFUSED', 'DEPOSIT_RETURNED']);
    expect(transfers.availableCents()).toBe(0);
    expect(asked).toEqual(['RET-E12345678202611241500ABCDEFGHIJK']);
    expect((await transfers.deposit('a'.repeat(32)))?.returnedCents).toBe(10_000);
  });

  it('that no charge asked for goes back', async () => {
    const { transfers, ports } = setting();
    await applyBankEvent(aPixReceived(), ports);
    expect(transfers.entries.map((entry) => entry.kind)).toEqual(['DEPOSIT_REFUSED', 'DEPOSIT_RETURNED']);
  });

  it('stays held apart while its return is in doubt, and is asked for again under the same id', async () => {
    const { transfers, asked, ports } = setting({ kind: 'UNKNOWN', reason: 'timeout' });
    const event = aPixReceived();
    await applyBankEvent(event, ports);
    await applyBankEvent(event, ports);
    expect(transfers.entries.map((entry) => entry.kind)).toEqual(['DEPOSIT_REFUSED']);
    expect(new Set(asked).size).toBe(1);
    expect(asked).toHaveLength(2);
  });

  it('whose return the bank refuses is a failure for people to see', async () => {
    const { ports } = setting({ kind: 'REFUSED', code: 'AMOUNT_EXCEEDED' });
    await expect(applyBankEvent(aPixReceived(), ports)).rejects.toThrow('AMOUNT_EXCEEDED');
  });
});

describe('the end of a payout', () => {
  it.each([
    [['PAID'], 'PAID', ['WITHDRAWAL_PAID'], 0],
    [['PAID', 'PAID'], 'PAID', ['WITHDRAWAL_PAID'], 0],
    [['FAILED'], 'FAILED', ['WITHDRAWAL_FAILED'], 1_000],
    [['FAILED', 'FAILED'], 'FAILED', ['WITHDRAWAL_FAILED'], 1_000],
    [['RETURNED'], 'RETURNED', ['WITHDRAWAL_FAILED'], 1_000],
    [['PAID', 'RETURNED', 'RETURNED'], 'RETURNED', ['WITHDRAWAL_PAID', 'DEPOSIT'], 1_000],
    [['RETURNED', 'PAID'], 'RETURNED', ['WITHDRAWAL_FAILED'], 1_000],
  ] as const)('%j leaves the withdrawal %s', async (told, status, kinds, givenBack) => {
    const { transfers, ports } = setting(undefined, 1_000);
    const { amountCents } = aWithdrawal();
    const asked = { key: 'WDR-1', accountId: ANA, amountCents, atMs: NOON, tradeDate: saoPauloDate(NOON) };
    await transfers.addWithdrawal(aWithdrawal(), withdrawalEntry(asked));
    for (const word of told) await applyBankEvent(aPayoutEnded(word), ports);
    expect((await transfers.withdrawal('WDR-1'))?.status).toBe(status);
    expect(transfers.entries.slice(1).map((entry) => entry.kind)).toEqual(kinds);
    expect(transfers.availableCents()).toBe(givenBack);
  });

  it('of a withdrawal that nobody knows fails', async () => {
    await expect(applyBankEvent(aPayoutEnded('PAID', 'WDR-9'), setting().ports)).rejects.toThrow('WDR-9');
  });
});
