import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { notSupported } from '../../kernel/aws-error.ts';
import { NO_TIMEOUT_SECONDS } from './asl-runtime.ts';
import { invalidDefinition } from './states-error.ts';

/** Longest an Express execution runs. Source: Step Functions developer guide, "Service quotas", state machine executions. */
const MAX_EXPRESS_SECONDS = 300;

export interface PreparedDefinition {
  readonly definition: StateMachineDefinition;
  /** How long an execution may run. */
  readonly timeoutSeconds: number;
  /** Every Task at any depth, by state name, with its Resource. Names are unique within a whole state machine. */
  readonly taskResources: ReadonlyMap<string, string>;
}

type State = Record<string, unknown> & { Type: string };
interface States {
  readonly StartAt: string;
  readonly States: Record<string, State>;
}

/**
 * Reads a definition once for all its executions: refuses what would be run wrongly, makes AWS's defaults explicit where the
 * library has others, and finds the tasks.
 */
export function prepareDefinition(source: string): PreparedDefinition {
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(source) as Record<string, unknown>;
  } catch (cause) {
    throw Object.assign(invalidDefinition(`INVALID_JSON_DESCRIPTION: ${String(cause)}`), { cause });
  }
  const taskResources = new Map<string, string>();
  refuseKeys(parsed, MACHINE_KEYS, 'state machine');
  prepareStates(parsed as unknown as States, taskResources, false);
  const { TimeoutSeconds = MAX_EXPRESS_SECONDS, ...definition } = parsed;
  return {
    definition: definition as unknown as StateMachineDefinition,
    timeoutSeconds: Math.min(Number(TimeoutSeconds), MAX_EXPRESS_SECONDS),
    taskResources,
  };
}

function prepareStates(machine: States, taskResources: Map<string, string>, nested: boolean): void {
  for (const [name, state] of Object.entries(machine.States ?? {})) {
    const where = `state ${name}`;
    const keys = KEYS_BY_TYPE[state.Type];
    if (!keys) throw notSupported(`${where}: Type ${state.Type}`);
    refuseKeys(state, keys, where);
    refuseLibraryGaps(state, where, nested);
    // The whole result is the library's default; a path of `$` it would take for a key of that name.
    if (state.ResultPath === '$') delete state.ResultPath;
    if (state.Type === 'Task') {
      if (taskResources.has(name)) throw invalidDefinition(`DUPLICATE_STATE_NAME: ${name}`);
      taskResources.set(name, String(state.Resource));
      // The library's default is 60 s, AWS's is none that an Express execution could reach.
      if (state.TimeoutSecondsPath === undefined) state.TimeoutSeconds ??= NO_TIMEOUT_SECONDS;
    }
    for (const branch of branchesOf(state)) prepareStates(branch, taskResources, true);
  }
}

function branchesOf(state: State): States[] {
  const processor = state.ItemProcessor as (States & { ProcessorConfig?: { Mode?: string } }) | undefined;
  if (processor?.ProcessorConfig?.Mode === 'DISTRIBUTED') throw notSupported('a distributed Map state');
  return [...((state.Branches as States[] | undefined) ?? []), processor, state.Iterator as States | undefined].filter(
    (branch) => branch !== undefined,
  );
}

const MACHINE_KEYS = ['Comment', 'StartAt', 'States', 'TimeoutSeconds', 'Version', 'QueryLanguage'];
const IN_OUT = ['Type', 'Comment', 'QueryLanguage', 'InputPath', 'OutputPath'];
const FLOW = ['Next', 'End'];
const RESULT = ['Parameters', 'ResultPath'];
const FALLIBLE = ['ResultSelector', 'Retry', 'Catch'];

/** What each state type may have here. JSONata's fields (Arguments, Output, Assign) are not among them. */
const KEYS_BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  Task: [...IN_OUT, ...FLOW, ...RESULT, ...FALLIBLE, 'Resource', 'TimeoutSeconds', 'TimeoutSecondsPath'],
  Parallel: [...IN_OUT, ...FLOW, ...RESULT, ...FALLIBLE, 'Branches'],
  Map: [
    ...[...IN_OUT, ...FLOW, ...RESULT, ...FALLIBLE],
    ...['ItemProcessor', 'Iterator', 'ItemsPath', 'ItemSelector', 'MaxConcurrency', 'MaxConcurrencyPath'],
  ],
  Pass: [...IN_OUT, ...FLOW, ...RESULT, 'Result'],
  Wait: [...IN_OUT, ...FLOW, 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Choice: [...IN_OUT, 'Choices', 'Default'],
  Succeed: [...IN_OUT],
  Fail: ['Type', 'Comment', 'QueryLanguage', 'Error', 'ErrorPath', 'Cause', 'CausePath'],
};

function refuseKeys(object: Record<string, unknown>, known: readonly string[], where: string): void {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown !== undefined) throw notSupported(`${where}: ${unknown}`);
  if ((object.QueryLanguage ?? 'JSONPath') !== 'JSONPath') throw notSupported(`${where}: JSONata`);
}

/** What the library accepts and then runs otherwise than AWS. */
function refuseLibraryGaps(state: State, where: string, nested: boolean): void {
  if ('Result' in state && !state.Result) throw notSupported(`${where}: an empty Result`);
  const { Comment: _comment, Branches: _branches, Iterator: _iterator, ItemProcessor: _processor, ...own } = state;
  const known = nested ? CONTEXT_IN_BRANCHES : CONTEXT;
  for (const [path] of JSON.stringify(own).matchAll(/\$\$[\w.]*/g)) {
    if (!known.test(path)) throw notSupported(`${where}: context path ${path}${nested ? ' within a branch' : ''}`);
  }
}

const CONTEXT = /^\$\$\.(Execution\.(Id|Name|RoleArn|StartTime|Input(\..*)?)|StateMachine\.(Id|Name)|Map\.Item\..*)$/;
/** Within Parallel and Map the library puts the branch's own input and start in the place of the execution's. */
const CONTEXT_IN_BRANCHES = /^\$\$\.(Execution\.(Id|Name|RoleArn)|StateMachine\.(Id|Name))$/;
