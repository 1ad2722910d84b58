/**
 * B3's "negócio a negócio" (tickercsv): fields parted by `;`, decimal comma, the header's names since 2023 or those before. Participants and channel
 * stand behind these columns and are not read.
 */
export const TRADE_COLUMNS = [
  ['DataReferencia', 'RptDt'],
  ['CodigoInstrumento', 'TckrSymb'],
  ['AcaoAtualizacao', 'UpdActn'],
  ['PrecoNegocio', 'GrssTradAmt'],
  ['QuantidadeNegociada', 'TradQty'],
  ['HoraFechamento', 'NtryTm'],
  ['CodigoIdentificadorNegocio', 'TradId'],
  ['TipoSessaoPregao', 'TradgSsnId'],
  ['DataNegocio', 'TradDt'],
] as const;

/** Pattern of each column's text, and what it should be. */
export const TRADE_FIELD_RULES: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [/^\d{4}-\d\d-\d\d$/, 'a date'],
  [/^[A-Z0-9]{1,12}$/, 'a ticker'],
  [/^[02]$/, '0 (a trade) or 2 (its cancellation)'],
  [/^(?!0+,0+$)\d{1,9},\d\d0?$/, 'a price above 0 in whole centavos'],
  [/^0*[1-9]\d{0,11}$/, 'a whole number above 0'],
  // The hour's leading zero may be missing.
  [/^([01]?\d|2[0-3])[0-5]\d[0-5]\d\d{3}$/, 'a time HHMMSSmmm'],
  [/^\d{1,15}$/, 'a whole number'],
  [/^\d$/, 'a session (1 regular, 6 not)'],
  [/^\d{4}-\d\d-\d\d$/, 'a date'],
];

export interface TradeRow {
  readonly referenceDate: string;
  readonly symbol: string;
  readonly isCancellation: boolean;
  readonly priceCents: number;
  readonly quantity: number;
  /** Since the local midnight. */
  readonly timeMs: number;
  /** Unique within instrument and session. */
  readonly tradeId: number;
  readonly isRegular: boolean;
}

/** Of fields that hold to their rules. */
export function tradeRow(fields: readonly string[]): TradeRow {
  const [referenceDate = '', symbol = '', action, price = '', quantity, time = '', tradeId, session] = fields;
  return {
    referenceDate,
    symbol,
    isCancellation: action === '2',
    // The third decimal, where there is one, is 0.
    priceCents: Number(price.replace(/,(\d\d)0?$/, '$1')),
    quantity: Number(quantity),
    timeMs: timeOfDayMs(time.padStart(9, '0')),
    tradeId: Number(tradeId),
    isRegular: session === '1',
  };
}

function timeOfDayMs(time: string): number {
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(time.slice(at, at + 2))) as [number, number, number];
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + Number(time.slice(6));
}
