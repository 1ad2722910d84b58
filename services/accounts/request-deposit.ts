import { createHash } from 'node:crypto';
import type { DepositView } from '@brokerage/contracts/rest/accounts';
import { type EpochMs, epochMs } from '@brokerage/domain/calendar/instant';
import type { AccountId } from '@brokerage/domain/identifiers';
import { type Cents, ZERO_CENTS } from '@brokerage/domain/money/cents';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { AccountsStore } from './accounts-store.ts';
import type { BankGateway } from './bank-gateway.ts';
import { cpfOf, type PersonalDataVault } from './personal-data.ts';
import { type Deposit, depositView } from './transfer.ts';
import type { TransfersStore } from './transfers-store.ts';

/** `requestId` stands in for a key that the client did not give: a repeated invocation asks for no second charge. */
export interface DepositRequest {
  readonly accountId: AccountId;
  readonly idempotencyKey: string | null;
  readonly requestId: string;
  readonly amountCents: Cents;
  readonly nowMs: EpochMs;
}

export interface DepositPorts {
  readonly accounts: Pick<AccountsStore, 'client'>;
  readonly transfers: Pick<TransfersStore, 'deposit' | 'addDeposit' | 'setCopyAndPaste'>;
  readonly bank: Pick<BankGateway, 'charge'>;
  readonly personalData: Pick<PersonalDataVault, 'open'>;
}

const CHARGE_VALIDITY_MS = 86_400_000;

/**
 * Asks the bank for a charge. The txid derives from account and key, so that a repeated request is the same charge. It is written down
 * before the bank is asked: the payment may be reported before the bank's answer is here.
 */
export async function requestDeposit(request: DepositRequest, ports: DepositPorts): Promise<ApiAnswer<DepositView>> {
  const client = await ports.accounts.client(request.accountId);
  if (!client) return problem('NOT_FOUND');
  if (client.state === 'CLOSED' || client.state === 'BLOCKED') return problem('ACCOUNT_RESTRICTED');
  const deposit = await ensureDeposit(request, ports.transfers);
  if (deposit.amountCents !== request.amountCents) return problem('IDEMPOTENCY_MISMATCH');
  if (deposit.copyAndPaste !== null) return answer(depositView(deposit, request.nowMs), locationOf(deposit));

  const { transferId: txid, amountCents, expiresAtMs } = deposit;
  const debtorCpf = await cpfOf(client, ports.personalData);
  const charged = await ports.bank.charge({ txid, amountCents, debtorCpf, expiresAtMs });
  if (charged.kind !== 'ACCEPTED') return problem('BANK_UNAVAILABLE');
  const { copyAndPaste } = charged.value;
  await ports.transfers.setCopyAndPaste(txid, copyAndPaste);
  return answer(depositView({ ...deposit, copyAndPaste }, request.nowMs), locationOf(deposit));
}

async function ensureDeposit(request: DepositRequest, transfers: DepositPorts['transfers']): Promise<Deposit> {
  const { accountId, idempotencyKey, requestId, amountCents, nowMs } = request;
  const asked: Deposit = {
    transferId: txidOf(accountId, idempotencyKey ?? `request:${requestId}`),
    kind: 'DEPOSIT',
    accountId,
    amountCents,
    copyAndPaste: null,
    paidCents: ZERO_CENTS,
    returnedCents: ZERO_CENTS,
    createdAtMs: nowMs,
    expiresAtMs: epochMs(nowMs + CHARGE_VALIDITY_MS),
  };
  if (await transfers.addDeposit(asked)) return asked;
  const existing = await transfers.deposit(asked.transferId);
  if (!existing) throw new Error(`deposit ${asked.transferId} is neither new nor there`);
  return existing;
}

/** 32 of the 26 to 35 letters and digits that a PIX txid may have. */
function txidOf(accountId: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['DEPOSIT', accountId, key]))
    .digest('hex')
    .slice(0, 32);
}

function locationOf(deposit: Deposit) {
  return { location: `/v1/deposits/${deposit.transferId}` };
}
