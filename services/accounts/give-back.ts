import type { EpochMs } from '@brokerage/domain/calendar/instant';
import { type TradingCalendar, tradeDateAt } from '@brokerage/domain/calendar/trading-calendar';
import { accountId } from '@brokerage/domain/identifiers';
import { type CashMovement, depositReturnedEntry } from '@brokerage/domain/ledger/cash-entries';
import type { Log } from '../platform/log.ts';
import type { BankGateway } from './bank-gateway.ts';
import type { Payment } from './transfer.ts';
import type { TransfersStore } from './transfers-store.ts';

export interface GiveBackPorts {
  readonly transfers: Pick<TransfersStore, 'bookReturn'>;
  readonly bank: Pick<BankGateway, 'giveBack'>;
  readonly calendar: TradingCalendar;
  readonly now: () => EpochMs;
  readonly log: Log;
}

/** Money that no charge of ours asked for is held under this account while it goes back; its entries move house accounts only. */
const NOBODY = accountId('SUSPENSE');

/** Sends a payment back. The bank does it once by our id; until it says so the payment stays RETURNING and `resume-transfers` asks again. */
export async function giveBack(payment: Payment, ports: GiveBackPorts): Promise<void> {
  if (payment.status !== 'RETURNING') return;
  const { endToEndId, amountCents } = payment;
  const returned = await ports.bank.giveBack({ returnId: `RET-${endToEndId}`, endToEndId, amountCents });
  if (returned.kind === 'UNKNOWN') return ports.log.warn('return in doubt', { endToEndId, reason: returned.reason });
  if (returned.kind === 'REFUSED') throw new Error(`the bank refused to take ${endToEndId} back: ${returned.code}`);
  await ports.transfers.bookReturn(payment, depositReturnedEntry(movementOf(payment, ports)));
}

export function movementOf(
  payment: Payment,
  { calendar, now }: { readonly calendar: TradingCalendar; readonly now: () => EpochMs },
): CashMovement {
  const atMs = now();
  return {
    key: payment.endToEndId,
    accountId: payment.accountId ?? NOBODY,
    amountCents: payment.amountCents,
    atMs,
    tradeDate: tradeDateAt(atMs, calendar),
  };
}
