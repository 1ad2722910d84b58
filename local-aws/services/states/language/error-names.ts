import type { Fields } from './fields.ts';
import type { StateFailure } from './state-failure.ts';

const ANY = 'States.ALL';
const ANY_BUT_TIMEOUT = 'States.TaskFailed';

/**
 * Compiles ErrorEquals of a retrier or catcher. Its wildcards leave out what ends an execution in any case: States.Runtime is matched by nothing,
 * States.DataLimitExceeded by its own name only. Source: Step Functions developer guide, "Handling errors", "Error names".
 */
export function compileErrorEquals(fields: Fields, isLast: boolean): (failure: StateFailure) => boolean {
  const names = fields.list('ErrorEquals');
  if (names.some((name) => typeof name !== 'string')) throw fields.refuse('ErrorEquals holds what is not a string');
  if (names.includes(ANY) && !(names.length === 1 && isLast))
    throw fields.refuse(`${ANY} must be alone, and come last`);
  const hasAny = names.includes(ANY);
  const hasAnyButTimeout = names.includes(ANY_BUT_TIMEOUT);
  return ({ error }) => {
    if (error === 'States.Runtime') return false;
    if (names.includes(error)) return true;
    if (error === 'States.DataLimitExceeded') return false;
    return hasAny || (hasAnyButTimeout && error !== 'States.Timeout');
  };
}
