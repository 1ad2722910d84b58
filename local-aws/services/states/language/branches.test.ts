import { describe, expect, it } from 'vitest';
import { outputOf, PASS, runStates, TASK } from '../testing/run-definition.ts';
import { StateFailure } from './state-failure.ts';

const branch = (name: string, state: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  StartAt: name,
  States: { [name]: state, ...more },
});
const wait = (Seconds: number) => ({ Type: 'Wait', Seconds });
const work = (Resource: string) => ({ ...TASK, Resource, End: true });

/** Fails for resource or input `bad`; notes what it is asked. */
function noting() {
  const asked: unknown[] = [];
  const code = (input: unknown, resource: string) => {
    asked.push(resource === 'work' ? input : resource);
    if (resource === 'bad' || input === 'bad') throw new StateFailure('Bad', 'why');
    return input;
  };
  return { asked, code };
}

describe('Parallel', () => {
  const parallel = (Branches: unknown[], rest = {}) => ({ Type: 'Parallel', Branches, End: true, ...rest });
  const slow = branch('Wait', { ...wait(5), Next: 'Work' }, { Work: work('late') });
  const bad = branch('Bad', work('bad'));

  it('gives each branch the same input and collects their outputs in order', async () => {
    const Branches = [
      branch('P', { ...wait(2), Next: 'Q' }, { Q: { ...PASS, Result: 'p' } }),
      branch('R', { ...PASS, OutputPath: '$.x' }),
    ];
    const state = parallel(Branches, { Parameters: { 'x.$': '$.in' }, ResultPath: '$.out' });
    expect(await outputOf(state, { in: 1 })).toEqual({ in: 1, out: ['p', 1] });
  });

  it('runs the branches at the same time', async () => {
    const Branches = [branch('P', { ...wait(5), End: true }), branch('Q', { ...wait(3), End: true })];
    expect(await runStates({ A: parallel(Branches) })).toMatchObject({ tookMs: 5000 });
  });

  it('fails as its first branch does, and ends the others', async () => {
    const { asked, code } = noting();
    expect(await runStates({ A: parallel([slow, bad]) }, {}, code)).toMatchObject({ error: 'Bad', cause: 'why' });
    const States = {
      A: parallel([slow, bad], { End: undefined, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], Next: 'B' }),
      B: { ...wait(60), End: true },
    };
    expect(await runStates(States, {}, code)).toMatchObject({ output: { Error: 'Bad' }, tookMs: 60_000 });
    expect(asked).toEqual(['bad', 'bad']);
  });

  it('ends a sibling that waits for its next attempt', async () => {
    const { asked, code } = noting();
    const retrying = branch('R', { ...work('bad'), Retry: [{ ErrorEquals: ['Bad'], IntervalSeconds: 10 }] });
    const failing = branch('F', { ...wait(1), Next: 'G' }, { G: { Type: 'Fail', Error: 'E' } });
    const States = {
      A: parallel([retrying, failing], { End: undefined, Catch: [{ ErrorEquals: ['E'], Next: 'B' }], Next: 'B' }),
      B: { ...wait(60), End: true },
    };
    expect(await runStates(States, {}, code)).toMatchObject({ tookMs: 61_000 });
    expect(asked).toEqual(['bad']);
  });

  it('runs all its branches again when it is retried', async () => {
    const { asked, code } = noting();
    const Retry = [{ ErrorEquals: ['Bad'], MaxAttempts: 1 }];
    await runStates({ A: parallel([branch('G', work('good')), bad], { Retry }) }, {}, code);
    expect(asked).toEqual(['good', 'bad', 'good', 'bad']);
  });
});

describe('Map', () => {
  const map = (state: Record<string, unknown>, rest = {}) => ({
    Type: 'Map',
    ItemProcessor: branch('Each', state),
    End: true,
    ...rest,
  });
  const cases: [string, Record<string, unknown>, unknown, unknown][] = [
    ['goes over its input', map(PASS), [1, 2], [1, 2]],
    ['goes over nothing', map(PASS), [], []],
    ['goes over ItemsPath', map(PASS, { ItemsPath: '$.a.b' }), { a: { b: ['x'] } }, ['x']],
    [
      'takes ItemsPath of what InputPath takes',
      map(PASS, { InputPath: '$.a', ItemsPath: '$.b' }),
      { a: { b: [1] } },
      [1],
    ],
    ['has the older Iterator', { Type: 'Map', Iterator: branch('Each', PASS), End: true }, [1], [1]],
    [
      'selects of item, index and its own input',
      map(PASS, {
        ...{ ItemsPath: '$.list' },
        ItemSelector: {
          'i.$': '$$.Map.Item.Index',
          'v.$': '$$.Map.Item.Value.v',
          'all.$': '$.x',
          'at.$': '$$.State.Name',
        },
      }),
      { list: [{ v: 'p' }, { v: 'q' }], x: 9 },
      [
        { i: 0, v: 'p', all: 9, at: 'A' },
        { i: 1, v: 'q', all: 9, at: 'A' },
      ],
    ],
    ['selects by the older Parameters', map(PASS, { Parameters: { 'v.$': '$$.Map.Item.Value' } }), [1], [{ v: 1 }]],
    ['lets its states see the item', map({ ...PASS, InputPath: '$$.Map.Item.Index' }), ['a', 'b'], [0, 1]],
    ['places its results', map(PASS, { ItemsPath: '$.l', ResultPath: '$.r' }), { l: [1] }, { l: [1], r: [1] }],
    ['fails over what is no list', map(PASS, { ItemsPath: '$.a' }), { a: {} }, { error: 'States.Runtime' }],
    ['fails over what is not there', map(PASS, { ItemsPath: '$.b' }), { a: {} }, { error: 'States.Runtime' }],
    [
      'fails on a concurrency that is none',
      map(PASS, { ItemsPath: '$.l', MaxConcurrencyPath: '$.n' }),
      { l: [1], n: -1 },
      { error: 'States.Runtime' },
    ],
  ];
  it.each(cases)('%s', async (_name, state, input, expected) => {
    expect(await outputOf(state, input)).toEqual(expected);
  });

  const times: [string, Record<string, unknown>, number, number][] = [
    ['all at the same time', {}, 5, 1000],
    ['two at a time', { MaxConcurrency: 2 }, 5, 3000],
    ['one by one', { MaxConcurrency: 1 }, 3, 3000],
    ['as many as the data says', { MaxConcurrencyPath: '$[0]' }, 5, 3000],
    ['never more than 40 at a time', { MaxConcurrency: 1000 }, 41, 2000],
  ];
  it.each(times)('runs %s', async (_name, concurrency, count, tookMs) => {
    const items = Array.from({ length: count }, (_, index) => index + 2);
    const { output, ...result } = await runStates({ A: map({ ...wait(1), End: true }, concurrency) }, items);
    expect(output).toEqual(items);
    expect(result.tookMs).toBe(tookMs);
  });

  it('fails as its first iteration does, and starts no more', async () => {
    const { asked, code } = noting();
    const States = {
      A: map(work('work'), {
        End: undefined,
        MaxConcurrency: 1,
        Catch: [{ ErrorEquals: ['Bad'], Next: 'B' }],
        Next: 'B',
      }),
      B: { ...wait(60), End: true },
    };
    const result = await runStates(States, ['a', 'bad', 'c'], code);
    expect(result).toMatchObject({ output: { Error: 'Bad', Cause: 'why' }, tookMs: 60_000 });
    expect(asked).toEqual(['a', 'bad']);
  });
});
