import type { ExecutionReport as WireReport } from '@brokerage/contracts/exchange';
import { settlementDate } from '@brokerage/domain/calendar/business-days';
import { calendarDate, epochMs } from '@brokerage/domain/calendar/instant';
import { executionId } from '@brokerage/domain/identifiers';
import { shares } from '@brokerage/domain/instruments/shares';
import type { LedgerEntry } from '@brokerage/domain/ledger/entry';
import { suspenseTradeEntry } from '@brokerage/domain/ledger/house-entries';
import { cents } from '@brokerage/domain/money/cents';
import type { FindInstrument } from './execution-facts.ts';

/** Books fills of orders that we do not know: they happened, so they are in the books until someone says whose they are. */
export interface Suspense {
  book(reports: readonly WireReport[]): Promise<void>;
}

/** Writes an entry; false when it is there already. */
export type PutEntry = (entry: LedgerEntry) => Promise<boolean>;

export function createSuspense(
  findInstrument: FindInstrument,
  putEntry: PutEntry,
  onUnknownFill: (clOrdId: string, execId: string) => void,
): Suspense {
  return {
    async book(reports) {
      for (const report of reports) {
        if (report.execType !== 'TRADE') continue;
        // The entry's time is the trade's, so that the same fill has the same key however often it is told.
        const isNew = await putEntry(await entryOf(report, findInstrument));
        if (isNew) onUnknownFill(report.clOrdId, report.execId);
      }
    },
  };
}

async function entryOf(report: WireReport, findInstrument: FindInstrument): Promise<LedgerEntry> {
  const { clOrdId, symbol, side, lastQty, lastPxCents } = report;
  const instrument = symbol === null ? null : await findInstrument(symbol);
  if (instrument === null || side === null || lastQty === null || lastPxCents === null) {
    throw new Error(`fill ${report.execId} of ${clOrdId} is of an unknown instrument ${symbol}`);
  }
  const tradeDate = calendarDate(report.tradeDate);
  return suspenseTradeEntry(
    {
      clOrdId,
      executionId: executionId(report.execId),
      isin: instrument.isin,
      side,
      quantity: shares(lastQty),
      priceCents: cents(lastPxCents),
      tradeDate,
      settlementDate: settlementDate(tradeDate),
    },
    epochMs(report.transactTimeMs),
  );
}
