import { describe, expect, it } from 'vitest';
import { StoredItem } from './item-store.ts';
import { RecentItems } from './recent-items.ts';

const key = (partition: string | number) => ({ partition: String(partition), sort: '' });
const MEBIBYTE = 1024 * 1024;

function anItem(length = 2): StoredItem {
  return new StoredItem('x'.repeat(length), length);
}

describe('recent items', () => {
  it('are found by table and key', () => {
    const recent = new RecentItems();
    const item = anItem();
    recent.keep(1, key('a'), item);
    expect(recent.get(1, key('a'))).toBe(item);
    expect(recent.get(2, key('a'))).toBeUndefined();
    expect(recent.get(1, key('b'))).toBeUndefined();
  });

  it('follow what is written', () => {
    const recent = new RecentItems();
    const after = anItem();
    recent.keep(1, key('a'), anItem());
    recent.replace(1, key('a'), after);
    expect(recent.get(1, key('a'))).toBe(after);
    recent.replace(1, key('a'), undefined);
    expect(recent.get(1, key('a'))).toBeUndefined();
    recent.replace(1, key('a'), after);
    expect(recent.get(1, key('a'))).toBeUndefined();
  });

  it('give way, the oldest first, to newer ones', () => {
    const recent = new RecentItems();
    for (let number = 1; number <= 8; number++) recent.keep(1, key(number), anItem(MEBIBYTE));
    recent.replace(1, key(1), anItem(MEBIBYTE));
    recent.keep(1, key(9), anItem(MEBIBYTE));
    const kept = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((number) => recent.get(1, key(number)));
    expect(kept).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
  });
});
