import { describe, expect, it } from 'vitest';
import { StoredItem } from './item-store.ts';
import { RecentItems } from './recent-items.ts';

const MEBIBYTE = 1024 * 1024;

function anItem(length = 2): StoredItem {
  return new StoredItem('x'.repeat(length), length);
}

describe('recent items', () => {
  it('are found by place', () => {
    const recent = new RecentItems();
    const item = anItem();
    recent.keep('a', item);
    expect(recent.get('a')).toBe(item);
    expect(recent.get('b')).toBeUndefined();
  });

  it('follow what is written', () => {
    const recent = new RecentItems();
    const after = anItem();
    recent.keep('a', anItem());
    recent.replace('a', after);
    expect(recent.get('a')).toBe(after);
    recent.replace('a', undefined);
    expect(recent.get('a')).toBeUndefined();
    recent.replace('a', after);
    expect(recent.get('a')).toBeUndefined();
  });

  it('give way, the oldest first, to newer ones', () => {
    const recent = new RecentItems();
    for (let number = 1; number <= 8; number++) recent.keep(`${number}`, anItem(MEBIBYTE));
    recent.replace('1', anItem(MEBIBYTE));
    recent.keep('9', anItem(MEBIBYTE));
    const kept = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((number) => recent.get(`${number}`));
    expect(kept).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
  });
});
