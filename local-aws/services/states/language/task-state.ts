import { compileInput, compileOutput, PATH_FIELDS } from './data-flow.ts';
import { Fields } from './fields.ts';
import { compileRequiredPath } from './path.ts';
import { compileFallible, RECOVERY_FIELDS } from './recovery.ts';
import { type CompileState, STATE_FIELDS, TRANSITION_FIELDS } from './state.ts';
import { runtimeFailure } from './state-failure.ts';
import type { Walk } from './walk.ts';

const FIELDS = [
  ...[...STATE_FIELDS, ...PATH_FIELDS, ...TRANSITION_FIELDS, ...RECOVERY_FIELDS],
  ...['Parameters', 'ResultPath', 'ResultSelector', 'Resource', 'TimeoutSeconds', 'TimeoutSecondsPath'],
];

/** Task. Express has no callbacks, and so no heartbeat. */
export const compileTask: CompileState = (source, where, tools) => {
  const fields = new Fields(source, where, FIELDS);
  const task = tools.taskFor(fields.requiredText('Resource'), parameterNames(fields));
  const effectiveInput = compileInput(fields);
  const output = compileOutput(fields);
  const timeout = compileTimeout(fields);
  return compileFallible(fields, tools, async (input, walk) => {
    const effective = effectiveInput(input, walk);
    const result = await walk.lifetime.during(() => task(effective), timeout(effective, walk));
    return output(input, result, walk);
  });
};

function parameterNames(fields: Fields): string[] | undefined {
  const parameters = fields.value('Parameters');
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  return Object.keys(parameters).map((name) => name.replace(/\.\$$/, ''));
}

/** In milliseconds. A task without a timeout ends with its execution. */
function compileTimeout(fields: Fields): (input: unknown, walk: Walk) => number | undefined {
  if (fields.oneOf(['TimeoutSeconds', 'TimeoutSecondsPath']) !== 'TimeoutSecondsPath') {
    const seconds = fields.integer('TimeoutSeconds', 1);
    const timeoutMs = seconds === undefined ? undefined : seconds * 1000;
    return () => timeoutMs;
  }
  const read = compileRequiredPath(fields.value('TimeoutSecondsPath'), fields.where, 'TimeoutSecondsPath');
  return (input, walk) => {
    const seconds = read(input, walk);
    if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0) return seconds * 1000;
    throw runtimeFailure(`TimeoutSecondsPath does not reference a positive integer: ${JSON.stringify(seconds)}`);
  };
}
