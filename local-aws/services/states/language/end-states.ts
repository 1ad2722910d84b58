import { compileInput, compileOutputPath, PATH_FIELDS } from './data-flow.ts';
import { Fields } from './fields.ts';
import { compileRequiredPath, type Read } from './path.ts';
import { type CompileState, STATE_FIELDS } from './state.ts';
import { runtimeFailure, StateFailure } from './state-failure.ts';

export const compileSucceed: CompileState = (source, where) => {
  const fields = new Fields(source, where, [...STATE_FIELDS, ...PATH_FIELDS]);
  const effectiveInput = compileInput(fields);
  const output = compileOutputPath(fields);
  return {
    targets: [],
    run: (input, walk) => ({ output: output(effectiveInput(input, walk), walk), next: undefined }),
  };
};

export const compileFail: CompileState = (source, where) => {
  const fields = new Fields(source, where, [...STATE_FIELDS, 'Error', 'ErrorPath', 'Cause', 'CausePath']);
  const error = compileText(fields, 'Error');
  const cause = compileText(fields, 'Cause');
  return {
    targets: [],
    run: (input, walk) => {
      throw new StateFailure(error(input, walk), cause(input, walk));
    },
  };
};

/** The text that a field holds, or the one that its path finds; none of them is an empty text. */
function compileText(fields: Fields, name: 'Error' | 'Cause'): (...from: Parameters<Read>) => string {
  const path = `${name}Path`;
  if (fields.oneOf([name, path]) !== path) {
    const text = fields.text(name) ?? '';
    return () => text;
  }
  const read = compileRequiredPath(fields.value(path), fields.where, path);
  return (input, walk) => {
    const text = read(input, walk);
    if (typeof text === 'string') return text;
    throw runtimeFailure(`The ${path} parameter does not reference a string: ${JSON.stringify(text)}`);
  };
}
