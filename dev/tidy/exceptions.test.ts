import { expect, test } from 'vitest';
import type { Exception } from './exceptions.ts';
import { checkFiles } from './testing/check-files.ts';

const PATH = 'domain/orders/order.ts';
const longFile = { [PATH]: 'const a = 1;\n'.repeat(420) };
const twoClocks = { [PATH]: 'const a = Date.now();\nconst b = new Date();' };

const anException = (given: Partial<Exception>): Exception[] => [
  { rule: 'size', path: PATH, allowed: 420, reason: 'a table', ...given },
];

test('an exception allows what is there', () => {
  expect(checkFiles(longFile, anException({}))).toEqual([]);
  expect(checkFiles(twoClocks, anException({ rule: 'banned', allowed: 2 }))).toEqual([]);
});

test('an exception does not allow more', () => {
  expect(checkFiles(longFile, anException({ allowed: 419 }))).toEqual([`${PATH}:1 size`]);
  expect(checkFiles(twoClocks, anException({ rule: 'banned', allowed: 1 }))).toEqual([
    `${PATH}:1 banned`,
    `${PATH}:2 banned`,
  ]);
});

test('an exception is for one rule and one file', () => {
  expect(checkFiles(longFile, anException({ rule: 'banned' }))).toEqual([`${PATH}:1 size`, `${PATH}:1 exception`]);
  expect(checkFiles(longFile, anException({ path: 'domain/orders/status.ts' }))).toEqual([
    `${PATH}:1 size`,
    'domain/orders/status.ts:1 exception',
  ]);
});

test('limits may only tighten: an exception that allows more than is there fails', () => {
  expect(checkFiles(longFile, anException({ allowed: 421 }))).toEqual([`${PATH}:1 exception`]);
  expect(checkFiles({ [PATH]: '' }, anException({}))).toEqual([`${PATH}:1 exception`]);
});
