import { describe, expect, it } from 'vitest';
import { derivedId, newId, requestToken } from './identity.ts';

const NOW_MS = Date.parse('2026-11-24T15:00:00Z');

describe('ids', () => {
  it('sort by time', () => {
    const ids = [0, 1, 31, 32, 1_000_000].map((later) => newId('ORD', NOW_MS + later));
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^ORD-[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('differ within a millisecond', () => {
    expect(new Set(Array.from({ length: 100 }, () => newId('ORD', NOW_MS))).size).toBe(100);
  });

  it('derive from their parts, which do not run into each other', () => {
    expect(derivedId('ORD', 'ana', 'k1')).toBe(derivedId('ORD', 'ana', 'k1'));
    expect(derivedId('ORD', 'ana', 'k1')).not.toBe(derivedId('ORD', 'anak', '1'));
    expect(derivedId('ORD', 'ana', 'k1')).toMatch(/^ORD-[0-9A-Z]{26}$/);
  });

  it('make tokens of the length that DynamoDB takes', () => {
    expect(requestToken('ORD-1', 'BLOCK', 2)).toHaveLength(36);
    expect(requestToken('ORD-1', 'BLOCK', 2)).not.toBe(requestToken('ORD-1', 'BLOCK', 3));
  });
});
