import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from './settings.ts';

/** How long a simulator may take to answer its first health check. */
const START_LIMIT_MS = 20_000;
const HEALTH_INTERVAL_MS = 25;

/** What they hold is on disk: without a limit V8 would collect late and keep twice the memory. */
const HEAP_FLAGS = ['--max-old-space-size=96', '--max-semi-space-size=4'];

/**
 * The outside world, in a process of its own: exchange and bank are foreign to the brokerage. They end when this process does, however it ends,
 * so that a crash leaves no ports taken; their state waits in the data folder.
 */
export interface Simulators {
  /** They keep the stack's time. */
  readonly clocks: readonly string[];
  /** Resolves when they have ended. */
  stop(): Promise<void>;
  /** Called if they end by themselves. */
  onExit(listener: (code: number | null) => void): void;
}

/** `path` is that of their bundle. */
export async function startSimulators(settings: Settings, path: string): Promise<Simulators> {
  const child = spawn(process.execPath, [...HEAP_FLAGS, path], {
    // The channel says nothing; that it breaks is how the simulators learn of our end.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATA_DIR: settings.dataDir,
      EXCHANGE_PORT: String(settings.exchangePort),
      BANK_PORT: String(settings.bankPort),
      EXCHANGE_WEBHOOK_URL: `http://127.0.0.1:${settings.apiPort}/v1/webhooks/exchange`,
      EXCHANGE_MARKET_DATA_WEBHOOK_URL: `http://127.0.0.1:${settings.apiPort}/v1/exchange/market-data`,
      BANK_WEBHOOK_URL: `http://127.0.0.1:${settings.apiPort}/v1/webhooks/bank`,
    },
  });
  await Promise.all([healthy(child, settings.exchangePort), healthy(child, settings.bankPort)]);
  return {
    clocks: [settings.exchangePort, settings.bankPort].map((port) => `http://127.0.0.1:${port}/admin/clock`),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
    onExit: (listener) => child.once('exit', listener),
  };
}

async function healthy(child: ChildProcess, port: number): Promise<void> {
  const limit = performance.now() + START_LIMIT_MS;
  while (performance.now() < limit) {
    if (child.exitCode !== null) throw new Error(`the simulators ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(HEALTH_INTERVAL_MS);
  }
  throw new Error(`nothing healthy on port ${port} after ${START_LIMIT_MS} ms`);
}
