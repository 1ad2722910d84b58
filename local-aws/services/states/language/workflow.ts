import { invalidDefinition } from '../states-error.ts';
import { compileChoice } from './choice-state.ts';
import { compileFail, compileSucceed } from './end-states.ts';
import { Fields } from './fields.ts';
import { compileMap } from './map-state.ts';
import { compileParallel } from './parallel-state.ts';
import { compilePass } from './pass-state.ts';
import type { CompileState, State, StateTools, Step } from './state.ts';
import { compileTask } from './task-state.ts';
import { compileWait } from './wait-state.ts';
import type { Walk } from './walk.ts';

/** The states of a machine, or of a branch within it, that lead from its StartAt to an end. */
export interface Workflow {
  /** Its output. Rejects with StateFailure. Stays open for ever when the walk's lifetime ends before. */
  readonly run: (input: unknown, walk: Walk) => Promise<unknown>;
}

export const WORKFLOW_FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States'];

const COMPILERS: ReadonlyMap<unknown, CompileState> = new Map([
  ['Task', compileTask],
  ['Choice', compileChoice],
  ['Pass', compilePass],
  ['Wait', compileWait],
  ['Succeed', compileSucceed],
  ['Fail', compileFail],
  ['Parallel', compileParallel],
  ['Map', compileMap],
]);

/** Compiles a whole state machine. @throws AwsError InvalidDefinition, NotSupportedByLocalAws */
export function compileWorkflow(machine: Fields, platform: Omit<StateTools, 'compileBranch'>): Workflow {
  const names = new Set<string>();
  const tools: StateTools = {
    ...platform,
    compileBranch: (source, where, furtherFields = []) =>
      compileStates(new Fields(source, where, [...WORKFLOW_FIELDS, ...furtherFields]), tools, names),
  };
  return compileStates(machine, tools, names);
}

/** `names` are those of the whole machine, within which each is unique. */
function compileStates(fields: Fields, tools: StateTools, names: Set<string>): Workflow {
  const startAt = fields.requiredText('StartAt');
  const states = new Map<string, State>();
  for (const [name, source] of Object.entries(fields.object('States'))) {
    if (names.has(name)) throw fields.refuse(`DUPLICATE_STATE_NAME: ${name}`);
    names.add(name);
    states.set(name, compileState(name, source, tools));
  }
  checkTransitions(fields, startAt, states);
  return { run: (input, walk) => runStates(states, startAt, input, walk) };
}

function compileState(name: string, source: unknown, tools: StateTools): State {
  const where = `state ${name}`;
  const type = (source as { readonly Type?: unknown } | null)?.Type;
  const compile = COMPILERS.get(type);
  if (!compile) throw invalidDefinition(`SCHEMA_VALIDATION_FAILED: ${where}: Type ${type}`);
  return compile(source, where, tools);
}

/** Every transition leads to a state, and every state is led to. */
function checkTransitions(fields: Fields, startAt: string, states: ReadonlyMap<string, State>): void {
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    if (!state) throw fields.refuse(`MISSING_TRANSITION_TARGET: there is no state ${name}`);
    for (const target of state.targets) reached.add(target);
  }
  const lost = [...states.keys()].find((name) => !reached.has(name));
  if (lost !== undefined) throw fields.refuse(`MISSING_TRANSITION_TARGET: state ${lost} is not reachable`);
}

/** So many states in a row, without any that waits, before the rest of the stack has its turn. */
const STATES_A_TURN = 1000;

async function runStates(
  states: ReadonlyMap<string, State>,
  startAt: string,
  input: unknown,
  walk: Walk,
): Promise<unknown> {
  let data = input;
  let name: string | undefined = startAt;
  for (let count = 1; name !== undefined; count++) {
    if (count % STATES_A_TURN === 0) await walk.lifetime.nextTurn();
    walk.enter(name);
    const running: Step | Promise<Step> = states.get(name)!.run(data, walk);
    const step: Step = running instanceof Promise ? await running : running;
    data = step.output;
    name = step.next;
  }
  return data;
}
