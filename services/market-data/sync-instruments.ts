import { type ExchangeInstrument, InstrumentList } from '@brokerage/contracts/exchange';
import { fractionalOf, type Instrument, standardInstrument } from '@brokerage/domain/instruments/instrument';
import { cents } from '@brokerage/domain/money/cents';
import type { CallForeign } from '../platform/foreign-http.ts';
import type { ReadCredentials } from '../platform/secrets.ts';

export interface SyncInstrumentsOptions {
  readonly baseUrl: string;
  readonly credentials: ReadCredentials;
  readonly call: CallForeign;
  readonly save: (instruments: readonly Instrument[]) => Promise<void>;
}

const TIMEOUT_MS = 5_000;

/** Copies the exchange's instruments. Throws when it does not answer: the former copy stays, and the schedule tries again. */
export async function syncInstruments(options: SyncInstrumentsOptions): Promise<{ readonly instruments: number }> {
  const { apiKey } = await options.credentials();
  const url = `${options.baseUrl}/instruments`;
  const answer = await options.call({ method: 'GET', url, apiKey, timeoutMs: TIMEOUT_MS });
  if (answer.kind !== 'ANSWERED') throw new Error(`the exchange gave no instruments: ${answer.reason}`);
  if (answer.status !== 200) throw new Error(`the exchange answered ${answer.status} for its instruments`);
  const list = tradable(InstrumentList.parse(answer.body).instruments);
  await options.save(list);
  return { instruments: list.length };
}

/** Instruments quoted per thousand shares are left out: value = quantity × price holds for no order in them. */
function tradable(listed: readonly ExchangeInstrument[]): readonly Instrument[] {
  const standard = new Map(
    listed
      .filter(({ fractional, quotationFactor }) => !fractional && quotationFactor === 1)
      .map((one) => [one.symbol, standardInstrument({ ...one, tickCents: cents(one.tickCents) })]),
  );
  const fractional = listed.flatMap(({ fractional, mainSymbol }) => {
    const main = fractional ? standard.get(mainSymbol) : undefined;
    return main ? [fractionalOf(main)] : [];
  });
  return [...standard.values(), ...fractional];
}
