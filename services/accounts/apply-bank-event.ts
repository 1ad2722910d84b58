import { depositEntry, depositRefusedEntry } from '@brokerage/domain/ledger/cash-entries';
import { cents } from '@brokerage/domain/money/cents';
import type { AccountsStore } from './accounts-store.ts';
import type { BankMessageEvent } from './bank-message.ts';
import { type EndWithdrawalPorts, endWithdrawal } from './end-withdrawal.ts';
import { type GiveBackPorts, giveBack, movementOf } from './give-back.ts';
import { type Payment, paymentId } from './transfer.ts';
import type { TransfersStore } from './transfers-store.ts';

type PixReceived = Extract<BankMessageEvent, { kind: 'PIX_RECEIVED' }>;

export interface BankEventPorts extends EndWithdrawalPorts, GiveBackPorts {
  readonly accounts: Pick<AccountsStore, 'client'>;
  readonly transfers: EndWithdrawalPorts['transfers'] &
    GiveBackPorts['transfers'] &
    Pick<TransfersStore, 'deposit' | 'payment' | 'bookPayment'>;
}

/** Applies one event of the bank; it may come twice, late, and out of order. */
export async function applyBankEvent(event: BankMessageEvent, ports: BankEventPorts): Promise<void> {
  if (event.kind === 'PAYOUT_ENDED') return endWithdrawal(event.payout.payoutId, event.payout.status, ports);
  return applyPayment(event, ports);
}

/** What was PAID is credited if the payer is the client and the account is open; any other money goes back to where it came from. */
async function applyPayment(event: PixReceived, ports: BankEventPorts): Promise<void> {
  const booked = (await ports.transfers.payment(event.endToEndId)) ?? (await bookPayment(event, ports));
  await giveBack(booked, ports);
}

async function bookPayment(event: PixReceived, ports: BankEventPorts): Promise<Payment> {
  const deposit = await ports.transfers.deposit(event.txid);
  const client = deposit ? await ports.accounts.client(deposit.accountId) : null;
  const isClients = client !== null && client.state !== 'CLOSED' && client.cpfIndex === event.payerCpfIndex;
  const payment: Payment = {
    transferId: paymentId(event.endToEndId),
    kind: 'PAYMENT',
    endToEndId: event.endToEndId,
    txid: event.txid,
    accountId: deposit?.accountId ?? null,
    amountCents: cents(event.amountCents),
    createdAtMs: ports.now(),
    ...(isClients ? { status: 'CREDITED' } : { status: 'RETURNING', pendingKind: 'RETURN' }),
  };
  const movement = movementOf(payment, ports);
  const entry = isClients ? depositEntry(movement) : depositRefusedEntry(movement);
  if (await ports.transfers.bookPayment(payment, entry)) return payment;
  const other = await ports.transfers.payment(event.endToEndId);
  if (!other) throw new Error(`payment ${event.endToEndId} is neither new nor booked`);
  return other;
}
