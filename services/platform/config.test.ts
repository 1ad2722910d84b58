import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('names all that is missing or empty at once', () => {
    expect(() => readConfig(['A', 'B', 'C'], { B: 'b', C: '' })).toThrow('A, C');
  });

  it('reads what it was asked for, and only that', () => {
    expect(readConfig(['A'], { A: '1', B: '2' })).toEqual({ A: '1' });
  });
});
