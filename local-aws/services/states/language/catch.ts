import { compileErrorEquals } from './error-names.ts';
import { Fields } from './fields.ts';
import { compileResultPath } from './result-path.ts';
import type { Step } from './state.ts';
import { errorOutput, type StateFailure } from './state-failure.ts';

/** One entry of Catch. */
export interface Catcher {
  readonly matches: (failure: StateFailure) => boolean;
  readonly next: string;
  /** Where the state goes on, with the failure put into its input. */
  readonly step: (input: unknown, failure: StateFailure) => Step;
}

/** Compiles Catch, of a state at `where`. */
export function compileCatch(state: Fields): readonly Catcher[] {
  if (!state.has('Catch')) return [];
  const catchers = state.list('Catch');
  return catchers.map((source, index) => {
    const fields = new Fields(source, `${state.where}, Catch`, ['Comment', 'ErrorEquals', 'ResultPath', 'Next']);
    const place = compileResultPath(fields);
    const next = fields.requiredText('Next');
    return {
      matches: compileErrorEquals(fields, index === catchers.length - 1),
      next,
      step: (input, failure) => ({ output: place(input, errorOutput(failure)), next }),
    };
  });
}
