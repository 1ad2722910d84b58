/** `npm run bench [-- --json FILE]`: starts a stack of its own, trades through its public API, prints what it measured. */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { auditStack } from '../auditor/audit-stack.ts';
import { auditorSettings } from '../auditor/settings.ts';
import { openBenchAccounts } from './bench-accounts.ts';
import { startStackProcess } from './bench-stack.ts';
import { byOperation, isOfMarketData, readMeter, resetMeter } from './metered-calls.ts';
import { sendOrders } from './order-load.ts';
import { awaitOutcomes } from './order-outcomes.ts';
import { percentile } from './percentile.ts';
import { benchStream } from './stream-bench.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    orders: { type: 'string', default: '6000' },
    concurrency: { type: 'string', default: '14' },
    accounts: { type: 'string', default: '200' },
  },
});
const WARM_UP_ORDERS = 600;
const OUTCOME_LIMIT_MS = 120_000;
/** Consumers gather events for a second; their calls are part of an order's. */
const CONSUMERS_SETTLE_MS = 3_000;

const stack = await startStackProcess();
try {
  const concurrency = Number(options.concurrency);
  const apiKeys = await openBenchAccounts(stack.awsPort, Number(options.accounts));
  const warmUp = await sendOrders(stack.apiPort, apiKeys, WARM_UP_ORDERS, concurrency);
  await awaitOutcomes(stack.awsPort, warmUp.startedAtMs, OUTCOME_LIMIT_MS);
  await delay(CONSUMERS_SETTLE_MS);

  await resetMeter(stack.awsPort);
  const load = await sendOrders(stack.apiPort, apiKeys, Number(options.orders), concurrency);
  const outcomes = await awaitOutcomes(stack.awsPort, load.startedAtMs, OUTCOME_LIMIT_MS);
  const residentMb = stack.residentMb();
  await delay(CONSUMERS_SETTLE_MS);
  const calls = await readMeter(stack.awsPort);
  const { findings } = await auditStack(
    auditorSettings({ AWS_PORT: String(stack.awsPort), EXCHANGE_PORT: String(stack.exchangePort) }),
  );

  const streamed = await benchStream(stack, apiKeys);

  const executed = outcomes.filter(({ status }) => status === 'FILLED').length;
  const lastMs = Math.max(...outcomes.map(({ updatedAtMs }) => updatedAtMs));
  const orderCalls = calls.filter((call) => !isOfMarketData(call));
  const functionCalls = byOperation(orderCalls, 'function');
  const marketDataCalls = byOperation(calls.filter(isOfMarketData), 'function');
  const sumOf = (rows: readonly [string, number][]) => rows.reduce((sum, [, count]) => sum + count, 0);
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  const figures = {
    orders: load.acceptMs.length,
    refused: load.refused,
    executed,
    accounts: apiKeys.length,
    concurrency,
    readyMs: stack.readyMs,
    residentMb,
    ordersPerSecond: round(executed / ((lastMs - load.startedAtMs) / 1000), 1),
    acceptP50Ms: round(percentile(load.acceptMs, 50), 1),
    acceptP99Ms: round(percentile(load.acceptMs, 99), 1),
    executeP50Ms: percentile(
      outcomes.map((one) => one.updatedAtMs - one.receivedAtMs),
      50,
    ),
    executeP99Ms: percentile(
      outcomes.map((one) => one.updatedAtMs - one.receivedAtMs),
      99,
    ),
    awsCallsPerOrder: round(sumOf(functionCalls) / executed, 2),
    booksBalanced: findings.length === 0,
    ...streamed,
  };
  console.table(figures);
  console.log('SDK calls made by functions, per executed order');
  console.table(Object.fromEntries(functionCalls.map(([name, count]) => [name, round(count / executed, 3)])));
  console.log('SDK calls made by the functions of market data meanwhile, in all');
  console.table(Object.fromEntries(marketDataCalls));
  console.log('Invocations, polls and deliveries made by services, per executed order');
  const serviceCalls = byOperation(calls, 'service');
  console.table(Object.fromEntries(serviceCalls.map(([name, count]) => [name, round(count / executed, 3)])));
  for (const finding of findings) console.error(JSON.stringify(finding));
  const perOrder = (rows: readonly [string, number][]) =>
    Object.fromEntries(rows.map(([name, count]) => [name, count / executed]));
  const json = {
    ...figures,
    functionCallsPerOrder: perOrder(functionCalls),
    marketDataCalls: Object.fromEntries(marketDataCalls),
    serviceCallsPerOrder: perOrder(serviceCalls),
  };
  if (options.json) writeFileSync(options.json, `${JSON.stringify(json, null, 2)}\n`);
} finally {
  await stack.stop();
}
