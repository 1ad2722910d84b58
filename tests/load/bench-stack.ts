import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, freePorts, startProcess } from '../stack/stack-process.ts';

/** A stack of its own for one run, as a user starts it, with a fresh data folder. */
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
  const dataDir = mkdtempSync(join(tmpdir(), 'brokerage-run-'));
  const startedMs = performance.now();
  const child = await startProcess({ apiPort, awsPort, exchangePort, bankPort, dataDir }, {});
  return {
    apiPort,
    awsPort,
    exchangePort,
    readyMs: Math.round(performance.now() - startedMs),
    residentMb: () => Math.round(residentKb(child.pid as number) / 1024),
    stop: async () => {
      await endProcess(child, 'SIGTERM');
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** From Linux's /proc: the process and its descendants. Pages that several share, as those of Node itself, count once in all. */
function residentKb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const own = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + residentKb(Number(child)), own);
}
