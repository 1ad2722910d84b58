import { seededRandom } from '../../../kernel/random.ts';
import { SimulatedClock } from '../../../kernel/simulated-clock.ts';
import { TEST_START_MS } from '../../../testing/test-stack.ts';
import { compileDefinition } from '../definition.ts';
import { Lifetime } from '../language/lifetime.ts';
import { StateFailure } from '../language/state-failure.ts';
import { Walk } from '../language/walk.ts';

/** What a task answers to its input; `resource` is that of its state. Throws StateFailure. */
type TaskCode = (input: unknown, resource: string) => unknown;

export const TASK = { Type: 'Task', Resource: 'work' };
export const PASS = { Type: 'Pass', End: true };

export function compileStates(States: Record<string, unknown>, code: TaskCode = (input) => input) {
  return compileDefinition(JSON.stringify({ StartAt: Object.keys(States)[0], States }), {
    random: seededRandom(1),
    taskFor: (resource) => async (input) => code(input, resource),
  });
}

export interface Ended {
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly tookMs: number;
  /** When each task was started, from the start of the execution. */
  readonly startsMs: readonly number[];
}

/** Runs states (the first one starts) to their end, on a clock that goes from timer to timer. `endAfterMs` cuts it short. */
export async function runStates(
  States: Record<string, unknown>,
  input: unknown = {},
  code: TaskCode = (given) => given,
  endAfterMs?: number,
): Promise<Ended> {
  const clock = new SimulatedClock(TEST_START_MS);
  const sinceStartMs = () => clock.nowMs() - TEST_START_MS;
  const startsMs: number[] = [];
  const { workflow } = compileStates(States, (given, resource) => {
    startsMs.push(sinceStartMs());
    return code(given, resource);
  });
  const lifetime = new Lifetime(clock);
  const Execution = { Id: 'arn:e', Name: 'e1', RoleArn: 'arn:role', StartTime: new Date(TEST_START_MS).toISOString() };
  const context = { Execution: { ...Execution, Input: input }, StateMachine: { Id: 'arn:m', Name: 'm1' } };
  if (endAfterMs !== undefined) lifetime.setTimer(TEST_START_MS + endAfterMs, () => lifetime.end());
  const running = workflow.run(input, new Walk(context, lifetime)).then(
    (output) => ({ output, tookMs: sinceStartMs() }),
    (failure) => {
      if (!(failure instanceof StateFailure)) throw failure;
      return { error: failure.error, cause: failure.message, tookMs: sinceStartMs() };
    },
  );
  const isSettled = await stepUntilSettled(clock, running);
  return { ...(isSettled ? await running : { tookMs: sinceStartMs() }), startsMs };
}

/** Whether `running` has settled before there were no more timers to step to. */
async function stepUntilSettled(clock: SimulatedClock, running: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  running.then(settle, settle);
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const nextMs = clock.nextTimerMs();
    if (isSettled || nextMs === undefined) return isSettled;
    clock.step(nextMs);
  }
}

/** What comes out of one state, or `{ error }`. */
export async function outputOf(state: Record<string, unknown>, input: unknown): Promise<unknown> {
  const { output, error } = await runStates({ A: state }, input);
  return error === undefined ? output : { error };
}
