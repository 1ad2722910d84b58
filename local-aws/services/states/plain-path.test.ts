import { expect, it } from 'vitest';
import { quickly } from './asl-runtime.ts';

const DATA = { next: 'BLOCK', order: { quantity: 0, fills: [{ price: 1 }], nothing: null }, 'a-b': 1 };
const follow = quickly(() => 'the engine');

it.each([
  ['$', DATA],
  ['$.next', 'BLOCK'],
  ['$.order', DATA.order],
  ['$.order.quantity', 0],
  ['$.order.fills', DATA.order.fills],
  ['$.order.nothing', null],
  ['$.order.nothing.at', undefined],
  ['$.order.quantity.toString', undefined],
  ['$.other', undefined],
  ['$.other.next', undefined],
  ['$.constructor', undefined],
  ['$.next.length', undefined],
])('follows the plain path %s', (path, value) => {
  expect(follow({ path, json: DATA, wrap: false })).toBe(value);
});

it.each(['$.order.fills[0].price', "$['a-b']", '$..price', '$.order.*', '$.a-b', ''])(
  'leaves %s to the engine',
  (path) => {
    expect(follow({ path, json: DATA, wrap: false })).toBe('the engine');
  },
);
