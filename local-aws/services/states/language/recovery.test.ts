import { describe, expect, it } from 'vitest';
import { runStates, TASK } from '../testing/run-definition.ts';
import { StateFailure } from './state-failure.ts';

const fail = (error: string, cause = 'why') => {
  throw new StateFailure(error, cause);
};

/** A task that fails with each of these in turn, and succeeds thereafter. */
const failing = (...errors: string[]) => {
  const left = [...errors];
  return () => {
    const error = left.shift();
    return error === undefined ? 'done' : fail(error);
  };
};
const always = (error: string) => () => fail(error);

describe('Retry', () => {
  const cases: [string, Record<string, unknown>[], string[], number[]][] = [
    ['three times by default, after 1, 2 and 4 s', [{}], ['E', 'E', 'E', 'E'], [0, 1000, 3000, 7000]],
    ['never with MaxAttempts 0', [{ MaxAttempts: 0 }], ['E'], [0]],
    ['at even intervals', [{ IntervalSeconds: 5, BackoffRate: 1 }], ['E', 'E'], [0, 5000, 10_000]],
    ['at a broken rate', [{ BackoffRate: 1.5 }], ['E', 'E', 'E'], [0, 1000, 2500, 4750]],
    ['up to MaxDelaySeconds', [{ IntervalSeconds: 3, MaxDelaySeconds: 4 }], ['E', 'E', 'E'], [0, 3000, 7000, 11_000]],
    ['until it succeeds', [{}], ['E'], [0, 1000]],
    ['not of another error', [{}], ['F'], [0]],
    ['by the first that matches', [{ MaxAttempts: 1 }, { IntervalSeconds: 9 }], ['E', 'E'], [0, 1000]],
    [
      'each retrier with a count of its own',
      [{ MaxAttempts: 2 }, { ErrorEquals: ['F', 'G'], IntervalSeconds: 5 }],
      ['E', 'F', 'E', 'G', 'E'],
      [0, 1000, 6000, 8000, 18_000],
    ],
  ];
  it.each(cases)('%s', async (_name, retriers, errors, startsMs) => {
    const Retry = retriers.map((retrier) => ({ ErrorEquals: ['E'], ...retrier }));
    const result = await runStates({ A: { ...TASK, Retry, End: true } }, {}, failing(...errors));
    expect(result.startsMs).toEqual(startsMs);
    const succeeds = startsMs.length > errors.length;
    expect(result).toMatchObject(succeeds ? { output: 'done' } : { error: errors.at(-1), cause: 'why' });
  });

  it('spreads the waits with full jitter, from the stack’s randomness', async () => {
    const Retry = [{ ErrorEquals: ['E'], IntervalSeconds: 100, BackoffRate: 1, JitterStrategy: 'FULL' }];
    const run = () => runStates({ A: { ...TASK, Retry, End: true } }, {}, always('E'));
    const { startsMs } = await run();
    const waitsMs = startsMs.slice(1).map((startMs, index) => startMs - (startsMs[index] as number));
    expect(new Set(waitsMs).size).toBe(3);
    expect(waitsMs.every((waitMs) => waitMs >= 0 && waitMs <= 100_000)).toBe(true);
    expect((await run()).startsMs).toEqual(startsMs);
  });

  it('starts anew when the state is entered again', async () => {
    const States = {
      A: { ...TASK, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Variable: '$', StringEquals: 'again', Next: 'A' }], Default: 'C' },
      C: { Type: 'Succeed' },
    };
    const answers = ['E', 'again', 'E', 'end'];
    const { startsMs, output } = await runStates(States, {}, () => {
      const answer = answers.shift() as string;
      return answer === 'E' ? fail('E') : answer;
    });
    expect([startsMs, output]).toEqual([[0, 1000, 1000, 2000], 'end']);
  });
});

describe('what an error name stands for', () => {
  const cases: [name: string, error: string, matches: boolean][] = [
    ['E', 'E', true],
    ['E', 'e', false],
    ['States.ALL', 'E', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'Lambda.TooManyRequestsException', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.TaskFailed', 'E', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.DataLimitExceeded', false],
    ['States.TaskFailed', 'States.Runtime', false],
    ['States.Timeout', 'States.Timeout', true],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.Runtime', 'States.Runtime', false],
  ];
  it.each(cases)('%s and %s', async (name, error, matches) => {
    const retried = await runStates(
      { A: { ...TASK, Retry: [{ ErrorEquals: [name], MaxAttempts: 1 }], End: true } },
      {},
      always(error),
    );
    expect(retried.startsMs.length).toBe(matches ? 2 : 1);
    const States = { A: { ...TASK, Catch: [{ ErrorEquals: [name], Next: 'B' }], End: true }, B: { Type: 'Succeed' } };
    const caught = await runStates(States, {}, always(error));
    expect(caught.error).toBe(matches ? undefined : error);
  });
});

describe('Catch', () => {
  const B = { Type: 'Succeed' };
  const catching = (...Catch: Record<string, unknown>[]) => ({
    A: { ...TASK, InputPath: '$.x', OutputPath: '$.nowhere', Catch, End: true },
    B,
    C: { Type: 'Pass', Result: 'C', End: true },
  });
  const toB = { ErrorEquals: ['E'], Next: 'B' };
  const toC = { ErrorEquals: ['States.ALL'], Next: 'C' };
  const cases: [string, Record<string, unknown>[], string, unknown][] = [
    ['puts the failure in the place of the input', [toB, toC], 'E', { Error: 'E', Cause: 'why' }],
    [
      'puts it into the raw input',
      [{ ...toB, ResultPath: '$.failed' }, toC],
      'E',
      { x: 1, failed: { Error: 'E', Cause: 'why' } },
    ],
    ['drops it', [{ ...toB, ResultPath: null }, toC], 'E', { x: 1 }],
    ['takes the first catcher that matches', [toB, toC], 'F', 'C'],
  ];
  it.each(cases)('%s', async (_name, catchers, error, output) => {
    expect(await runStates(catching(...catchers), { x: 1 }, always(error))).toMatchObject({ output });
  });

  it('comes when the retries are used up', async () => {
    const A = { ...TASK, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Catch: [toB], End: true };
    expect(await runStates({ A, B }, {}, always('E'))).toMatchObject({ startsMs: [0, 1000], output: { Error: 'E' } });
  });

  it('takes what goes wrong with the state’s own data', async () => {
    const Catch = [{ ErrorEquals: ['States.ResultPathMatchFailure', 'States.ParameterPathFailure'], Next: 'B' }];
    const placed = { A: { ...TASK, ResultPath: '$.x.y', Catch, End: true }, B };
    const filled = { A: { ...TASK, Parameters: { 'p.$': '$.absent' }, Catch, End: true }, B };
    expect(await runStates(placed, { x: 1 })).toMatchObject({ output: { Error: 'States.ResultPathMatchFailure' } });
    expect(await runStates(filled, { x: 1 })).toMatchObject({ output: { Error: 'States.ParameterPathFailure' } });
  });

  it('leaves a fault of the interpreter’s surroundings alone', async () => {
    const broken = () => {
      throw new TypeError('broken');
    };
    await expect(runStates(catching(toB, toC), { x: 1 }, broken)).rejects.toThrow('broken');
  });
});
