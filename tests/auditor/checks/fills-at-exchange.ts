import type { ExecutionReport } from '@brokerage/contracts/exchange';
import type { Books, EntryRecord, FillRecord } from '../books.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';

/** What was traded at the exchange is what is booked here, execution by execution; what no order of ours asked for lies in suspense. */
export const FILLS_AT_EXCHANGE: Check = { name: 'fills at the exchange', findIn };

function* findIn({ executions, fills, entries, orders }: Books): Generator<Doubt> {
  const orderIds = new Set(orders.map(({ orderId }) => orderId));
  const booked = new Map(fills.map((fill) => [`${fill.orderId} ${fill.executionId}`, fill]));
  const suspense = new Map(entries.filter(isSuspense).map((entry) => [entry.entryId, entry]));
  for (const report of executions) {
    if (report.execType !== 'TRADE') continue;
    const subject = `${report.firstClOrdId} ${report.execId}`;
    if (orderIds.has(report.firstClOrdId)) {
      const fill = booked.get(subject);
      if (fill) yield* difference(subject, fill, report);
      else yield { subject, detail: 'was traded at the exchange and is not booked' };
      booked.delete(subject);
    } else if (!suspense.delete(`SUSPENSE_TRADE#${report.clOrdId}#${report.execId}`)) {
      yield { subject, detail: 'is of no order of ours and not in suspense' };
    }
  }
  for (const subject of booked.keys()) yield { subject, detail: 'is booked and was never traded' };
  for (const subject of suspense.keys()) yield { subject, detail: 'is in suspense and was never traded' };
}

function* difference(subject: string, fill: FillRecord, report: ExecutionReport): Generator<Doubt> {
  yield* mustEqual(subject, 'booked quantity', fill.quantity, report.lastQty ?? 0);
  yield* mustEqual(subject, 'booked price', fill.priceCents, report.lastPxCents ?? 0);
  for (const field of ['side', 'symbol', 'tradeDate'] as const) {
    if (fill[field] !== report[field])
      yield { subject, detail: `${field} is ${fill[field]}, should be ${report[field]}` };
  }
  if (fill.accountId !== report.account) yield { subject, detail: `is of ${report.account}, not ${fill.accountId}` };
}

function isSuspense({ kind }: EntryRecord): boolean {
  return kind === 'SUSPENSE_TRADE';
}
