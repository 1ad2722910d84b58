import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventPatternMatcher, InvalidEventPattern } from './event-pattern.ts';

/** [matcher list, values that match, values that do not] at field `f`; undefined stands for a field that is not there. */
const CASES: [unknown[], unknown[], unknown[]][] = [
  [['PETR4'], ['PETR4', ['VALE3', 'PETR4']], ['petr4', 4, null, undefined, { PETR4: 1 }, []]],
  [[300], [300, 300.0], ['300', 301]],
  [
    [null, true],
    [null, true],
    [false, undefined, 'null'],
  ],
  [[{ prefix: 'PE' }], ['PETR4'], ['pETR4', 5, undefined]],
  [[{ prefix: { 'equals-ignore-case': 'pe' } }], ['PETR4', 'petr4'], ['VALE3']],
  [[{ suffix: '.csv' }], ['a.csv'], ['a.CSV']],
  [[{ suffix: { 'equals-ignore-case': '.csv' } }], ['a.CSV'], ['csv']],
  [[{ 'equals-ignore-case': 'Buy' }], ['BUY', 'buy'], ['buys', 1]],
  [[{ 'anything-but': 'BUY' }], ['SELL', 5, null], ['BUY', undefined]],
  [[{ 'anything-but': ['BUY', 'SELL'] }], ['x', ['BUY', 'x']], ['BUY', ['SELL', 'BUY']]],
  [[{ 'anything-but': [1, 2] }], [3, '1'], [1, 2]],
  [[{ 'anything-but': { prefix: 'PE' } }], ['VALE3'], ['PETR4']],
  [[{ 'anything-but': { suffix: ['3', '4'] } }], ['BOVA11'], ['VALE3', 'PETR4']],
  [[{ 'anything-but': { wildcard: '*F' } }], ['PETR4'], ['PETR4F']],
  [[{ 'anything-but': { 'equals-ignore-case': ['buy'] } }], ['SELL'], ['Buy']],
  [[{ numeric: ['=', 3] }], [3, 3.0], ['3', 4]],
  [[{ numeric: ['>', 0, '<=', 5] }], [0.1, 5], [0, 5.1, '3', undefined]],
  [[{ exists: true }], ['x', null, 0, ['x']], [undefined, [], { a: 1 }]],
  [[{ exists: false }], [undefined, { a: 1 }], ['x', null]],
  [[{ exists: false }, 'x'], [undefined, 'x'], ['y']],
  [[{ cidr: '10.0.0.0/24' }], ['10.0.0.255'], ['10.0.1.0', 'ten', '::1']],
  [[{ cidr: '2001:db8::/32' }], ['2001:db8::1'], ['2001:db9::1', '10.0.0.1']],
  [[{ wildcard: 'a*b\\*c.d' }], ['ab*c.d', 'a/x/b*c.d'], ['abxc.d', 'ab*cxd', 'ab*c.d/']],
];

it.each(CASES)('%j', (matchers, matching, others) => {
  const matches = eventPatternMatcher({ f: matchers });
  const event = (value: unknown) => (value === undefined ? {} : { f: value });
  for (const value of matching) expect(matches(event(value)), JSON.stringify(value)).toBe(true);
  for (const value of others) expect(matches(event(value)), JSON.stringify(value)).toBe(false);
});

it('wants every field, at any depth, and one object of an array for all of its fields', () => {
  const matches = eventPatternMatcher({
    source: ['brokerage'],
    detail: { fills: { side: ['BUY'], price: [{ numeric: ['>', 30] }] } },
  });
  const event = (...fills: object[]) => ({ source: 'brokerage', detail: { fills } });
  expect(matches(event({ side: 'SELL', price: 1 }, { side: 'BUY', price: 31 }))).toBe(true);
  expect(matches(event({ side: 'SELL', price: 31 }, { side: 'BUY', price: 1 }))).toBe(false);
  expect(matches({ source: 'brokerage' })).toBe(false);
});

it('takes $or as alternatives beside the other fields', () => {
  const matches = eventPatternMatcher({
    side: ['BUY'],
    $or: [{ quantity: [{ numeric: ['>', 100] }] }, { vip: [true] }],
  });
  expect(matches({ side: 'BUY', quantity: 101 })).toBe(true);
  expect(matches({ side: 'BUY', quantity: 1, vip: true })).toBe(true);
  expect(matches({ side: 'BUY', quantity: 1 })).toBe(false);
  expect(matches({ side: 'SELL', vip: true })).toBe(false);
});

it('does not see inherited names', () => {
  expect(eventPatternMatcher({ constructor: [{ exists: true }] })({})).toBe(false);
});

it.each([
  [{}],
  [[]],
  ['x'],
  [{ f: [] }],
  [{ f: 'BUY' }],
  [{ f: [['BUY']] }],
  [{ f: [{ like: 'x' }] }],
  [{ f: [{ prefix: 'a', suffix: 'b' }] }],
  [{ f: [{ prefix: 1 }] }],
  [{ f: [{ exists: 'yes' }] }],
  [{ f: [{ numeric: ['>', 5, '<', 5] }] }],
  [{ f: [{ numeric: ['<', 5, '>', 1] }] }],
  [{ f: [{ numeric: ['~', 5] }] }],
  [{ f: [{ numeric: ['>', 5_000_000_001] }] }],
  [{ f: [{ 'anything-but': ['a', 1] }] }],
  [{ f: [{ 'anything-but': [] }] }],
  [{ f: [{ cidr: '10.0.0.0/33' }] }],
  [{ f: [{ wildcard: 'a**' }] }],
  [{ f: [{ wildcard: 'a\\b' }] }],
])('refuses %j', (pattern) => {
  expect(() => eventPatternMatcher(pattern)).toThrow(InvalidEventPattern);
});

it('matches by wildcard as a walk over the text does', () => {
  const character = fc.constantFrom('a', 'b', '.', '*');
  const text = fc.string({ unit: character, maxLength: 8 });
  const pattern = fc
    .array(fc.constantFrom('a', 'b', '.', '*'), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('').replace(/\*+/g, '*'));
  const walk = (wild: string, value: string): boolean => {
    if (wild === '') return value === '';
    if (wild[0] !== '*') return value[0] === wild[0] && walk(wild.slice(1), value.slice(1));
    return walk(wild.slice(1), value) || (value !== '' && walk(wild, value.slice(1)));
  };
  fc.assert(
    fc.property(pattern, text, (wildcard, value) => {
      expect(eventPatternMatcher({ f: [{ wildcard }] })({ f: value })).toBe(walk(wildcard, value));
    }),
  );
});
