import type { Instrument } from '@brokerage/domain/instruments/instrument';
import type { Tables } from './tables.ts';

/** The exchange's instruments as last copied, so that orders are taken while the exchange is away. */
export interface InstrumentsStore {
  find(symbol: string): Promise<Instrument | null>;
}

/** Lots and ticks change between sessions, not within; a change is seen everywhere after five minutes. */
const INSTRUMENT_TTL_MS = 300_000;

/** Keeps what it found, by symbol. Unknown symbols are looked up each time: any text may be one, and the cache must stay small. */
export function createInstrumentsStore(tables: Tables, table: string, now: () => number = Date.now): InstrumentsStore {
  const cache = new Map<string, { readonly instrument: Instrument; readonly untilMs: number }>();
  return {
    async find(symbol) {
      const cached = cache.get(symbol);
      if (cached && now() < cached.untilMs) return cached.instrument;
      const instrument = await tables.get<Instrument>(table, { symbol });
      if (instrument) cache.set(symbol, { instrument, untilMs: now() + INSTRUMENT_TTL_MS });
      return instrument;
    },
  };
}
