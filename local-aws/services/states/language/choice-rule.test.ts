import { describe, expect, it } from 'vitest';
import { runStates } from '../testing/run-definition.ts';

const DATA = {
  text: 'beta',
  other: 'beta',
  number: 5,
  zero: 0,
  yes: true,
  no: false,
  nothing: null,
  at: '2026-03-02T12:00:00Z',
  sameAt: '2026-03-02T09:00:00-03:00',
  later: '2026-03-02T12:00:00.5Z',
  list: [7, { name: 'x' }],
};

async function choose(rule: Record<string, unknown>, data: unknown = DATA): Promise<unknown> {
  const States = {
    A: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
    Yes: { Type: 'Pass', Result: true, End: true },
    No: { Type: 'Pass', Result: false, End: true },
  };
  const { output, error } = await runStates(States, data);
  return error ?? output;
}

describe('comparisons', () => {
  const cases: [operator: string, path: string, value: unknown, expected: boolean][] = [
    ['StringEquals', '$.text', 'beta', true],
    ['StringEquals', '$.text', 'Beta', false],
    ['StringEquals', '$.number', '5', false],
    ['StringLessThan', '$.text', 'gamma', true],
    ['StringLessThan', '$.text', 'beta', false],
    ['StringLessThanEquals', '$.text', 'beta', true],
    ['StringGreaterThan', '$.text', 'alpha', true],
    ['StringGreaterThan', '$.text', 'beta', false],
    ['StringGreaterThanEquals', '$.text', 'beta', true],
    ['StringGreaterThanEquals', '$.text', 'gamma', false],
    ['NumericEquals', '$.number', 5, true],
    ['NumericEquals', '$.zero', 0, true],
    ['NumericEquals', '$.text', 5, false],
    ['NumericLessThan', '$.number', 6, true],
    ['NumericLessThan', '$.number', 5, false],
    ['NumericLessThan', '$.nothing', 5, false],
    ['NumericLessThanEquals', '$.number', 5, true],
    ['NumericGreaterThan', '$.list[0]', 6.5, true],
    ['NumericGreaterThan', '$.number', 5, false],
    ['NumericGreaterThanEquals', '$.number', 5, true],
    ['NumericGreaterThanEquals', '$.number', 6, false],
    ['BooleanEquals', '$.yes', true, true],
    ['BooleanEquals', '$.no', false, true],
    ['BooleanEquals', '$.zero', false, false],
    ['TimestampEquals', '$.at', '2026-03-02T12:00:00.000Z', true],
    ['TimestampEquals', '$.at', '2026-03-02T12:00:01Z', false],
    ['TimestampEquals', '$.text', '2026-03-02T12:00:01Z', false],
    ['TimestampLessThan', '$.at', '2026-03-02T12:00:01Z', true],
    ['TimestampLessThanEquals', '$.at', '2026-03-02T12:00:00Z', true],
    ['TimestampGreaterThan', '$.later', '2026-03-02T12:00:00Z', true],
    ['TimestampGreaterThan', '$.at', '2026-03-02T12:00:00Z', false],
    ['TimestampGreaterThanEquals', '$.at', '2026-03-02T12:00:01Z', false],
  ];
  it.each(cases)('%s of %s and %j', async (operator, Variable, value, expected) => {
    expect(await choose({ Variable, [operator]: value })).toBe(expected);
  });
});

describe('comparisons with a value of the data', () => {
  const cases: [operator: string, path: string, other: string, expected: boolean][] = [
    ['StringEqualsPath', '$.text', '$.other', true],
    ['StringEqualsPath', '$.text', '$.number', false],
    ['StringLessThanPath', '$.text', '$.other', false],
    ['StringGreaterThanEqualsPath', '$.text', '$.other', true],
    ['NumericGreaterThanPath', '$.number', '$.zero', true],
    ['NumericLessThanEqualsPath', '$.number', '$.list[0]', true],
    ['BooleanEqualsPath', '$.yes', '$.no', false],
    ['TimestampEqualsPath', '$.at', '$.sameAt', true],
    ['TimestampLessThanPath', '$.at', '$.later', true],
    ['StringEqualsPath', '$$.State.Name', '$.list[1].name', false],
  ];
  it.each(cases)('%s of %s and %s', async (operator, Variable, other, expected) => {
    expect(await choose({ Variable, [operator]: other })).toBe(expected);
  });
});

