import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, FIRST_INTERVAL_MS } from './eventually.ts';

/** A cold start bundles every function and synthesizes the template; a warm one takes seconds. */
const START_LIMIT_MS = 120_000;
const END_LIMIT_MS = 20_000;
const START = fileURLToPath(new URL('../../dev/start.sh', import.meta.url));

export interface StackAddresses {
  readonly apiPort: number;
  readonly awsPort: number;
  readonly exchangePort: number;
  readonly bankPort: number;
  readonly dataDir: string;
}

/** Starts the stack as a user does, in a process group of its own, and waits until `GET /health` answers 200. Its output goes to `stack.log`. */
export async function startProcess(
  addresses: StackAddresses,
  environment: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const child = spawn(START, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(addresses.apiPort),
      AWS_PORT: String(addresses.awsPort),
      EXCHANGE_PORT: String(addresses.exchangePort),
      BANK_PORT: String(addresses.bankPort),
      DATA_DIR: addresses.dataDir,
      ...environment,
    },
  });
  const killGroup = () => hasEnded(child) || process.kill(-(child.pid as number), 'SIGKILL');
  process.once('exit', killGroup);
  child.once('exit', () => process.off('exit', killGroup));
  const log = createWriteStream(join(addresses.dataDir, 'stack.log'), { flags: 'a' });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  await eventually(
    'GET /health answers 200',
    async () => {
      if (hasEnded(child))
        throw new Error(`the stack ended with ${child.exitCode ?? child.signalCode}; see ${log.path}`);
      return fetch(`http://127.0.0.1:${addresses.apiPort}/health`).catch(() => null);
    },
    (answer) => answer?.status === 200,
    START_LIMIT_MS,
    // The benchmark measures by it how soon the stack is ready.
    FIRST_INTERVAL_MS,
  );
  return child;
}

/** Ends the stack and what it started: politely, or as a power cut does. Resolves once the process has ended. */
export async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(END_LIMIT_MS) });
  const group = -(child.pid as number);
  process.kill(signal === 'SIGKILL' ? group : (child.pid as number), signal);
  await ended;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Ports that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
