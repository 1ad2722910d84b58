import type { Quote } from '@brokerage/contracts/exchange';
import type { ListedInstrument } from './instruments.ts';
import { type PriceBand, priceBand } from './price-band.ts';
import { PriceTimeBook } from './price-time-book.ts';
import { StopOrders } from './stop-orders.ts';

/** What of a symbol's market outlives a restart. Figures from `openCents` on are those of `tradeDate`. `execIds` counts ExecIDs given. */
export interface SymbolFigures {
  previousCloseCents: number;
  lastCents: number | null;
  lastTimeMs: number | null;
  tradeDate: string;
  openCents: number | null;
  highCents: number | null;
  lowCents: number | null;
  tradedQty: number;
  turnoverCents: number;
  trades: number;
  /** A recorded day's trades are among them: until the next trade date its figures are left as they were recorded, but for what members do. */
  isRecorded: boolean;
  execIds: number;
}

const NO_TRADES = {
  openCents: null,
  highCents: null,
  lowCents: null,
  tradedQty: 0,
  turnoverCents: 0,
  trades: 0,
  isRecorded: false,
};

/** One symbol's book, waiting stops and figures. */
export class SymbolMarket {
  readonly instrument: ListedInstrument;
  readonly book = new PriceTimeBook();
  readonly stops = new StopOrders();
  figures: SymbolFigures;
  /** A maker or noise trader was traded with: its quotes want renewing. */
  makersHit = false;
  /** Figures changed since they were last stored. */
  changed = false;

  constructor(instrument: ListedInstrument, tradeDate: string, stored: SymbolFigures | undefined) {
    this.instrument = instrument;
    this.figures = stored ?? freshFigures(instrument.previousCloseCents, tradeDate, 0);
  }

  /** The last trade's price, else the previous close. */
  get referenceCents(): number {
    return this.figures.lastCents ?? this.figures.previousCloseCents;
  }

  get band(): PriceBand {
    return priceBand(this.referenceCents, this.instrument.tickCents);
  }

  recordTrade(priceCents: number, quantity: number, atMs: number, tradeDate: string): void {
    this.startTradeDate(tradeDate);
    const { figures } = this;
    figures.lastCents = priceCents;
    figures.lastTimeMs = atMs;
    figures.openCents ??= priceCents;
    figures.highCents = Math.max(figures.highCents ?? priceCents, priceCents);
    figures.lowCents = Math.min(figures.lowCents ?? priceCents, priceCents);
    figures.tradedQty += quantity;
    figures.turnoverCents += priceCents * quantity;
    figures.trades += 1;
    this.changed = true;
  }

  /** On a new trade date the last price becomes the previous close and the day's figures start anew. */
  startTradeDate(tradeDate: string): void {
    if (this.figures.tradeDate === tradeDate) return;
    this.figures = { ...this.figures, ...NO_TRADES, tradeDate, previousCloseCents: this.referenceCents };
    this.changed = true;
  }

  /** Sets the previous close and forgets all trades. ExecIDs go on: one is never given twice. */
  reopen(previousCloseCents: number): void {
    this.figures = freshFigures(previousCloseCents, this.figures.tradeDate, this.figures.execIds);
    this.changed = true;
  }

  /** Unique within the symbol only, as at B3. */
  nextExecId(): string {
    this.figures.execIds += 1;
    this.changed = true;
    return String(this.figures.execIds);
  }

  quote(): Quote {
    const { execIds: _execIds, tradeDate: _tradeDate, isRecorded: _isRecorded, ...figures } = this.figures;
    const { lowerCents, upperCents } = this.band;
    const bid = this.book.best('BUY');
    const ask = this.book.best('SELL');
    return {
      symbol: this.instrument.symbol,
      ...figures,
      bidCents: bid?.priceCents ?? null,
      bidQty: bid?.quantity ?? 0,
      askCents: ask?.priceCents ?? null,
      askQty: ask?.quantity ?? 0,
      lowerLimitCents: lowerCents,
      upperLimitCents: upperCents,
    };
  }
}

function freshFigures(previousCloseCents: number, tradeDate: string, execIds: number): SymbolFigures {
  return { previousCloseCents, lastCents: null, lastTimeMs: null, tradeDate, ...NO_TRADES, execIds };
}
