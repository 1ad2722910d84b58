import { type EpochMs, epochMs } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { cents } from '@brokerage/domain/money/cents';
import { DEFAULT_CLIENT_LIMITS } from '@brokerage/domain/risk/client-limits';
import { createLog } from '../../platform/log.ts';
import type { BankMessageEvent } from '../bank-message.ts';
import type { Client } from '../client.ts';
import type { PersonalDataVault } from '../personal-data.ts';
import type { Deposit, Withdrawal } from '../transfer.ts';

export const NOON: EpochMs = epochMs(Date.parse('2026-11-24T15:00:00Z'));
export const ANA = accountId('ana');
export const ANAS_CPF = '52998224725';
export const SILENT_LOG = createLog({}, () => undefined);

export function aClient(fields: Partial<Client> = {}): Client {
  return {
    accountId: ANA,
    personalData: `sealed ${JSON.stringify({ name: 'Ana', cpf: ANAS_CPF })}`,
    cpfIndex: `index of ${ANAS_CPF}`,
    state: 'ACTIVE',
    role: 'TRADER',
    plan: 'PROFESSIONAL',
    limits: DEFAULT_CLIENT_LIMITS,
    feeBand: 'UP_TO_3M',
    ...fields,
  };
}

/** Seals what all can read. */
export const OPEN_VAULT: PersonalDataVault = {
  seal: async (_accountId, data) => `sealed ${JSON.stringify(data)}`,
  open: async ({ personalData }) => JSON.parse(personalData.slice('sealed '.length)),
};

/** An accounts store that knows one client, or none. */
export function accountsOf(client: Client | null) {
  return { client: async (id: string) => (client?.accountId === id ? client : null) };
}

export function aDeposit(fields: Partial<Deposit> = {}): Deposit {
  return {
    transferId: 'a'.repeat(32),
    kind: 'DEPOSIT',
    accountId: ANA,
    amountCents: cents(10_000),
    copyAndPaste: 'code',
    paidCents: cents(0),
    returnedCents: cents(0),
    createdAtMs: NOON,
    expiresAtMs: epochMs(NOON + 86_400_000),
    ...fields,
  };
}

export function aWithdrawal(fields: Partial<Withdrawal> = {}): Withdrawal {
  return {
    transferId: 'WDR-1',
    kind: 'WITHDRAWAL',
    accountId: ANA,
    amountCents: cents(1_000),
    status: 'PENDING',
    createdAtMs: NOON,
    updatedAtMs: NOON,
    pendingKind: 'WITHDRAWAL',
    ...fields,
  };
}

export function aPixReceived(
  fields: Partial<Extract<BankMessageEvent, { kind: 'PIX_RECEIVED' }>> = {},
): BankMessageEvent {
  return {
    kind: 'PIX_RECEIVED',
    seq: 1,
    endToEndId: 'E12345678202611241500ABCDEFGHIJK',
    txid: 'a'.repeat(32),
    amountCents: 10_000,
    payerCpfIndex: `index of ${ANAS_CPF}`,
    paidAtMs: NOON,
    ...fields,
  };
}

export function aPayoutEnded(status: 'PAID' | 'FAILED' | 'RETURNED', payoutId = 'WDR-1'): BankMessageEvent {
  const payout = { payoutId, amountCents: 1_000, status, endToEndId: null, failureReason: null, updatedAtMs: NOON };
  return { kind: 'PAYOUT_ENDED', seq: 2, payout };
}
