import { INSTRUMENTS } from '@brokerage/simulators/exchange/instruments';
import { expect, it } from 'vitest';
import { marketDay } from './market-day.ts';

const LISTED = new Map(INSTRUMENTS.map((instrument) => [instrument.symbol, instrument]));
const HOUR_MS = 3_600_000;
const trades = [
  { symbol: 'PETR4', timeMs: 10 * HOUR_MS, priceCents: 2_969, quantity: 100 },
  { symbol: 'PETR4F', timeMs: 10 * HOUR_MS, priceCents: 2_963, quantity: 7 },
  { symbol: 'PETR4', timeMs: 12 * HOUR_MS, priceCents: 2_979, quantity: 300 },
  { symbol: 'PETR4', timeMs: 17 * HOUR_MS, priceCents: 2_910, quantity: 200 },
];

it('has the figures of the trades, and all of them in their order', () => {
  const day = marketDay('day.txt', { trades }, LISTED);
  expect(day.instruments).toMatchObject([
    {
      symbol: 'PETR4',
      openCents: 2_969,
      highCents: 2_979,
      lowCents: 2_910,
      lastCents: 2_910,
      trades: 3,
      quantity: 600,
    },
    { symbol: 'PETR4F', marketType: '020', openCents: 2_963, lastCents: 2_963, quantity: 7, turnoverCents: 20_741 },
  ]);
  expect(day.listing).toMatchObject([
    { symbol: 'PETR4', isin: 'BRPETRACNPR6', previousCloseCents: 2_969 },
    { symbol: 'PETR4F', mainSymbol: 'PETR4', previousCloseCents: 2_963 },
  ]);
  expect(day.trades.map(({ at }) => at)).toEqual([0, 0, 2 / 7, 1]);
  expect(day.trades[2]).toEqual({ symbol: 'PETR4', at: 2 / 7, priceCents: 2_979, quantity: 300 });
});

it('is refused without a trade', () => {
  expect(() => marketDay('day.txt', { trades: [] }, LISTED)).toThrow('there is no trade of the instruments chosen');
});

it('is refused when the exchange does not list an instrument', () => {
  const unknown = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => ({
    ...(trades[0] as (typeof trades)[number]),
    symbol: `XXX${letter}3`,
  }));
  expect(() => marketDay('day.txt', { trades: [...trades, ...unknown] }, LISTED)).toThrow(
    'day.txt: the exchange does not list XXXA3, XXXB3, XXXC3, XXXD3, XXXE3, …: choose instruments by --symbols',
  );
});
