import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents } from '../money/cents.ts';
import { PETR4, PETR4F } from '../testing/builders.ts';
import { standardInstrument } from './instrument.ts';
import { isOutOfBand, priceBand } from './price-band.ts';
import { isIsin, isSymbol, mainSymbolOf } from './symbol.ts';

describe('symbols', () => {
  it.each(['PETR4', 'PETR4F', 'B3SA3', 'A1AP34', 'TAEE11', 'BBFI11B', 'MRSA3BF'])('%s is one', (text) => {
    expect(isSymbol(text)).toBe(true);
  });

  it.each(['petr4', 'PETR', 'PET4', 'PETR444', 'PETR4FF', 'PETR4FB', '1ETR4', ''])('%s is none', (text) => {
    expect(isSymbol(text)).toBe(false);
  });

  it('of both books are one position', () => {
    expect([mainSymbolOf('PETR4F'), mainSymbolOf('PETR4')]).toEqual(['PETR4', 'PETR4']);
    expect([PETR4F.symbol, PETR4F.isin, PETR4F.mainSymbol]).toEqual(['PETR4F', PETR4.isin, 'PETR4']);
  });
});

describe('ISINs', () => {
  it.each(['BRPETRACNPR6', 'BRVALEACNOR0', 'BRTAEECDAM10', 'BRAAPLBDR004'])('%s is one', (text) => {
    expect(isIsin(text)).toBe(true);
  });

  it.each(['BRPETRACNPR5', 'USPETRACNPR6', 'BRPETRACNPR', ''])('%s is none', (text) => {
    expect(isIsin(text)).toBe(false);
  });

  it('are required of an instrument', () => {
    expect(() =>
      standardInstrument({ symbol: 'PETR4', isin: 'BRPETRACNPR5', lotSize: 100, tickCents: cents(1) }),
    ).toThrow('ISIN');
  });
});

describe('price band', () => {
  it('is rounded inward', () => {
    expect(priceBand(cents(1003), 20, cents(1))).toEqual({ lowerCents: 803, upperCents: 1203 });
    expect(priceBand(cents(1003), 20, cents(5))).toEqual({ lowerCents: 805, upperCents: 1200 });
  });

  it('never lets its limits pass the exact percentage, nor stop a tick short of it', () => {
    const property = fc.property(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 50 }), (base, tick) => {
      const { lowerCents, upperCents } = priceBand(cents(base), 20, cents(tick));
      expect(upperCents * 100).toBeLessThanOrEqual(base * 120);
      expect((upperCents + tick) * 100).toBeGreaterThan(base * 120);
      expect(lowerCents * 100).toBeGreaterThanOrEqual(base * 80);
      expect((lowerCents - tick) * 100).toBeLessThan(base * 80);
    });
    fc.assert(property);
  });

  it('is one-sided and inclusive', () => {
    const band = { lowerCents: cents(800), upperCents: cents(1200) };
    const verdicts = [801, 800, 799, 1200, 1201].map((price) => [
      isOutOfBand('BUY', cents(price), band),
      isOutOfBand('SELL', cents(price), band),
    ]);
    expect(verdicts).toEqual([
      [false, false],
      [false, false],
      [false, true],
      [false, false],
      [true, false],
    ]);
  });
});
