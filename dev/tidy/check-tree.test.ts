import { expect, test } from 'vitest';
import { checkFiles } from './testing/check-files.ts';

const lines = (count: number) => 'const a = 1;\n'.repeat(count);
const functionOf = (count: number) => `function a() {\n${'  b();\n'.repeat(count - 2)}}\n`;

test.each([
  ['domain/orders/order.ts', 400],
  ['domain/orders/order.test.ts', 600],
  ['tests/system/orders.ts', 600],
  ['simulators/main.ts', 200],
  ['services/orders/submit-order.handler.ts', 200],
])('%s has at most %i lines', (path, ceiling) => {
  expect(checkFiles({ [path]: lines(ceiling) })).toEqual([]);
  expect(checkFiles({ [path]: lines(ceiling + 1) })).toEqual([`${path}:1 size`]);
});

test('a function has at most 70 lines, outside tests', () => {
  expect(checkFiles({ 'domain/orders/order.ts': `\n${functionOf(70)}` })).toEqual([]);
  expect(checkFiles({ 'domain/orders/order.ts': `\n${functionOf(71)}` })).toEqual([
    'domain/orders/order.ts:2 function-size',
  ]);
  expect(checkFiles({ 'domain/orders/order.test.ts': functionOf(71) })).toEqual([]);
});

test.each([
  'domain/orders/orderLife.ts',
  'domain/orders/Order.ts',
  'domain/orderBook/order.ts',
  'domain/orders/utils.ts',
  'domain/orders/price-helpers.ts',
  'domain/common/order.ts',
  'domain/orders/types.ts',
  'domain/orders/order.model.ts',
])('%s is no name for a file', (path) => {
  expect(checkFiles({ [path]: '' })).toEqual([`${path}:1 name`]);
});

test.each([
  'domain/orders/order-types.test.ts',
  'domain/orders/order-life.property.test.ts',
  'local-aws/services/sqs/queue.resource.ts',
  'local-aws/services/s3/s3.service.ts',
  'services/orders/submit-order.handler.ts',
  'vitest.config.ts',
])('%s is a name for a file', (path) => {
  expect(checkFiles({ [path]: '' })).toEqual([]);
});

test('markers in comments are found, in strings they are text', () => {
  const text = `const a = 'TODO';\n// TODO: later\n/* FIXME */\n/** XXX */\n`;
  expect(checkFiles({ 'domain/orders/order.ts': text })).toEqual(
    [2, 3, 4].map((line) => `domain/orders/order.ts:${line} marker`),
  );
});

test('an index file exports nothing again, and no file all of another', () => {
  const path = 'domain/orders/index.ts';
  expect(checkFiles({ [path]: `export { a } from './order.ts';` })).toEqual([`${path}:1 barrel`]);
  expect(checkFiles({ 'domain/orders/order.ts': `export * from './status.ts';` })).toEqual([
    'domain/orders/order.ts:1 barrel',
  ]);
  expect(checkFiles({ 'domain/orders/order.ts': `export { a } from './status.ts';` })).toEqual([]);
});

test('what cannot be parsed is said, not passed over', () => {
  expect(checkFiles({ 'domain/orders/order.ts': 'const = ;' })).toEqual(['domain/orders/order.ts:1 syntax']);
});
