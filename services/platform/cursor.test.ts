import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decodeCursor, encodeCursor } from './cursor.ts';

const Place = z.strictObject({ key: z.string() });

describe('cursors', () => {
  it('name the place that they were made of', () => {
    expect(decodeCursor(Place, encodeCursor({ key: 'a#1' }))).toEqual({ key: 'a#1' });
  });

  it('of an account are refused in another’s list', () => {
    const cursor = encodeCursor({ key: 'a#1' }, 'ana');
    expect(decodeCursor(Place, cursor, 'ana')).toEqual({ key: 'a#1' });
    for (const other of ['bruno', undefined]) expect(decodeCursor(Place, cursor, other)).toBeNull();
    expect(decodeCursor(Place, encodeCursor({ key: 'a#1' }), 'ana')).toBeNull();
  });

  it('may be left out', () => {
    expect(decodeCursor(Place, undefined)).toBeUndefined();
  });

  it.each(['', 'x', 'e30', encodeCursor({ key: 1 }), encodeCursor({ key: 'a', more: 1 })])('refuse %j', (cursor) => {
    expect(decodeCursor(Place, cursor)).toBeNull();
  });
});
