import { Kernel } from '../kernel/kernel.ts';
import { seededRandom } from '../kernel/random.ts';
import type { Service } from '../kernel/service.ts';
import { SimulatedClock } from '../kernel/simulated-clock.ts';
import { startAwsServer } from '../server/aws-server.ts';
import { advanceTo } from '../server/stack-control.ts';

/** What the conformance tests talk to: some services behind the real HTTP listener, on a clock that only they move. */
export interface TestStack {
  readonly kernel: Kernel;
  readonly clock: SimulatedClock;
  readonly endpoint: string;
  /** For the constructor of any SDK client. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
    readonly forcePathStyle: boolean;
  };
  /** Steps the clock from timer to timer and waits until the stack is idle. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** 2026-03-02T12:00:00Z, a Monday, 09:00 in São Paulo. */
export const TEST_START_MS = Date.UTC(2026, 2, 2, 12);

export async function startTestStack(
  factories: readonly ((kernel: Kernel) => Service)[],
  options: { path?: string; startMs?: number; seed?: number } = {},
): Promise<TestStack> {
  const clock = new SimulatedClock(options.startMs ?? TEST_START_MS);
  const kernel = new Kernel({ path: options.path ?? ':memory:', clock, random: seededRandom(options.seed ?? 1) });
  for (const create of factories) kernel.register(create(kernel));
  kernel.start();
  const server = await startAwsServer(kernel, { port: 0 });
  const endpoint = `http://127.0.0.1:${server.port}`;
  return {
    kernel,
    clock,
    endpoint,
    clientConfig: {
      endpoint,
      region: kernel.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      forcePathStyle: true,
    },
    advance: (ms) => advanceTo(kernel, clock.nowMs() + ms),
    close: async () => {
      await server.close();
      await kernel.stop();
    },
  };
}
