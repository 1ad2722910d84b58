import { describe, expect, it } from 'vitest';
import { PASS, runStates, TASK } from '../testing/run-definition.ts';
import { StateFailure } from './state-failure.ts';

const INPUT = { seconds: 8, text: '8', negative: -1, at: '2026-03-02T12:00:09Z', before: '2026-03-02T11:00:00Z' };

describe('Wait', () => {
  const cases: [string, unknown, number][] = [
    ['Seconds', 7, 7000],
    ['Seconds', 0, 0],
    ['SecondsPath', '$.seconds', 8000],
    ['Timestamp', '2026-03-02T12:00:01.5Z', 1500],
    ['Timestamp', '2026-03-02T09:00:03-03:00', 3000],
    ['TimestampPath', '$.at', 9000],
    ['TimestampPath', '$.before', 0],
  ];
  it.each(cases)('%s %j', async (field, value, tookMs) => {
    const A = { Type: 'Wait', [field]: value, OutputPath: '$.seconds', End: true };
    expect(await runStates({ A }, INPUT)).toMatchObject({ output: 8, tookMs });
  });

  const failures: [string, string][] = [
    ['SecondsPath', '$.absent'],
    ['SecondsPath', '$.text'],
    ['SecondsPath', '$.negative'],
    ['TimestampPath', '$.text'],
  ];
  it.each(failures)('%s %s fails', async (field, value) => {
    const A = { Type: 'Wait', [field]: value, End: true };
    expect(await runStates({ A }, INPUT)).toMatchObject({ error: 'States.Runtime', tookMs: 0 });
  });
});

describe('a task’s timeout', () => {
  const never = () => new Promise(() => {});
  it.each([
    ['TimeoutSeconds', 5, 5000],
    ['TimeoutSecondsPath', '$.seconds', 8000],
  ])('%s %j', async (field, value, tookMs) => {
    const A = { ...TASK, [field]: value, End: true };
    expect(await runStates({ A }, INPUT, never)).toMatchObject({ error: 'States.Timeout', tookMs });
  });

  it('can be retried, and counts anew', async () => {
    const A = { ...TASK, TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }], End: true };
    expect(await runStates({ A }, {}, never)).toMatchObject({ startsMs: [0, 6000], tookMs: 11_000 });
  });

  it('is forgotten when the task answers in time', async () => {
    const States = { A: { ...TASK, TimeoutSeconds: 5, Next: 'B' }, B: { Type: 'Wait', Seconds: 60, End: true } };
    expect(await runStates(States, { x: 1 })).toMatchObject({ output: { x: 1 }, tookMs: 60_000 });
  });

  it('fails when its path finds no seconds', async () => {
    const A = { ...TASK, TimeoutSecondsPath: '$.text', End: true };
    expect(await runStates({ A }, INPUT)).toMatchObject({ error: 'States.Runtime', startsMs: [] });
  });
});

describe('an execution that is ended', () => {
  const busy = () => {
    throw new StateFailure('Busy');
  };
  const retried = { ...TASK, Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 9 }] };
  const waiting = { W: { Type: 'Wait', Seconds: 25, Next: 'T' }, T: { ...TASK, End: true } };
  const cases: [string, Record<string, unknown>][] = [
    ['while it waits to retry', { A: { ...retried, End: true } }],
    ['while branches wait', { A: { Type: 'Parallel', Branches: [{ StartAt: 'W', States: waiting }], End: true } }],
    ['while an iteration waits', { A: { Type: 'Map', ItemProcessor: { StartAt: 'W', States: waiting }, End: true } }],
    ['while it waits', waiting],
  ];
  it.each(cases)('%s starts no more tasks and never answers', async (_name, States) => {
    const { startsMs, ...rest } = await runStates(States, [1], busy, 25_000);
    expect(startsMs.every((startMs) => startMs < 25_000)).toBe(true);
    expect(rest).toEqual({ tookMs: 25_000 });
  });

  const task = { ...TASK, End: true };
  it.each([
    ['the next state', task],
    ['a branch', { Type: 'Parallel', Branches: [{ StartAt: 'C', States: { C: task } }], End: true }],
  ])('while a task is under way starts none in %s after its answer', async (_name, B) => {
    const { promise: answer, resolve } = Promise.withResolvers<unknown>();
    const { startsMs } = await runStates({ A: { ...TASK, Next: 'B' }, B }, {}, () => answer, 5000);
    resolve('late');
    await new Promise((turn) => setImmediate(turn));
    expect(startsMs).toEqual([0]);
  });

  it('in a loop without a wait, leaves the rest its turn', async () => {
    const never = { Type: 'Choice', Choices: [{ Variable: '$.end', IsPresent: true, Next: 'End' }], Default: 'Loop' };
    const States = { Loop: { ...PASS, End: undefined, Next: 'Never' }, Never: never, End: { Type: 'Succeed' } };
    expect(await runStates(States, {}, undefined, 0)).toEqual({ startsMs: [], tookMs: 0 });
  });
});
