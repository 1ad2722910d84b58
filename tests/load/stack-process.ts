import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const START_LIMIT_MS = 60_000;
const START = fileURLToPath(new URL('../../dev/start.ts', import.meta.url));

/** A stack of the benchmark's own, as `npm start` starts it, with a fresh data folder. */
export interface StackProcess {
  readonly apiPort: number;
  readonly awsPort: number;
  readonly exchangePort: number;
  /** From the start of the process to the first 200 of `GET /health`. */
  readonly readyMs: number;
  /** Resident memory of the stack and of all processes it started, in MB. */
  residentMb(): number;
  stop(): Promise<void>;
}

export async function startStackProcess(): Promise<StackProcess> {
  const [apiPort = 0, awsPort = 0, exchangePort = 0, bankPort = 0] = await freePorts(4);
  const dataDir = mkdtempSync(join(tmpdir(), 'brokerage-bench-'));
  const startedMs = performance.now();
  const child = spawn(process.execPath, [START], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(apiPort),
      AWS_PORT: String(awsPort),
      EXCHANGE_PORT: String(exchangePort),
      BANK_PORT: String(bankPort),
      DATA_DIR: dataDir,
    },
  });
  await healthy(child, apiPort);
  return {
    apiPort,
    awsPort,
    exchangePort,
    readyMs: Math.round(performance.now() - startedMs),
    residentMb: () => Math.round(residentKb(child.pid as number) / 1024),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function healthy(child: ChildProcess, port: number): Promise<void> {
  const limit = performance.now() + START_LIMIT_MS;
  while (performance.now() < limit) {
    if (child.exitCode !== null) throw new Error(`the stack ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(20);
  }
  throw new Error(`the stack was not ready after ${START_LIMIT_MS} ms`);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** From Linux's /proc: the process and its descendants. */
function residentKb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + residentKb(Number(child)), own);
}
