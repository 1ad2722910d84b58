import { compileInput, compileOutputPath, PATH_FIELDS } from './data-flow.ts';
import { Fields } from './fields.ts';
import { compileRequiredPath } from './path.ts';
import { type CompileState, compileNext, STATE_FIELDS, TRANSITION_FIELDS, targetsOf } from './state.ts';
import { runtimeFailure } from './state-failure.ts';
import { timestampMs } from './timestamp.ts';
import type { Walk } from './walk.ts';

const END_FIELDS = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'];
const FIELDS = [...STATE_FIELDS, ...PATH_FIELDS, ...TRANSITION_FIELDS, ...END_FIELDS];

/** Source: Step Functions developer guide, "Wait": the largest number of seconds. */
const MAX_SECONDS = 99_999_999;

export const compileWait: CompileState = (source, where) => {
  const fields = new Fields(source, where, FIELDS);
  const effectiveInput = compileInput(fields);
  const output = compileOutputPath(fields);
  const endMs = compileEnd(fields);
  const next = compileNext(fields);
  return {
    targets: targetsOf(next),
    run: async (input, walk) => {
      const effective = effectiveInput(input, walk);
      await walk.lifetime.waitUntil(endMs(effective, walk));
      return { output: output(effective, walk), next };
    },
  };
};

/** When the wait is over, in epoch milliseconds. */
function compileEnd(fields: Fields): (input: unknown, walk: Walk) => number {
  const field = fields.oneOf(END_FIELDS);
  if (field === undefined) throw fields.refuse(`one of ${END_FIELDS.join(', ')} is missing`);
  const endOf = field.startsWith('Seconds') ? afterSeconds : timestampMs;
  if (field.endsWith('Path')) {
    const read = compileRequiredPath(fields.value(field), fields.where, field);
    return (input, walk) => {
      const value = read(input, walk);
      const endMs = endOf(value, walk);
      if (endMs !== undefined) return endMs;
      throw runtimeFailure(`The ${field} parameter does not reference a valid value: ${JSON.stringify(value)}`);
    };
  }
  const value = fields.value(field);
  if (field === 'Seconds' ? !isSeconds(value) : timestampMs(value) === undefined) {
    throw fields.refuse(`${field} is not valid: ${JSON.stringify(value)}`);
  }
  return (_input, walk) => endOf(value, walk) as number;
}

function afterSeconds(value: unknown, walk: Walk): number | undefined {
  return isSeconds(value) ? walk.lifetime.clock.nowMs() + value * 1000 : undefined;
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SECONDS;
}
