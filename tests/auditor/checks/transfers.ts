import type { Books, TransferRecord } from '../books.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy, sumOf } from '../grouping.ts';

/** Every payment and every withdrawal has exactly the entries that its status says, for its amount. */
export const TRANSFERS: Check = { name: 'transfers', findIn };

const ENTRIES_OF_PAYMENT: Readonly<Record<string, readonly string[]>> = {
  CREDITED: ['DEPOSIT'],
  RETURNING: ['DEPOSIT_REFUSED'],
  RETURNED: ['DEPOSIT_REFUSED', 'DEPOSIT_RETURNED'],
};
const ENTRIES_OF_WITHDRAWAL: Readonly<Record<string, readonly string[]>> = {
  PENDING: ['WITHDRAWAL'],
  PAID: ['WITHDRAWAL', 'WITHDRAWAL_PAID'],
  FAILED: ['WITHDRAWAL', 'WITHDRAWAL_FAILED'],
  /** It came back after it was booked as paid: money that comes in. */
  RETURNED: ['WITHDRAWAL', 'WITHDRAWAL_PAID', 'DEPOSIT'],
};
const KINDS: ReadonlySet<string> = new Set(
  [...Object.values(ENTRIES_OF_PAYMENT), ...Object.values(ENTRIES_OF_WITHDRAWAL)].flat(),
);

function* findIn({ transfers, entries }: Books): Generator<Doubt> {
  const booked = entries.filter(({ kind, entryId }) => KINDS.has(kind) && !entryId.startsWith('DEPOSIT#OPENING-'));
  const amounts = new Map(
    booked.map((entry) => [entry.entryId, sumOf(entry.money, ({ amountCents }) => Math.max(0, amountCents))]),
  );
  for (const transfer of transfers) {
    const key = transfer.endToEndId ?? transfer.transferId;
    const wasPaid = amounts.has(`WITHDRAWAL_PAID#${key}`);
    for (const kind of expectedEntries(transfer, wasPaid)) {
      const entryId = `${kind}#${key}`;
      yield* mustEqual(transfer.transferId, `amount of ${kind}`, amounts.get(entryId) ?? 0, transfer.amountCents);
      amounts.delete(entryId);
    }
  }
  for (const subject of amounts.keys()) yield { subject, detail: 'is booked, and no transfer says so' };
  yield* paidDeposits(transfers);
}

/** One that came back before we heard that it was paid has failed, as far as the ledger goes. */
function expectedEntries({ kind, status = '' }: TransferRecord, wasPaid: boolean): readonly string[] {
  if (kind === 'PAYMENT') return ENTRIES_OF_PAYMENT[status] ?? [];
  if (kind !== 'WITHDRAWAL') return [];
  return ENTRIES_OF_WITHDRAWAL[status === 'RETURNED' && !wasPaid ? 'FAILED' : status] ?? [];
}

function* paidDeposits(transfers: readonly TransferRecord[]): Generator<Doubt> {
  const payments = groupBy(
    transfers.filter(({ kind }) => kind === 'PAYMENT'),
    ({ txid }) => txid ?? '',
  );
  for (const { kind, transferId, paidCents = 0 } of transfers) {
    if (kind !== 'DEPOSIT') continue;
    const credited = (payments.get(transferId) ?? []).filter(({ status }) => status === 'CREDITED');
    yield* mustEqual(
      transferId,
      'what was paid',
      paidCents,
      sumOf(credited, ({ amountCents }) => amountCents),
    );
  }
}
