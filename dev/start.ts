/** Starts everything: simulators, then the stack from the app's own template, then its first data. Ctrl-C ends all of it. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LocalStack, startLocalStack } from 'local-aws/stack';
import { bundlePath, functionEntries } from './bundle.ts';
import { bundleSimulators } from './bundle-simulators.ts';
import { firstPrice } from './first-price.ts';
import { createFunctionLog } from './function-log.ts';
import { ROOT } from './input-hash.ts';
import { prepare } from './prepare.ts';
import { readSettings, type Settings, statePath } from './settings.ts';
import { type Simulators, startSimulators } from './simulators.ts';

const settings = readSettings(process.env);
if (settings.dataDir !== ':memory:') mkdirSync(settings.dataDir, { recursive: true });

const simulatorsPath = await bundleSimulators();
const [simulators, template] = await Promise.all([startSimulators(settings, simulatorsPath), prepare()]);
const functionLog = createFunctionLog(settings.dataDir);
const stack = await startLocalStack({
  template,
  path: statePath(settings.dataDir),
  apiPort: settings.apiPort,
  awsPort: settings.awsPort,
  enforcesIam: settings.enforcesIam,
  codePathOf: codePathByName(),
  log: functionLog.log,
  parameters: {
    ExchangeUrl: `http://127.0.0.1:${settings.exchangePort}`,
    BankUrl: `http://127.0.0.1:${settings.bankPort}`,
    TradingCalendar: process.env.EXCHANGE_CALENDAR?.toLowerCase() === 'b3' ? 'B3' : 'ROUND_THE_CLOCK',
  },
  clockFollowers: simulators.clocks,
});
endTogether(stack, simulators);
await seedOnce(stack, settings);
stack.ready();
functionLog.ready();
console.log(
  [
    `API            http://localhost:${settings.apiPort}`,
    `AWS API        http://localhost:${settings.awsPort}`,
    `Exchange (B3)  http://localhost:${settings.exchangePort}`,
    `Bank (PIX)     http://localhost:${settings.bankPort}`,
    `State          ${settings.dataDir}`,
    'Ready. Ctrl-C stops.',
  ].join('\n'),
);

/** A function's physical name is the last part of its entry, so names must be unique over all capabilities. */
function codePathByName(): (location: { functionName: string }) => string {
  const paths = new Map<string, string>();
  for (const entry of functionEntries()) {
    const name = entry.slice(entry.lastIndexOf('/') + 1);
    if (paths.has(name)) throw new Error(`two functions are named ${name}`);
    paths.set(name, bundlePath('local', entry));
  }
  return ({ functionName }) => {
    const path = paths.get(functionName);
    if (!path)
      throw new Error(
        `the template has a function ${functionName}, but no services/*/${functionName}.handler.ts exists`,
      );
    return path;
  };
}

async function seedOnce({ apiPort, awsPort, kernel }: LocalStack, { dataDir }: Settings): Promise<void> {
  const mark = join(dataDir, 'seeded');
  if (existsSync(mark)) return;
  await promisify(execFile)(process.execPath, [join(ROOT, 'dev/seed/seed.ts')], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${awsPort}`,
      SEED_NOW_MS: String(Math.floor(kernel.clock.nowMs())),
    },
  });
  await firstPrice(apiPort);
  if (dataDir !== ':memory:') writeFileSync(mark, '');
}

function endTogether(running: LocalStack, outside: Simulators): void {
  let ending = false;
  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    await running.close();
    await functionLog.close();
    await outside.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));
  outside.onExit((code) => {
    if (ending) return;
    console.error(`The simulators ended with ${code}; stopping.`);
    void end(1);
  });
}
