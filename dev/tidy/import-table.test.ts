import { expect, test } from 'vitest';
import { checkTree } from './check-tree.ts';
import { checkFiles } from './testing/check-files.ts';

const FORBIDDEN: readonly [from: string, specifier: string][] = [
  ['domain/orders/order.ts', 'node:crypto'],
  ['domain/orders/order.ts', 'crypto'],
  ['domain/orders/order.ts', 'zod'],
  ['domain/orders/order.ts', '@aws-sdk/client-sqs'],
  ['domain/orders/order.ts', '@brokerage/contracts/exchange'],
  ['domain/orders/order.test.ts', '@brokerage/contracts/exchange'],
  ['contracts/exchange.ts', '@brokerage/services/orders/submit-order'],
  ['contracts/exchange.ts', 'node:http'],
  ['contracts/exchange.ts', 'ajv'],
  ['simulators/exchange/exchange.ts', '@brokerage/services/orders/submit-order'],
  ['simulators/exchange/exchange.ts', 'local-aws/kernel/clock'],
  ['simulators/exchange/exchange.ts', '@aws-sdk/client-sqs'],
  ['local-aws/kernel/kernel.ts', '@brokerage/domain/orders/order'],
  ['local-aws/services/sqs/queues.test.ts', '@brokerage/contracts/exchange'],
  ['local-aws/services/sqs/queues.ts', '@aws-sdk/client-sqs'],
  ['local-aws/services/sqs/queues.ts', '../sns/topics.ts'],
  ['local-aws/services/sqs/store/rows.ts', '../../sns/topics.ts'],
  ['local-aws/kernel/kernel.ts', '../services/sqs/queues.ts'],
  ['services/orders/submit-order.ts', 'local-aws/kernel/clock'],
  ['services/orders/submit-order.ts', '../accounts/accounts-store.ts'],
  ['services/orders/submit-order.handler.ts', '../accounts/accounts-store.ts'],
  ['services/orders/submit-order.ts', '@aws-sdk/client-dynamodb'],
  ['services/orders/submit-order.ts', 'aws-lambda'],
  ['infrastructure/orders.ts', '@brokerage/services/orders/submit-order'],
  ['infrastructure/orders.ts', 'local-aws/stack'],
  ['console/orders/orders-page.tsx', '@brokerage/domain/orders/order'],
  ['console/orders/orders-page.tsx', '@brokerage/services/orders/submit-order'],
  ['tests/auditor/checks/reserves.ts', '@brokerage/domain/risk/reserve'],
  ['tests/auditor/audit-books.test.ts', '@brokerage/services/platform/tables'],
  ['services/orders/submit-order.ts', '@brokerage/domain/testing/builders'],
  ['domain/orders/order.ts', './order.test.ts'],
  ['services/orders/submit-order.ts', '../../domain/orders/order.ts'],
];

test.each(FORBIDDEN)('%s may not import %s', (from, specifier) => {
  expect(checkFiles({ [from]: `import { a } from '${specifier}';` })).toEqual([`${from}:1 import`]);
});

const LEGAL: readonly [from: string, specifier: string][] = [
  ['domain/orders/order.ts', '../money/cents.ts'],
  ['domain/orders/order.ts', '@brokerage/domain/money/cents'],
  ['domain/orders/order.test.ts', 'fast-check'],
  ['contracts/exchange.ts', '@brokerage/domain/money/cents'],
  ['contracts/exchange.ts', 'zod'],
  ['contracts/routes/routes.test.ts', 'ajv'],
  ['simulators/exchange/exchange.ts', '@brokerage/contracts/exchange'],
  ['local-aws/services/sqs/queues.test.ts', '@aws-sdk/client-sqs'],
  ['local-aws/services/sqs/queues.test.ts', '../sns/topics.ts'],
  ['local-aws/services/sqs/store/rows.ts', '../queues.ts'],
  ['local-aws/stack.ts', './services/sqs/sqs.service.ts'],
  ['services/orders/submit-order.handler.ts', 'aws-lambda'],
  ['services/orders/saga-gateway.ts', '@aws-sdk/client-sfn'],
  ['services/orders/orders-store.ts', './facts-store.ts'],
  ['services/platform/tables.ts', '@aws-sdk/client-dynamodb'],
  ['infrastructure/orders.ts', '@brokerage/contracts/routes/route'],
  ['console/orders/orders-page.tsx', '@brokerage/domain/money/decimal'],
  ['console/orders/orders-page.tsx', 'react'],
  ['tests/auditor/read-exchange.ts', '@brokerage/contracts/exchange'],
  ['tests/load/bench-accounts.ts', '@brokerage/domain/money/cents'],
  ['dev/start.ts', '@brokerage/simulators/credentials'],
];

test.each(LEGAL)('%s may import %s', (from, specifier) => {
  expect(checkFiles({ [from]: `import { a } from '${specifier}';` })).toEqual([]);
});

const FORMS = [
  `import 'zod';`,
  `import type { A } from 'zod';`,
  `export { a } from 'zod';`,
  `const a = await import('zod');`,
  `type A = import('zod').A;`,
];

test.each(FORMS)('an import is seen in every form: %s', (line) => {
  expect(checkFiles({ 'domain/orders/order.ts': `\n${line}` })).toEqual(['domain/orders/order.ts:2 import']);
});

test('the message gives the import, the reason and the legal way', () => {
  const tree = new Map([['simulators/bank/bank.ts', `import { a } from '@aws-sdk/client-sqs';`]]);
  expect(checkTree(tree, []).map(({ message }) => message)).toEqual([
    'imports @aws-sdk/client-sqs: the simulators are foreign systems: they know the brokerage by its wire alone; ' +
      'use domain types and contracts',
  ]);
});
