import type { Fields } from './fields.ts';
import { compileSteps, memberOf, type Steps } from './path.ts';
import { StateFailure } from './state-failure.ts';

/** Puts a result into a state's input. Neither changes: what lies along the path is copied, the rest is shared. */
type Place = (input: unknown, result: unknown) => unknown;

/** Compiles ResultPath, of a state or of a catcher. */
export function compileResultPath(fields: Fields): Place {
  const path = fields.has('ResultPath') ? fields.value('ResultPath') : '$';
  if (path === null) return (input) => input;
  if (typeof path === 'string' && path.startsWith('$$'))
    throw fields.refuse(`ResultPath ${path} is the context object’s`);
  const steps = compileSteps(path, fields.where);
  return (input, result) => place(input, steps, 0, result);
}

function place(into: unknown, steps: Steps, depth: number, result: unknown): unknown {
  const step = steps[depth];
  if (step === undefined) return result;
  const inner = () => place(memberOf(into, step), steps, depth + 1, result);
  if (typeof step === 'number') {
    if (!Array.isArray(into) || step >= into.length) throw mismatch(steps, into);
    return into.with(step, inner());
  }
  // What is on the way to the place is made when it is missing.
  if (into !== undefined && (typeof into !== 'object' || into === null || Array.isArray(into)))
    throw mismatch(steps, into);
  return { ...into, [step]: inner() };
}

function mismatch(steps: Steps, found: unknown): StateFailure {
  const cause = `Unable to apply ResultPath step ${steps.join(', ')} to ${JSON.stringify(found)}`;
  return new StateFailure('States.ResultPathMatchFailure', cause);
}