describe('tests of a type', () => {
  const types: Record<string, readonly string[]> = {
    IsPresent: ['text', 'number', 'yes', 'nothing', 'at'],
    IsNull: ['nothing'],
    IsString: ['text', 'at'],
    IsNumeric: ['number'],
    IsBoolean: ['yes'],
    IsTimestamp: ['at'],
  };
  const cases = Object.entries(types).flatMap(([operator, members]) =>
    ['text', 'number', 'yes', 'nothing', 'at'].map((member) => ({ operator, member, holds: members.includes(member) })),
  );
  it.each(cases)('$operator of $member', async ({ operator, member, holds }) => {
    expect(await choose({ Variable: `$.${member}`, [operator]: true })).toBe(holds);
    expect(await choose({ Variable: `$.${member}`, [operator]: false })).toBe(!holds);
  });

  it('knows what is absent, and no other test or comparison may ask for it', async () => {
    expect(await choose({ Variable: '$.absent', IsPresent: true })).toBe(false);
    expect(await choose({ Variable: '$.absent.deeper', IsPresent: false })).toBe(true);
    expect(await choose({ Variable: '$.absent', IsNull: true })).toBe('States.Runtime');
    expect(await choose({ Variable: '$.absent', StringEquals: '' })).toBe('States.Runtime');
    expect(await choose({ Variable: '$.text', StringEqualsPath: '$.absent' })).toBe('States.Runtime');
  });

  it.each(['2026-03-02', '2026-03-02t12:00:00Z', '2026-03-02T12:00:00', '2026-13-02T12:00:00Z', 1])(
    '%s is no timestamp',
    async (at) => {
      expect(await choose({ Variable: '$.at', IsTimestamp: true }, { at })).toBe(false);
    },
  );
});

describe('StringMatches', () => {
  const cases: [pattern: string, text: unknown, expected: boolean][] = [
    ['*', '', true],
    ['log-*.txt', 'log-1.txt', true],
    ['log-*.txt', 'log-1Ntxt', false],
    ['*.txt', 'a\nb.txt', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'a-b', false],
    ['a\\\\b', 'a\\b', true],
    ['preço(1)', 'preço(1)', true],
    ['*', 1, false],
  ];
  it.each(cases)('%s of %j', async (pattern, text, expected) => {
    expect(await choose({ Variable: '$.text', StringMatches: pattern }, { text })).toBe(expected);
  });
});

describe('connectives', () => {
  const isFive = { Variable: '$.number', NumericEquals: 5 };
  const isBeta = { Variable: '$.text', StringEquals: 'beta' };
  const isGamma = { Variable: '$.text', StringEquals: 'gamma' };
  const isPresent = { Variable: '$.absent', IsPresent: true };
  const readsAbsent = { Variable: '$.absent', NumericEquals: 1 };
  const cases: [string, Record<string, unknown>, boolean][] = [
    ['And of all', { And: [isFive, isBeta] }, true],
    ['And of some', { And: [isFive, isGamma] }, false],
    ['And stops at the first that fails', { And: [isPresent, readsAbsent] }, false],
    ['Or of some', { Or: [isGamma, isFive] }, true],
    ['Or of none', { Or: [isGamma, isPresent] }, false],
    ['Or stops at the first that holds', { Or: [isFive, readsAbsent] }, true],
    ['Not', { Not: isGamma }, true],
    ['all nested', { Not: { Or: [isGamma, { And: [isBeta, { Not: isFive }] }] } }, true],
  ];
  it.each(cases)('%s', async (_name, rule, expected) => {
    expect(await choose(rule)).toBe(expected);
  });
});

it('takes the first rule that holds, and hands its input on', async () => {
  const rule = (Next: string) => ({ Variable: '$.number', NumericGreaterThan: 1, Next });
  const States = {
    A: { Type: 'Choice', InputPath: '$.in', Choices: [rule('B'), rule('C')] },
    B: { Type: 'Succeed' },
    C: { Type: 'Fail' },
  };
  expect(await runStates(States, { in: { number: 2 } })).toMatchObject({ output: { number: 2 } });
  expect(await runStates(States, { in: { number: 1 } })).toMatchObject({ error: 'States.NoChoiceMatched' });
});
