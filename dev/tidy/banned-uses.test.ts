import { expect, test } from 'vitest';
import { checkFiles } from './testing/check-files.ts';

const USE_CASE = 'services/orders/submit-order.ts';
const SERVICE = 'local-aws/services/sqs/queues.ts';

const BANNED: readonly [path: string, code: string][] = [
  ['domain/orders/order.ts', 'const at = Date.now();'],
  ['domain/orders/order.ts', 'const at = new Date();'],
  ['domain/orders/order.ts', 'const dice = Math.random();'],
  ['domain/orders/order.ts', 'console.log(1);'],
  ['contracts/exchange.ts', 'const { PORT } = process.env;'],
  [USE_CASE, 'const tools = { now: Date.now };'],
  [USE_CASE, 'const table = process.env.TABLE;'],
  [USE_CASE, 'setTimeout(retry, 10);'],
  [USE_CASE, `import { setTimeout as pause } from 'node:timers/promises';`],
  [USE_CASE, 'const id = randomUUID();'],
  [SERVICE, 'const at = new Date();'],
  [SERVICE, 'const at = performance.now();'],
  [SERVICE, 'const id = crypto.randomUUID();'],
  [SERVICE, 'setInterval(poll, 10);'],
  ['simulators/exchange/exchange.ts', 'const dice = Math.random();'],
  ['domain/orders/order.test.ts', 'await new Promise((resolve) => setTimeout(resolve, 10));'],
  ['services/orders/submit-order.test.ts', 'const at = Date.now();'],
  ['domain/orders/order.test.ts', `test.only('it', run);`],
  ['tests/system/order.test.ts', `describe.skip('it', run);`],
  ['tests/system/order.test.ts', `it.todo('does');`],
  ['infrastructure/orders.ts', 'const props = given as any;'],
];

test.each(BANNED)('%s may not have %s', (path, code) => {
  expect(checkFiles({ [path]: code })).toEqual([`${path}:1 banned`]);
});

const LEGAL: readonly [path: string, code: string][] = [
  ['domain/calendar/instant.ts', 'const day = new Date(atMs);'],
  [USE_CASE, 'const at = tools.now();'],
  ['services/orders/submit-order.handler.ts', 'const at = Date.now();'],
  ['services/orders/request-wiring.ts', 'const now = Date.now;'],
  ['services/platform/pause.ts', 'setTimeout(resolve, 10);'],
  ['local-aws/kernel/system-clock.ts', 'const at = Date.now();'],
  ['local-aws/environments/sandbox-globals.ts', 'Math.random = random;'],
  [SERVICE, `const code = 'Date.now()';`],
  ['simulators/outside/clock.ts', 'const at = Date.now();'],
  ['simulators/exchange/start-exchange.ts', 'setInterval(tick, 10);'],
  ['tests/system/order.test.ts', 'const limit = Date.now() + 1_000;'],
  ['domain/orders/order.test.ts', `describe.skipIf(noJava)('it', run);`],
];

test.each(LEGAL)('%s may have %s', (path, code) => {
  expect(checkFiles({ [path]: code })).toEqual([]);
});
