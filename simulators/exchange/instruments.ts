import type { ExchangeInstrument } from '@brokerage/contracts/exchange';

/** An instrument as listed here. `quoted`: the market makers quote it; a delisted one is kept for replays only. */
export interface ListedInstrument extends ExchangeInstrument {
  readonly quoted: boolean;
}

const ROUND_LOT = 100;
const LARGEST_FRACTION = 99;

/** Ticker, ISIN (from B3's COTAHIST of 2021-06-25 and 2015), name, round lot, first previous close in centavos. */
const LISTING = [
  ['PETR4', 'BRPETRACNPR6', 'PETROBRAS PN', ROUND_LOT, 3000],
  ['PETR3', 'BRPETRACNOR9', 'PETROBRAS ON', ROUND_LOT, 3180],
  ['VALE3', 'BRVALEACNOR0', 'VALE ON', ROUND_LOT, 6050],
  ['ITUB4', 'BRITUBACNPR1', 'ITAUUNIBANCO PN', ROUND_LOT, 3950],
  ['BBDC4', 'BRBBDCACNPR8', 'BRADESCO PN', ROUND_LOT, 1820],
  ['BBAS3', 'BRBBASACNOR3', 'BRASIL ON', ROUND_LOT, 2210],
  ['ABEV3', 'BRABEVACNOR1', 'AMBEV ON', ROUND_LOT, 1390],
  ['B3SA3', 'BRB3SAACNOR6', 'B3 ON', ROUND_LOT, 1420],
  ['WEGE3', 'BRWEGEACNOR0', 'WEG ON', ROUND_LOT, 4230],
  ['MGLU3', 'BRMGLUACNOR2', 'MAGAZ LUIZA ON', ROUND_LOT, 920],
  ['TAEE11', 'BRTAEECDAM10', 'TAESA UNT', ROUND_LOT, 3610],
] as const;

/** Every book of the exchange: a round-lot and a fractional one a share; an ETF trades in single units and has one. */
export const INSTRUMENTS: readonly ListedInstrument[] = [
  ...LISTING.flatMap(([symbol, isin, name, lot, close]) => bothBooks(symbol, isin, name, lot, close, true)),
  roundBook('BOVA11', 'BRBOVACTF003', 'ISHARES BOVA CI', 1, 14_250, true),
  ...bothBooks('VALE5', 'BRVALEACNPA3', 'VALE PNA', ROUND_LOT, 1410, false),
];

function bothBooks(symbol: string, isin: string, name: string, lot: number, close: number, quoted: boolean) {
  const round = roundBook(symbol, isin, name, lot, close, quoted);
  const fractional = {
    ...round,
    symbol: `${symbol}F`,
    fractional: true,
    lotSize: 1,
    maxOrderQuantity: LARGEST_FRACTION,
  };
  return [round, fractional];
}

function roundBook(
  symbol: string,
  isin: string,
  name: string,
  lotSize: number,
  previousCloseCents: number,
  quoted: boolean,
): ListedInstrument {
  return {
    symbol,
    mainSymbol: symbol,
    isin,
    name,
    fractional: false,
    lotSize,
    maxOrderQuantity: null,
    tickCents: 1,
    quotationFactor: 1,
    previousCloseCents,
    quoted,
  };
}
