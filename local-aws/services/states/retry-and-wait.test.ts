import { afterEach, describe, expect, it } from 'vitest';
import { TEST_START_MS } from '../../testing/test-stack.ts';
import { type FunctionCode, fails, lambdaTask, startMachine } from './testing/machine.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Starts the execution and steps the clock by `advanceMs`; `calls` are the instants of invocation, from the start. */
async function run(States: Record<string, unknown>, advanceMs: number, code: FunctionCode) {
  const calls: number[] = [];
  const stack = await startMachine(States, (event, invocation) => {
    calls.push(stack.clock.nowMs() - TEST_START_MS);
    return code(event, invocation);
  });
  closing.push(stack.close);
  const { kernel, stateMachineArn } = stack;
  const answer = kernel.call('states', 'StartSyncExecution', { stateMachineArn }, ADMINISTRATOR) as Promise<Answer>;
  await stack.advance(advanceMs);
  const { status, error, stopDate } = await answer;
  return { calls, status, error, tookMs: stopDate * 1000 - TEST_START_MS };
}

const ADMINISTRATOR = { kind: 'administrator', accessKeyId: 'test' } as const;

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly stopDate: number;
}

describe('Retry', () => {
  const retrying = (retrier: Record<string, unknown>, rest = {}) => ({
    A: lambdaTask({ Retry: [{ ErrorEquals: ['Busy'], ...retrier }], End: true, ...rest }),
  });

  it('waits by interval and backoff, on the stack’s clock, at most MaxAttempts times', async () => {
    const States = retrying({ IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3 });
    const result = await run(States, 60_000, () => fails('Busy'));
    expect(result).toEqual({ calls: [0, 2000, 8000, 26_000], status: 'FAILED', error: 'Busy', tookMs: 26_000 });
  });

  it('waits no longer than MaxDelaySeconds', async () => {
    const States = retrying({ IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 5 });
    expect((await run(States, 60_000, () => fails('Busy'))).calls).toEqual([0, 2000, 7000, 12_000]);
  });

  it('spreads the waits with full jitter', async () => {
    const States = retrying({ IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 2, JitterStrategy: 'FULL' });
    const { calls } = await run(States, 60_000, () => fails('Busy'));
    const waits = [calls[1] as number, (calls[2] as number) - (calls[1] as number)];
    expect(waits.every((wait) => wait > 0 && wait < 10_000 && wait % 1000 !== 0)).toBe(true);
  });

  it('leaves other errors alone', async () => {
    expect((await run(retrying({}), 60_000, () => fails('Other'))).calls).toEqual([0]);
  });

  it('goes on after a success', async () => {
    let failures = 2;
    const result = await run(retrying({}), 60_000, () => (failures-- > 0 ? fails('Busy') : {}));
    expect(result).toMatchObject({ status: 'SUCCEEDED', tookMs: 3000 });
  });
});

describe('Wait', () => {
  const cases: [string, Record<string, unknown>, number][] = [
    ['Seconds', { Seconds: 7 }, 7000],
    ['Timestamp', { Timestamp: '2026-03-02T12:00:09Z' }, 9000],
  ];
  it.each(cases)('runs on the stack’s clock: %s', async (_name, fields, tookMs) => {
    const States = { A: { Type: 'Wait', ...fields, End: true } };
    expect(await run(States, 60_000, () => ({}))).toMatchObject({ status: 'SUCCEEDED', tookMs });
  });
});

describe('timeouts', () => {
  const never: FunctionCode = () => new Promise(() => {});

  it('end an execution after five minutes, and start nothing after', async () => {
    const States = { A: lambdaTask({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 600 }], End: true }) };
    const result = await run(States, 900_000, () => fails('Busy'));
    expect(result).toEqual({ calls: [0], status: 'TIMED_OUT', error: 'States.Timeout', tookMs: 300_000 });
  });

  it('of a task are an error that Catch can take', async () => {
    const States = {
      A: lambdaTask({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'B' }], End: true }),
      B: { Type: 'Pass', End: true },
    };
    expect(await run(States, 60_000, never)).toMatchObject({ status: 'SUCCEEDED', tookMs: 5000 });
  });
});
