import { describe, expect, it } from 'vitest';
import { type AttributeMap, mapSizeBytes } from './attribute-value.ts';

describe('the size of an item', () => {
  const sizes: [string, AttributeMap, number][] = [
    ['plain text', { name: { S: 'Ana' } }, 4 + 3],
    ['text beyond ASCII', { ação: { S: 'é€😀' } }, 6 + 2 + 3 + 4],
    ['an escape of JSON', { a: { S: '"\n\\' } }, 1 + 3],
    ['half a surrogate pair', { a: { S: '\ud800' } }, 1 + 3],
    ['what looks like its escape', { a: { S: '\\ud800' } }, 1 + 6],
    ['binary', { a: { B: 'AQID' } }, 1 + 3],
    ['sets', { a: { SS: ['a', 'bc'] }, b: { NS: ['1', '2'] } }, 1 + 3 + 1 + 4],
    ['a list and a map', { a: { L: [{ S: 'x' }] }, b: { M: { c: { BOOL: true } } } }, 1 + 3 + 2 + 1 + 3 + 2 + 1],
  ];
  it.each(sizes)('counts %s, with and without its JSON', (_what, item, sizeBytes) => {
    expect(mapSizeBytes(item)).toBe(sizeBytes);
    expect(mapSizeBytes(item, JSON.stringify(item))).toBe(sizeBytes);
  });
});
