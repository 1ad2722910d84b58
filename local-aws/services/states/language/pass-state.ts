import { compileInput, compileOutput, PATH_FIELDS } from './data-flow.ts';
import { Fields } from './fields.ts';
import { type CompileState, compileNext, STATE_FIELDS, TRANSITION_FIELDS, targetsOf } from './state.ts';

const FIELDS = [...STATE_FIELDS, ...PATH_FIELDS, ...TRANSITION_FIELDS, 'Parameters', 'ResultPath', 'Result'];

export const compilePass: CompileState = (source, where) => {
  const fields = new Fields(source, where, FIELDS);
  const effectiveInput = compileInput(fields);
  const output = compileOutput(fields);
  const next = compileNext(fields);
  const hasResult = fields.has('Result');
  const fixed = fields.value('Result');
  return {
    targets: targetsOf(next),
    run: (input, walk) => {
      const effective = effectiveInput(input, walk);
      return { output: output(input, hasResult ? fixed : effective, walk), next };
    },
  };
};
